"""What is due at an endpoint is found by its time, however much waits behind it."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Messages that wait already keep their next attempt: the claim asks of each whether it is its subject's oldest."""
    op.execute("set local lock_timeout = '5s'")
    op.execute("drop index ix_webhook_deliveries_due")
    op.execute(
        "create index ix_webhook_deliveries_due on webhook_deliveries (tenant_id, endpoint_id, next_at, seq)"
        " where state = 'PENDING' and next_at is not null"  # the oldest of a subject is looked for by another one
    )
