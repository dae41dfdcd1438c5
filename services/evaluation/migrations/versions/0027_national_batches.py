"""Batches of final results for the national application, their rows, and what was held back."""

from alembic import op

from kit.schema import secure

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_TABLES = (
    """
    create table national_batches (
        tenant_id text not null, id uuid not null, cycle_id uuid not null, results integer not null, rows integer not null,
        held integer not null, earlier integer not null, sha256 text not null, made_at timestamptz not null,
        made_by uuid not null, primary key (tenant_id, id),
        constraint fk_national_batches_cycle foreign key (tenant_id, cycle_id) references cycles (tenant_id, id)
    )
    """,
    "create index ix_national_batches_cycle on national_batches (tenant_id, cycle_id, id)",
    """
    create table national_rows (
        tenant_id text not null, id uuid not null, batch_id uuid not null, place integer not null, result_id uuid not null,
        appraisal_id uuid not null, servant_id uuid not null, version smallint not null, part smallint not null,
        record jsonb not null, state text not null, code text, reason text, number text, attempts integer not null,
        error text, next_at timestamptz, settled_at timestamptz, settled_by text, primary key (tenant_id, id),
        constraint fk_national_rows_batch foreign key (tenant_id, batch_id) references national_batches (tenant_id, id)
            deferrable initially deferred,
        constraint ck_national_rows_state check (state in ('EXPORTED', 'CONFIRMED', 'REJECTED')),
        constraint ck_national_rows_settled_by check (settled_by in ('GATEWAY', 'FILE')),
        constraint ck_national_rows_code
            check (code in ('REFUSED', 'PERSON_UNKNOWN', 'HOLDS_ANOTHER', 'WITHDRAWN')),
        constraint ck_national_rows_reason check ((state = 'REJECTED') = (code is not null and reason <> '')),
        constraint ck_national_rows_settled
            check ((state = 'EXPORTED') = (settled_at is null) and (settled_at is null) = (settled_by is null))
    )
    """,
    # Whatever happens at the same time, a part of a result is on its way or confirmed once.
    "create unique index uq_national_rows_once on national_rows (tenant_id, result_id, part) where state <> 'REJECTED'",
    "create index ix_national_rows_batch on national_rows (tenant_id, batch_id, place)",
    "create index ix_national_rows_due on national_rows (tenant_id, next_at) where state = 'EXPORTED'",
    "create index ix_national_rows_appraisal on national_rows (tenant_id, appraisal_id)",
    """
    create table national_holds (
        tenant_id text not null, batch_id uuid not null, result_id uuid not null, servant_id uuid not null,
        reason text not null, primary key (tenant_id, batch_id, result_id),
        constraint fk_national_holds_batch foreign key (tenant_id, batch_id) references national_batches (tenant_id, id)
            deferrable initially deferred,
        constraint ck_national_holds_reason check (reason in ('NOT_FINAL', 'OBJECTION_OPEN', 'NO_RATER',
            'BESIDE_THE_TABLE', 'NO_NIP', 'NIP_INVALID', 'RATER_NIP_INVALID', 'PARTS_CHANGED'))
    )
    """,
)
_ANSWERED = "state, code, reason, number, attempts, error, next_at, settled_at, settled_by"


def upgrade() -> None:
    """A batch never changes, whoever asks for it: of a row the answer alone is written later."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _TABLES:
        op.execute(statement)
    secure("evaluation", "national_batches", "national_rows", "national_holds")
    op.execute("revoke update, delete on national_batches, national_rows, national_holds from evaluation_app")
    op.execute(f"grant update ({_ANSWERED}) on national_rows to evaluation_app")
