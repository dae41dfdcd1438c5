"""Feedback may be about one entry of the daily log."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column; what was said before is about no entry."""
    op.execute("set local lock_timeout = '5s'")
    op.execute("alter table feedbacks add column activity_id uuid")
    op.execute("create index ix_feedbacks_activity on feedbacks (tenant_id, activity_id) where activity_id is not null")


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
