"""Technical competences that positions ask for, with their days."""

from alembic import op

from kit.schema import secure

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TABLE = """
create table position_competences (
    tenant_id text not null, id uuid not null, position_key text not null, position text not null, code text not null,
    name text not null, required smallint not null, valid_from date not null, valid_to date,
    imported_at timestamptz not null, imported_by uuid not null, primary key (tenant_id, id),
    constraint uq_position_competences_day unique (tenant_id, position_key, code, valid_from),
    constraint ck_position_competences_required check (required between 1 and 5),
    constraint ck_position_competences_days check (valid_to >= valid_from)
)
"""


def upgrade() -> None:
    """Apply."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(_TABLE)
    secure("registry", "position_competences")


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
