"""An official of the province may be declared; and who looked at whose records."""

from alembic import op

from kit.schema import create_lookups_table, let_operations_count

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ROLES = """
alter table office_holders drop constraint ck_office_holders_role;
alter table office_holders add constraint ck_office_holders_role check (role in ('PERFORMANCE_OFFICE', 'PANEL',
    'APPOINTING_AUTHORITY', 'CITY_LEADER', 'AUDITOR', 'OPERATIONS', 'INTEGRATOR', 'PROVINCE'))
"""


def upgrade() -> None:
    """Apply."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _ROLES.split(";\n"):
        op.execute(statement)
    create_lookups_table("registry")
    let_operations_count("registry")
    # What may be forgotten in any city is found by the role that already stands outside their walls, and no more of it.
    op.execute("create policy due on lookups to registry_relay using (true)")
    op.execute("grant select (tenant_id, looked_on) on lookups to registry_relay")


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
