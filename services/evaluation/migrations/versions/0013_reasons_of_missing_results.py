"""A report upward says why results are missing in it, and how many versions it has seen."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Reports of before name no reason; how many were missing stands in them."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(
        "alter table upward_reports add column missing_states jsonb not null default '{}', "
        "add column missing_reason text, add column versions integer not null default 0"
    )
