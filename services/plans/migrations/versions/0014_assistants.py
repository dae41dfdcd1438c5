"""The copy of who enters for whom."""

from alembic import op

from directory.schema import create_assistant_tables

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.execute("set local lock_timeout = '5s'")
    create_assistant_tables("plans")
