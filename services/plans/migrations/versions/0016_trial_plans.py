"""Plans that somebody tries out, which nobody rates."""

from alembic import op

from kit.schema import secure

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table, which belongs to no cycle."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(
        """
        create table trial_plans (
            tenant_id text not null, id uuid not null, servant_id uuid not null, name text not null,
            content jsonb not null, kept_at timestamptz not null, primary key (tenant_id, id)
        )
        """
    )
    op.execute("create index ix_trial_plans_servant on trial_plans (tenant_id, servant_id, id)")
    secure("plans", "trial_plans")
