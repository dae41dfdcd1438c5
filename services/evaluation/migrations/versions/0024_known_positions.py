"""Which positions people held in a period, and the credit points that they brought from before."""

from alembic import op

from kit.schema import secure

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_STEPS = (
    """
    create table known_positions (
        tenant_id text not null, servant_id uuid not null, number smallint not null, revision integer not null,
        since date, employment_type text not null, position_kind text not null, status text not null,
        primary key (tenant_id, servant_id, number)
    )
    """,
    """
    create table credit_balances (
        tenant_id text not null, servant_id uuid not null, level text not null, points numeric not null,
        as_of date not null, document text not null, recorded_by uuid not null, recorded_at timestamptz not null,
        primary key (tenant_id, servant_id), constraint ck_credit_balances_points check (points >= 0)
    )
    """,
)


def upgrade() -> None:
    """Two tables."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS:
        op.execute(statement)
    secure("evaluation", "known_positions", "credit_balances")
