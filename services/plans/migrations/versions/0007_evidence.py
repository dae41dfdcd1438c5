"""References to evidence of reported actuals and of initiatives."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column each; what was reported before points to nothing."""
    op.execute("set local lock_timeout = '5s'")
    for table in ("plan_actuals", "plan_initiatives"):
        op.execute(f"alter table {table} add column evidence jsonb not null default '[]'")
