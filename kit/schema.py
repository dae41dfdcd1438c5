"""What migrations share: the kit's own tables, row-level security and grants."""

from alembic import op

# Owner creates; <service>_app works under row-level security; <service>_relay alone moves the outbox to the journal.
# Every index and key begins with the city, because row-level security adds it to every statement; the inbox has none: an
# event's id says nothing about anybody. Positions of the journal count through all cities of a service, as the relay
# writes them. Obligations are indexed while they are open: what is closed soon outnumbers it, and only reports read it.
_BASE = """
create table outbox (
    id bigint generated always as identity primary key, event_id uuid not null, tenant_id text not null,
    topic text not null, key text not null, type text not null, subject text not null, actor text not null,
    reason text, body text not null, time timestamptz not null
);
create table outbox_dead (
    id bigint primary key, event_id uuid not null, tenant_id text not null, topic text not null, key text not null,
    type text not null, subject text not null, actor text not null, reason text, body text not null,
    time timestamptz not null, error text not null, set_aside_at timestamptz not null default now()
);
create table journal (
    position bigint primary key, event_id uuid not null, tenant_id text not null, topic text not null,
    key text not null, type text not null, subject text not null, actor text not null, reason text,
    body text not null, time timestamptz not null, hash text not null
);
create unique index uq_journal_event_id on journal (event_id);
create index ix_journal_tenant_id_subject on journal (tenant_id, subject, position);
create index ix_journal_tenant_id_position on journal (tenant_id, position);
create table journal_heads (tenant_id text primary key, position bigint not null, hash text not null);
create table inbox (
    consumer text not null, event_id uuid not null, claimed_at timestamptz not null, primary key (consumer, event_id)
);
create table answers (
    tenant_id text not null, actor_id uuid not null, key text not null, request text not null, status smallint,
    body text, asked_at timestamptz not null, primary key (tenant_id, actor_id, key)
);
"""


def create_kit_tables(service: str) -> None:
    """The tables of the kit with their security; the first thing in a service's first migration."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _BASE.split(";\n"):
        if statement.strip():
            op.execute(statement)
    app, relay = f"{service}_app", f"{service}_relay"
    op.execute(f"grant usage on schema public to {app}, {relay}")
    # The relay carries the events of all cities, so its policy is always true; what it may do is cut by the grants below.
    for table in ("outbox", "outbox_dead", "journal", "journal_heads", "answers"):
        force_tenant(table, app)
        op.execute(f"create policy relay on {table} to {relay} using (true) with check (true)")
    # The application writes the outbox and never reads it back; only the relay writes the journal, and nobody changes it.
    op.execute(f"grant insert, select (id) on outbox to {app}")
    op.execute(f"grant select on journal, journal_heads to {app}")
    op.execute(f"grant select, insert on inbox to {app}")
    op.execute(f"grant select, insert, update, delete on answers to {app}")
    op.execute(f"grant select, delete on outbox to {relay}")
    op.execute(f"grant select, insert on outbox_dead, journal to {relay}")
    op.execute(f"grant select, insert, update on journal_heads to {relay}")


_LOOKUPS = """
create table lookups (
    tenant_id text not null, servant_id uuid not null, looked_on date not null, reader_id uuid not null,
    record text not null, filter text not null, cycle_id uuid, role text not null, times integer not null,
    last_at timestamptz not null, primary key (tenant_id, servant_id, looked_on, reader_id, record, filter),
    constraint ck_lookups_others check (servant_id <> reader_id and times >= 1)
);
create index ix_lookups_looked_on on lookups (tenant_id, looked_on)
"""


def create_lookups_table(service: str) -> None:
    """Who looked at whose records (``kit.lookups``)."""
    for statement in _LOOKUPS.split(";\n"):
        op.execute(statement)
    secure(service, "lookups")


def let_operations_count(service: str) -> None:
    """How long the outbox has waited and how much was set aside: times and numbers, nothing of what they say."""
    op.execute(f"grant select (time) on outbox to {service}_app")
    op.execute(f"grant select (id) on outbox_dead to {service}_app")


def add_traceparent() -> None:
    """Events know which request they come from (``kit.traceparent``); those that are there already do not."""
    op.execute("set local lock_timeout = '5s'")
    for table in ("outbox", "outbox_dead", "journal"):
        op.execute(f"alter table {table} add column traceparent text")


def secure(service: str, *tables: str) -> None:
    """Force row-level security on tables of business data and let the application role work on them."""
    for table in tables:
        force_tenant(table, f"{service}_app")
        op.execute(f"grant select, insert, update, delete on {table} to {service}_app")


def force_tenant(table: str, app: str) -> None:
    """No setting, no rows; the owner is not exempt either."""
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    same = "tenant_id = nullif(current_setting('app.tenant', true), '')"
    op.execute(f"create policy tenant on {table} to {app} using ({same}) with check ({same})")
