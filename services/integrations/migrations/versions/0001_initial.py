"""Who may call, the feed of what is published, and the end of its chain."""

from alembic import op

from kit.schema import create_kit_tables, force_tenant, let_operations_count, secure
from obligations.schema import add_calendar_version, create_obligations_table

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = """
create table callers (
    tenant_id text not null, id uuid not null, revision integer not null, roles text[] not null, active boolean not null,
    status text not null, primary key (tenant_id, id)
);
create table feed (
    tenant_id text not null, position bigint not null, event_id uuid not null, type text not null, subject text not null,
    person_id uuid, time timestamptz not null, entered_at timestamptz not null, digest text not null, hash text not null,
    body text not null, primary key (tenant_id, position)
);
create unique index uq_feed_event on feed (tenant_id, event_id);
create index ix_feed_type on feed (tenant_id, type, position);
create index ix_feed_subject on feed (tenant_id, subject, position);
create index ix_feed_person on feed (tenant_id, person_id, position) where person_id is not null;
create index ix_feed_time on feed (tenant_id, time, position);
create table feed_heads (tenant_id text primary key, position bigint not null, hash text not null)
"""


def upgrade() -> None:
    """Nobody changes or deletes what is in the feed: the application may add and read, and no more."""
    create_kit_tables("integrations")
    create_obligations_table("integrations")
    add_calendar_version()
    let_operations_count("integrations")
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    secure("integrations", "callers", "feed_heads")
    force_tenant("feed", "integrations_app")
    op.execute("grant select, insert on feed to integrations_app")
