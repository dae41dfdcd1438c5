"""Events know which request they come from."""

from kit.schema import add_traceparent

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_traceparent()
