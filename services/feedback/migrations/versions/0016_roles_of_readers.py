"""A look says how the reader stood to the person, and may be one at a list of everybody."""

from alembic import op

from kit.schema import let_operations_count

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_CHANGES = """
alter table lookups add column filter text not null default '', add column cycle_id uuid,
    add column role text not null default '';
alter table lookups alter column filter drop default, alter column role drop default, drop constraint lookups_pkey,
    add primary key (tenant_id, servant_id, looked_on, reader_id, record, filter);
create index ix_lookups_looked_on on lookups (tenant_id, looked_on)
"""


def upgrade() -> None:
    """Apply."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _CHANGES.split(";\n"):
        op.execute(statement)
    let_operations_count("feedback")


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
