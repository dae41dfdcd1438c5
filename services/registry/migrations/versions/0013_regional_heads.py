"""A rater who acts for a regional head: whom a delegated relation is for (PermenPANRB 6/2022, L IV.A.12)."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column."""
    op.execute("set local lock_timeout = '5s'")
    op.execute("alter table rater_relations add column acting_for_id uuid")
