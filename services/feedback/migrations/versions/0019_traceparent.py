"""Events know which request they come from."""

from kit.schema import add_traceparent

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_traceparent()
