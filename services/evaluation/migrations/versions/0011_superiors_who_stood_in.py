"""Whom somebody assessed in the place of a silent rater, looked up at every act of the performance office."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One index of the few rows in which it was another than the rater."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(
        "create index ix_appraisals_stood_in on appraisals (tenant_id, cycle_id, assessed_by) "
        "where assessed_by <> rater_id"
    )
