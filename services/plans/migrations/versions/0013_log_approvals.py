"""What raters decide of a week's entries in the daily log, and who was reminded of it."""

from alembic import op

from kit.schema import secure

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_STEPS = """
create table log_decisions (
    tenant_id text not null, id uuid not null, plan_id uuid not null, week date not null, decision text not null,
    reason text, entries integer not null, decided_at timestamptz not null, decided_by uuid not null,
    primary key (tenant_id, id),
    constraint fk_log_decisions_plan foreign key (tenant_id, plan_id) references plans (tenant_id, id),
    constraint ck_log_decisions_decision check (decision in ('APPROVED', 'RETURNED')),
    constraint ck_log_decisions_reason check (decision <> 'RETURNED' or reason is not null)
);
create index ix_log_decisions_plan_id on log_decisions (tenant_id, plan_id, week, id);
create table log_reminders (
    tenant_id text not null, cycle_id uuid not null, person_id uuid not null, kind text not null, day date not null,
    number integer not null, reminded_at timestamptz not null,
    primary key (tenant_id, cycle_id, person_id, kind, day, number),
    constraint ck_log_reminders_kind check (kind in ('MISSING', 'APPROVAL'))
)
"""


def upgrade() -> None:
    """Two tables."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
    for table in ("log_decisions", "log_reminders"):
        secure("plans", table)
