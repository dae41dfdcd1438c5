"""Who was appointed a state official is not covered."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_STATUS = """
alter table servants drop constraint ck_servants_status,
    add constraint ck_servants_status check (status in ('ACTIVE', 'STUDY_LEAVE', 'UNPAID_LEAVE', 'SUSPENDED',
        'PRE_RETIREMENT', 'STATE_OFFICIAL', 'RETIRED', 'DIED', 'MOVED_AWAY'))
"""


def upgrade() -> None:
    """One more word."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(_STATUS)
