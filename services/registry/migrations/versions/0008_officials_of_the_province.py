"""An official of the province may be declared."""

from alembic import op

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


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
