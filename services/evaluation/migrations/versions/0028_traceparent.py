"""Events know which request they come from."""

from kit.schema import add_traceparent

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_traceparent()
