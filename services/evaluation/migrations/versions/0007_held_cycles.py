"""Cycles whose ladders stand still while they are paused."""

from kit.schema import know_held_cycles

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    know_held_cycles("evaluation")
