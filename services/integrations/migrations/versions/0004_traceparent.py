"""Events know which request they come from, and deliveries say it."""

from alembic import op

from kit.schema import add_traceparent

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_traceparent()
    op.execute("alter table feed add column traceparent text")
    op.execute("alter table webhook_deliveries add column traceparent text")
