"""Calendar versions of obligations, weeks of units, statuses of people; plans of who has left."""

from alembic import op

from directory.schema import know_weeks_and_statuses
from kit.schema import know_calendar_versions

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    know_calendar_versions()
    know_weeks_and_statuses()
    op.execute("alter table plans add column ended_on date")
