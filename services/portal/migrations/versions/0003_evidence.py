"""Files that prove something."""

from alembic import op

from kit.schema import secure

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLES = """
create table evidence_files (
    tenant_id text not null, id uuid not null, uploader_id uuid not null, service text not null, path text not null,
    name text not null, size integer not null, received integer not null, media_type text, sha256 text,
    state text not null, begun_at timestamptz not null, stored_at timestamptz,
    primary key (tenant_id, id),
    constraint ck_evidence_files_state check (state in ('ARRIVING', 'STORED')),
    constraint ck_evidence_files_received check (received between 0 and size)
);
create index ix_evidence_files_about on evidence_files (tenant_id, service, path)
"""


def upgrade() -> None:
    """One table."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    secure("portal", "evidence_files")
