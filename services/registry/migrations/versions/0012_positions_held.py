"""Which positions people held, one after another; and the day on which somebody came into the city's service."""

from alembic import op

from kit.schema import secure

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TABLE = """
create table positions_held (
    tenant_id text not null, servant_id uuid not null, since date not null, employment_type text not null,
    position_kind text not null, status text not null, primary key (tenant_id, servant_id, since),
    constraint ck_positions_held_employment_type check (employment_type in ('PNS', 'PPPK')),
    constraint ck_positions_held_position_kind check (position_kind in ('JPT_UTAMA', 'JPT_MADYA', 'JPT_PRATAMA',
        'ADMINISTRATOR', 'PENGAWAS', 'PELAKSANA', 'AHLI_UTAMA', 'AHLI_MADYA', 'AHLI_MUDA', 'AHLI_PERTAMA', 'PENYELIA',
        'MAHIR', 'TERAMPIL', 'PEMULA')),
    constraint ck_positions_held_status check (status in ('ACTIVE', 'STUDY_LEAVE', 'UNPAID_LEAVE', 'SUSPENDED',
        'PRE_RETIREMENT', 'STATE_OFFICIAL', 'RETIRED', 'DIED', 'MOVED_AWAY'))
)
"""
_KINDS = """
alter table personnel_changes drop constraint ck_personnel_changes_kind,
    add constraint ck_personnel_changes_kind check (kind in ('STATUS', 'TRANSFER', 'RATER', 'CORRECTION', 'ACTING',
        'ACTING_ENDED', 'ENTRY'))
"""


def upgrade() -> None:
    """One table, and one more kind of change."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(_TABLE)
    op.execute(_KINDS)
    secure("registry", "positions_held")
