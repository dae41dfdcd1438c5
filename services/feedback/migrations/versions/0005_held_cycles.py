"""Cycles whose ladders stand still while they are paused."""

from obligations.schema import create_held_cycles

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    create_held_cycles("feedback")
