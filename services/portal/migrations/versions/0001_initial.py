"""Sessions of browsers, drafts, and the copies that pages are made from."""

from alembic import op

from directory.schema import create_cycle_tables, create_people_tables, know_weeks_and_statuses
from kit.schema import create_kit_tables, let_operations_count, secure

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# A session is found by what the browser holds or by what the issuer calls it, before its city is known: a row exists for
# whoever can name it (the SHA-256 of the cookie, the issuer's `sid`, the person who leaves), and for nobody else. The
# worker's sweep goes through all of them and reads times alone.
_SESSIONS = """
create table browser_sessions (
    key_hash text primary key, tenant_id text not null, servant_id uuid not null, sid text not null,
    roles text[] not null, language text not null, tokens bytea not null, csrf text not null,
    token_until timestamptz not null, begun_at timestamptz not null, seen_at timestamptz not null
);
create index ix_browser_sessions_sid on browser_sessions (sid);
create index ix_browser_sessions_servant_id on browser_sessions (servant_id);
create index ix_browser_sessions_seen_at on browser_sessions (seen_at);
alter table browser_sessions enable row level security;
alter table browser_sessions force row level security;
create policy named on browser_sessions to portal_app
    using (key_hash = nullif(current_setting('app.session', true), '') or sid = nullif(current_setting('app.sid', true), '')
        or servant_id = nullif(current_setting('app.leaving', true), '')::uuid)
    with check (key_hash = nullif(current_setting('app.session', true), ''));
grant select, insert, update, delete on browser_sessions to portal_app;
create policy sweep on browser_sessions to portal_relay using (true);
grant select (begun_at, seen_at), delete on browser_sessions to portal_relay
"""
_TABLES = """
create table drafts (
    tenant_id text not null, servant_id uuid not null, form text not null, subject text not null, body bytea not null,
    version integer not null, saved_at timestamptz not null,
    primary key (tenant_id, servant_id, form, subject)
);
create table duties (
    tenant_id text not null, id uuid not null, service text not null, kind text not null, phase text not null,
    cycle_id uuid not null, subject_id uuid, about_id uuid, debtor_id uuid not null,
    first_debtor_id uuid, opened_at timestamptz, due_at timestamptz, state text not null, late boolean not null, handed_over boolean not null,
    reminders integer not null, escalations integer not null,
    primary key (tenant_id, id),
    constraint ck_duties_state check (state in ('OPEN', 'DONE', 'LAPSED', 'CANCELLED'))
);
create index ix_duties_own on duties (tenant_id, debtor_id, due_at, id) where state = 'OPEN';
create index ix_duties_about on duties (tenant_id, about_id) where state = 'OPEN';
create index ix_duties_cycle on duties (tenant_id, cycle_id, state);
create table duties_done (
    tenant_id text not null, id uuid not null, done_at timestamptz not null, primary key (tenant_id, id)
)
"""
_SEARCH = """
create extension if not exists btree_gin;
create extension if not exists pg_trgm;
create index ix_search_directory_people on directory_people using gin (tenant_id, (lower(name)) gin_trgm_ops)
"""


def upgrade() -> None:
    create_kit_tables("portal")
    create_people_tables("portal")
    create_cycle_tables("portal")
    know_weeks_and_statuses()
    op.execute("create index ix_directory_members_rater on directory_members (tenant_id, cycle_id, rater_id)")
    for statements in (_SESSIONS, _TABLES, _SEARCH):
        for statement in statements.split(";\n"):
            op.execute(statement)
    let_operations_count("portal")
    secure("portal", "drafts", "duties", "duties_done")
