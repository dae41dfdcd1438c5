"""Whom somebody rates in a cycle, looked up at every act of the performance office."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One index."""
    op.execute("set local lock_timeout = '5s'")
    op.execute("create index ix_directory_members_rater on directory_members (tenant_id, cycle_id, rater_id)")
