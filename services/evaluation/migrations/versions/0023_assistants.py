"""The copy of who enters for whom."""

from alembic import op

from directory.schema import create_assistant_tables

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.execute("set local lock_timeout = '5s'")
    create_assistant_tables("evaluation")
