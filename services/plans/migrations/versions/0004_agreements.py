"""What a plan agrees on beside its targets, how each result is accounted for, and academic expectations."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_STEPS = """
alter table plans add column annex jsonb;
alter table plan_results add column report_every text, add column evidence text not null default '',
    add constraint ck_plan_results_report_every check (report_every in ('DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY',
        'HALF_YEARLY', 'YEARLY')),
    drop constraint ck_plan_results_kind,
    add constraint ck_plan_results_kind check (kind in ('PRIMARY', 'ADDITIONAL', 'ACADEMIC'));
alter table plan_results alter column evidence drop default
"""


def upgrade() -> None:
    """New columns alone; what was set before has no agreements."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
