"""What an office confirmed of the columns of its own tables."""

from alembic import op

from kit.schema import secure

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_TABLE = """
create table import_mappings (
    tenant_id text not null, key text not null, header jsonb not null, fields_by_name jsonb not null,
    answers jsonb not null, confirmed_at timestamptz not null, confirmed_by uuid not null,
    primary key (tenant_id, key)
)
"""


def upgrade() -> None:
    """One table."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(_TABLE)
    secure("registry", "import_mappings")


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
