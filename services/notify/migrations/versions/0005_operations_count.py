"""Whoever runs the system reads how long the outbox has waited and how much was set aside."""

from kit.schema import let_operations_count

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Grants alone."""
    let_operations_count("notify")


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
