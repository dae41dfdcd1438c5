"""Notices, deliveries and the read model of obligations."""

from alembic import op

from directory.schema import create_cycle_tables, create_people_tables
from kit.schema import create_kit_tables, secure
from obligations.schema import create_obligations_table

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = """
create table notices (
    tenant_id text not null, id uuid not null, person_id uuid not null, cycle_id uuid, event_id uuid not null,
    about_type text not null, about_id uuid, template text not null, params jsonb not null, language text not null,
    subject text not null, body text not null, created_at timestamptz not null, read_at timestamptz,
    primary key (tenant_id, id),
    constraint uq_notices_once unique (tenant_id, person_id, event_id, template)
);
create index ix_notices_inbox on notices (tenant_id, person_id, id);
create index ix_notices_unread on notices (tenant_id, person_id) where read_at is null;
create index ix_notices_cycle on notices (tenant_id, cycle_id);
create table deliveries (
    tenant_id text not null, id uuid not null, notice_id uuid not null, channel text not null, address text not null,
    state text not null, attempts smallint not null, next_at timestamptz, error text, sent_at timestamptz,
    primary key (tenant_id, id),
    constraint ck_deliveries_channel check (channel in ('INBOX', 'EMAIL')),
    constraint ck_deliveries_state check (state in ('PENDING', 'SENT', 'FAILED'))
);
create index ix_deliveries_notice on deliveries (tenant_id, notice_id);
create index ix_deliveries_state on deliveries (tenant_id, state, id);
create index ix_deliveries_waiting on deliveries (tenant_id, next_at) where state = 'PENDING';
create sequence todo_seq;
create table todos (
    tenant_id text not null, id uuid not null, seq bigint not null, service text not null, kind text not null,
    phase text not null, cycle_id uuid not null, subject_id uuid, about_id uuid, debtor_id uuid not null,
    first_debtor_id uuid, opened_at timestamptz, due_at timestamptz, state text not null, late boolean not null,
    handed_over boolean not null, reminders integer not null, escalations integer not null,
    primary key (tenant_id, id),
    constraint ck_todos_state check (state in ('OPEN', 'DONE', 'LAPSED', 'CANCELLED'))
);
create unique index uq_todos_seq on todos (tenant_id, seq);
create index ix_todos_cycle_seq on todos (tenant_id, cycle_id, seq);
create index ix_todos_own on todos (tenant_id, debtor_id, due_at, id) where state = 'OPEN'
"""


def upgrade() -> None:
    create_kit_tables("notify")
    create_obligations_table("notify")
    create_people_tables("notify")
    create_cycle_tables("notify")
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    secure("notify", "notices", "deliveries", "todos")
    op.execute("grant usage on sequence todo_seq to notify_app")
    # The mailer works for all cities; it borrows the role that already stands outside their walls, and no more of it
    # than it needs: read what to send, write down what became of it.
    for table in ("notices", "deliveries"):
        op.execute(f"create policy mailer on {table} to notify_relay using (true) with check (true)")
    op.execute("grant select on notices, deliveries to notify_relay")
    op.execute("grant update (state, attempts, next_at, error, sent_at) on deliveries to notify_relay")
