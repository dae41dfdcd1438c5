"""Where each value of a policy version comes from."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("set local lock_timeout = '5s'")
    op.execute("alter table policy_documents add column provenance jsonb")


def downgrade() -> None:
    """Take back."""
    op.execute("alter table policy_documents drop column provenance")
