"""Calendar versions of obligations, weeks of units, statuses of people; appraisals of a part of the period."""

from alembic import op

from directory.schema import know_weeks_and_statuses
from kit.schema import know_calendar_versions

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    know_calendar_versions()
    know_weeks_and_statuses()
    op.execute("alter table appraisals add column ended_on date")
