"""Reports of results to the competent official (PermenPANRB 6/2022, L V.A.7, 11)."""

from alembic import op

from kit.schema import secure

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_STEPS = """
create table upward_reports (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, recipient text not null, note text not null,
    issued integer not null, final integer not null, missing integer not null, predicates jsonb not null,
    reported_by uuid not null, reported_at timestamptz not null, primary key (tenant_id, id),
    constraint fk_upward_reports_cycle foreign key (tenant_id, cycle_id) references cycles (tenant_id, id)
);
create index ix_upward_reports_cycle on upward_reports (tenant_id, cycle_id, id)
"""


def upgrade() -> None:
    """One table more; a report that was made is never changed."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
    secure("evaluation", "upward_reports")
    op.execute("revoke update, delete on upward_reports from evaluation_app")
