"""Reports that were written before their period had ended are drafts."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_STEPS = """
alter table plan_reports add column drafted_at timestamptz;
alter table plan_reports drop constraint ck_plan_reports_state,
    add constraint ck_plan_reports_state check (state in ('OPEN', 'DRAFT', 'SUBMITTED', 'AUTOMATIC'));
alter table plan_reports add constraint ck_plan_reports_draft check (state <> 'DRAFT' or revision > 0)
"""


def upgrade() -> None:
    """One column and one state more; what was handed in early before stays handed in."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
