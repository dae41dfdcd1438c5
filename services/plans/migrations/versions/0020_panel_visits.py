"""The copy of visits: whose panel may read the plans of a unit."""

from alembic import op

from kit.schema import secure

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_VISITS = """
create table panel_visits (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, unit_id uuid not null, panel uuid[] not null,
    over boolean not null default false,
    primary key (tenant_id, id)
)
"""
_BARS = """
create table panel_bars (
    tenant_id text not null, id uuid not null, member_id uuid not null, servant_id uuid not null,
    primary key (tenant_id, id)
)
"""


def upgrade() -> None:
    """Two tables."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(_VISITS)
    op.execute(_BARS)
    op.execute("create index ix_panel_bars_member on panel_bars (tenant_id, member_id, servant_id)")
    secure("plans", "panel_visits")
    secure("plans", "panel_bars")
