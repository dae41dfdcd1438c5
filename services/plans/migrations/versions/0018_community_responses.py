"""What the community answered, in counts, and which files were taken in."""

from alembic import op

from kit.schema import secure

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_STEPS = """
create table community_files (
    tenant_id text not null, cycle_id uuid not null, sha256 text not null, id uuid not null, counts integer not null,
    recorded_by uuid not null, recorded_at timestamptz not null,
    primary key (tenant_id, cycle_id, sha256)
);
create table community_responses (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, target text not null, subject_id uuid not null,
    servant_id uuid, kind text not null, title text not null, reference text not null, count integer not null,
    on_day date, file_id uuid not null, recorded_at timestamptz not null,
    primary key (tenant_id, id),
    constraint ck_community_responses_target check (target in ('UNIT', 'PERSON', 'INDICATOR')),
    constraint ck_community_responses_servant check ((servant_id is null) = (target = 'UNIT')),
    constraint ck_community_responses_kind check (kind in ('SURVEY', 'COMPLAINTS', 'LETTERS'))
);
create unique index uq_community_responses_said
    on community_responses (tenant_id, cycle_id, subject_id, kind, reference, title);
create index ix_community_responses_id on community_responses (tenant_id, cycle_id, id);
create index ix_community_responses_servant on community_responses (tenant_id, servant_id)
"""


def upgrade() -> None:
    """Two tables."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
    for table in ("community_files", "community_responses"):
        secure("plans", table)


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
