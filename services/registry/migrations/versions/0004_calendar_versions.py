"""The calendar version of obligations."""

from obligations.schema import add_calendar_version

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    add_calendar_version()
