"""Calendar versions of obligations, weeks of units, statuses of people; appraisals of a part of the period."""

from alembic import op

from directory.schema import know_weeks_and_statuses
from obligations.schema import add_calendar_version

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    add_calendar_version()
    know_weeks_and_statuses()
    op.execute("alter table appraisals add column ended_on date")
