"""Moves between cities, and the one way in which a city learns that another let somebody go to it."""

from alembic import op

from kit.schema import secure

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_TABLE = """
create table moves (
    tenant_id text not null, id uuid not null, servant_id uuid not null, kind text not null, other_city text not null,
    nip text not null, moved_on date not null, reason text not null, document text not null,
    recorded_at timestamptz not null, recorded_by uuid not null, primary key (tenant_id, id),
    constraint ck_moves_kind check (kind in ('RELEASE', 'ARRIVAL'))
);
create index ix_moves_other_city on moves (tenant_id, other_city, nip);
create index ix_moves_servant_id on moves (tenant_id, servant_id, id)
"""
# Row-level security is forced on the owner as well: this policy is all that the two functions see, and they give back
# ids and days. Whoever asks for a city that is not the transaction's own finds nothing.
_LINK = """
create policy addressed on moves for select to current_user
    using (kind = 'RELEASE' and other_city = nullif(current_setting('app.tenant', true), ''));
create function release_to_here(city text, number text) returns table (servant_id uuid, moved_on date)
    language sql stable security definer set search_path = public, pg_temp rows 1 as
    'select m.servant_id, m.moved_on from moves m where m.kind = ''RELEASE'' and m.tenant_id = city and m.nip = number
        and m.other_city = nullif(current_setting(''app.tenant'', true), '''')
        order by m.moved_on desc, m.id desc limit 1';
create function releases_to_here(numbers text[]) returns table (nip text, city text, moved_on date)
    language sql stable security definer set search_path = public, pg_temp as
    'select distinct on (m.nip) m.nip, m.tenant_id, m.moved_on from moves m
        where m.kind = ''RELEASE'' and m.nip = any (numbers)
        and m.other_city = nullif(current_setting(''app.tenant'', true), '''')
        order by m.nip, m.moved_on desc, m.id desc';
revoke all on function release_to_here(text, text), releases_to_here(text[]) from public;
grant execute on function release_to_here(text, text), releases_to_here(text[]) to registry_app
"""


def upgrade() -> None:
    """One table, one policy, two functions."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _TABLE.split(";\n"):
        op.execute(statement)
    secure("registry", "moves")
    for statement in _LINK.split(";\n"):
        op.execute(statement)


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
