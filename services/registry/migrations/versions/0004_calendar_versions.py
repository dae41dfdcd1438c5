"""The calendar version of obligations."""

from kit.schema import know_calendar_versions

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    know_calendar_versions()
