"""Papers that were made, by their code and hashes."""

from alembic import op

from kit.schema import secure

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES = """
create table papers (
    tenant_id text not null, code text not null, kind text not null, subject_id uuid not null, servant_id uuid,
    cycle_id uuid, language text not null, content_hash text not null, pdf_hash text not null,
    made_at timestamptz not null,
    primary key (tenant_id, code),
    constraint ck_papers_kind check (kind in ('PLAN', 'EVALUATION', 'RESULT', 'RESULT_BY_SUPERIOR',
        'RESULT_AFTER_OBJECTION', 'OBJECTION', 'VISIT', 'FILE'))
);
create index ix_papers_subject on papers (tenant_id, subject_id, kind, language, made_at)
"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    secure("portal", "papers")
    # A paper that was made stays made: nobody changes or forgets by what it is recognised.
    op.execute("revoke update, delete on papers from portal_app")
