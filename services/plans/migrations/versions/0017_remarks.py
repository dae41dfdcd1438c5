"""What was remarked by row when a plan was returned."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column; plans that were returned before have none."""
    op.execute("set local lock_timeout = '5s'")
    op.execute("alter table plans add column remarks jsonb")


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
