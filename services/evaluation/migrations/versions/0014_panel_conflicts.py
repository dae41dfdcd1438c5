"""Conflicts of interest that members of panels declare."""

from alembic import op

from kit.schema import secure

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_TABLE = """
create table panel_conflicts (
    tenant_id text not null, id uuid not null, member_id uuid not null, unit_id uuid, servant_id uuid,
    reason text not null, declared_at timestamptz not null, primary key (tenant_id, id),
    constraint ck_panel_conflicts_about check (num_nonnulls(unit_id, servant_id) = 1)
)
"""


def upgrade() -> None:
    """One table, looked up by member."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(_TABLE)
    op.execute("create index ix_panel_conflicts_member on panel_conflicts (tenant_id, member_id, id)")
    secure("evaluation", "panel_conflicts")
