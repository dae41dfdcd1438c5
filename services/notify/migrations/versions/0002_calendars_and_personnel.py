"""Calendar versions of obligations, weeks of units, statuses of people."""

from directory.schema import know_weeks_and_statuses
from obligations.schema import add_calendar_version

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    add_calendar_version()
    know_weeks_and_statuses()
