"""Numbers that people had, and the appointment by which a PPPK gets another one."""

from alembic import op

from kit.schema import secure

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_STEPS = """
create table former_numbers (
    tenant_id text not null, id uuid not null, servant_id uuid not null, kind text not null, former_nip text not null,
    nip text not null, effective_on date not null, reason text not null, document text not null,
    recorded_at timestamptz not null, recorded_by uuid not null, primary key (tenant_id, id),
    constraint ck_former_numbers_kind check (kind in ('CORRECTION', 'APPOINTMENT'))
);
create index ix_former_numbers_former_nip on former_numbers (tenant_id, former_nip, recorded_at);
create index ix_former_numbers_servant_id on former_numbers (tenant_id, servant_id, id);
alter table personnel_changes drop constraint ck_personnel_changes_kind,
    add constraint ck_personnel_changes_kind check (kind in ('STATUS', 'TRANSFER', 'RATER', 'CORRECTION', 'ACTING',
        'ACTING_ENDED', 'ENTRY', 'APPOINTMENT'))
"""


def upgrade() -> None:
    """One table, and one more kind of change."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
    secure("registry", "former_numbers")


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
