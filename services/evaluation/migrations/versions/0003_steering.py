"""The office steers a running cycle: when it was paused, that it was cancelled, and what was done to it and why."""

from alembic import op

from kit.schema import secure

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_CHANGES = """
alter table cycles add column paused_at timestamptz, drop constraint ck_cycles_state,
    add constraint ck_cycles_state check (state in ('OPEN', 'CLOSED', 'CANCELLED'));
create table cycle_interventions (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, kind text not null, phase text,
    former_due_at timestamptz, due_at timestamptz, reason text not null, done_by uuid not null,
    done_at timestamptz not null, primary key (tenant_id, id),
    constraint fk_cycle_interventions_cycle foreign key (tenant_id, cycle_id) references cycles (tenant_id, id),
    constraint ck_cycle_interventions_kind check (kind in ('PAUSED', 'RESUMED', 'EXTENDED', 'CANCELLED'))
);
create index ix_cycle_interventions_cycle on cycle_interventions (tenant_id, cycle_id, id)
"""


def upgrade() -> None:
    """One column, one state and one table more."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _CHANGES.split(";\n"):
        op.execute(statement)
    secure("evaluation", "cycle_interventions")
    op.execute("revoke update, delete on cycle_interventions from evaluation_app")
