"""What was copied in daily logs is found by its words; whether a plan was set within the limit of the law."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A generated column with its index, and a flag; of plans that were set before nobody has looked."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(
        "alter table plan_activities add column words text "
        r"generated always as (md5(lower(regexp_replace(btrim(text), '\s+', ' ', 'g')))) stored"
    )
    op.execute("create index ix_plan_activities_words on plan_activities (tenant_id, words)")
    op.execute("alter table plans add column late_by_law boolean not null default false")
