"""The copy of good practices that plans may take over."""

from alembic import op

from kit.schema import secure

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_TABLE = """
create table known_practices (
    tenant_id text not null, id uuid not null, title text not null, available boolean not null,
    told_at timestamptz not null,
    primary key (tenant_id, id)
)
"""


def upgrade() -> None:
    """One table."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(_TABLE)
    secure("plans", "known_practices")
