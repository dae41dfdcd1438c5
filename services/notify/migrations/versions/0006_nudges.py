"""Reminders by people, at most one a day and obligation."""

from alembic import op

from kit.schema import secure

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(
        """
        create table nudges (
            tenant_id text not null, obligation_id uuid not null, day date not null, debtor_id uuid not null,
            nudged_by uuid not null, nudged_at timestamptz not null, note text,
            primary key (tenant_id, obligation_id, day)
        )
        """
    )
    secure("notify", "nudges")


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
