"""Endpoints of machines, what was sent to them, and every attempt."""

from alembic import op

from kit.schema import secure

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES = """
create table endpoints (
    tenant_id text not null, id uuid not null, owner_id uuid not null, url text not null, description text not null,
    types text[] not null, state text not null, position bigint not null, replays integer not null, secret bytea not null,
    former_secret bytea, former_until timestamptz, failing_since timestamptz, disabled_at timestamptz,
    disabled_because text, created_at timestamptz not null, primary key (tenant_id, id),
    constraint ck_endpoints_state check (state in ('ACTIVE', 'PAUSED', 'DISABLED'))
);
create index ix_endpoints_owner on endpoints (tenant_id, owner_id, id);
create sequence delivery_seq;
create table webhook_deliveries (
    tenant_id text not null, id uuid not null, seq bigint not null default nextval('delivery_seq'), endpoint_id uuid not null,
    event_id uuid not null, position bigint, type text not null, subject text not null, body text, replay integer not null,
    state text not null, attempts smallint not null, next_at timestamptz, created_at timestamptz not null,
    delivered_at timestamptz, primary key (tenant_id, id),
    constraint ck_webhook_deliveries_state check (state in ('PENDING', 'DELIVERED', 'FAILED'))
);
create unique index uq_webhook_deliveries_once on webhook_deliveries (tenant_id, endpoint_id, event_id, replay);
create index ix_webhook_deliveries_endpoint on webhook_deliveries (tenant_id, endpoint_id, seq);
create index ix_webhook_deliveries_waiting on webhook_deliveries (tenant_id, endpoint_id, subject, seq) where state = 'PENDING';
create index ix_webhook_deliveries_due on webhook_deliveries (tenant_id, endpoint_id, seq) where state = 'PENDING';
create table webhook_attempts (
    tenant_id text not null, id uuid not null, delivery_id uuid not null, number smallint not null,
    at timestamptz not null, url text not null, headers jsonb not null, status smallint, answer text not null, error text,
    milliseconds integer not null, primary key (tenant_id, id)
);
create index ix_webhook_attempts_delivery on webhook_attempts (tenant_id, delivery_id, number)
"""


def upgrade() -> None:
    """The sender works for all cities, as the mailer of notify does: it reads what to send and writes what became of it."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    secure("integrations", "endpoints", "webhook_deliveries", "webhook_attempts")
    op.execute("grant usage on sequence delivery_seq to integrations_app, integrations_relay")
    for table in ("callers", "feed", "feed_heads", "endpoints", "webhook_deliveries", "webhook_attempts"):
        op.execute(f"create policy sender on {table} to integrations_relay using (true) with check (true)")
    op.execute("grant select on callers, feed, feed_heads, endpoints, webhook_deliveries to integrations_relay")
    op.execute("grant update (position, failing_since) on endpoints to integrations_relay")
    op.execute("grant insert on webhook_deliveries, webhook_attempts to integrations_relay")
    op.execute("grant update (state, attempts, next_at, delivered_at) on webhook_deliveries to integrations_relay")
