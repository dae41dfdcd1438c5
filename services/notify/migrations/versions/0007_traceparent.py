"""Events know which request they come from."""

from kit.schema import add_traceparent

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_traceparent()
