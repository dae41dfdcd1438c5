"""Who enters for a civil servant without a computer."""

from alembic import op

from kit.schema import secure

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_STEPS = """
create table assistants (
    tenant_id text not null, id uuid not null, servant_id uuid not null, assistant_id uuid not null,
    valid_from date not null, valid_until date, reason text not null, recorded_at timestamptz not null,
    recorded_by uuid not null, ended_at timestamptz, ended_by uuid, end_reason text,
    primary key (tenant_id, id),
    constraint ck_assistants_others check (servant_id <> assistant_id),
    constraint ck_assistants_span check (valid_until is null or valid_until >= valid_from - 1)
);
create index ix_assistants_servant on assistants (tenant_id, servant_id);
create index ix_assistants_assistant on assistants (tenant_id, assistant_id)
"""


def upgrade() -> None:
    """One table."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
    secure("registry", "assistants")
