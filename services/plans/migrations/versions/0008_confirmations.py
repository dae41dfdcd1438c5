"""What servants said of plans that were set."""

from alembic import op

from kit.schema import secure

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_STEPS = """
create table plan_confirmations (
    tenant_id text not null, id uuid not null, plan_id uuid not null, plan_version integer not null,
    answer text not null, reason text, answered_at timestamptz not null, late boolean not null,
    primary key (tenant_id, id),
    constraint fk_plan_confirmations_plan foreign key (tenant_id, plan_id) references plans (tenant_id, id),
    constraint ck_plan_confirmations_answer check (answer in ('AGREED', 'DISAGREED', 'SILENT')),
    constraint ck_plan_confirmations_reason check (answer <> 'DISAGREED' or reason is not null)
);
create index ix_plan_confirmations_plan_id on plan_confirmations (tenant_id, plan_id, plan_version, id)
"""


def upgrade() -> None:
    """One table; nobody was asked about plans that were set before."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
    secure("plans", "plan_confirmations")
