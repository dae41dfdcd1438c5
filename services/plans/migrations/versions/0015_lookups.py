"""Who looked at whose records."""

from alembic import op

from kit.schema import create_lookups_table, let_operations_count

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("set local lock_timeout = '5s'")
    create_lookups_table("plans")
    let_operations_count("plans")


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
