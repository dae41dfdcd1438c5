"""A release that was taken back, or refused on its day, is no longer told to the city to which it was addressed."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# What the two functions see besides: the changes by which people leave for another city, of which only the state counts.
_STANDS = """coalesce((select c.state from personnel_changes c where c.tenant_id = m.tenant_id
            and c.servant_id = m.servant_id and c.effective_on = m.moved_on and c.kind = ''STATUS''
            and c.payload ->> ''status'' = ''MOVED_AWAY''
            order by c.recorded_at desc, c.id desc limit 1), ''APPLIED'') not in (''CANCELLED'', ''REFUSED'')"""
_LINK = f"""
create policy leaving on personnel_changes for select to current_user
    using (kind = 'STATUS' and payload ->> 'status' = 'MOVED_AWAY');
create or replace function release_to_here(city text, number text) returns table (servant_id uuid, moved_on date)
    language sql stable security definer set search_path = public, pg_temp rows 1 as
    'select m.servant_id, m.moved_on from moves m where m.kind = ''RELEASE'' and m.tenant_id = city and m.nip = number
        and m.other_city = nullif(current_setting(''app.tenant'', true), '''')
        and {_STANDS}
        order by m.moved_on desc, m.id desc limit 1';
create or replace function releases_to_here(numbers text[]) returns table (nip text, city text, moved_on date)
    language sql stable security definer set search_path = public, pg_temp as
    'select distinct on (m.nip) m.nip, m.tenant_id, m.moved_on from moves m
        where m.kind = ''RELEASE'' and m.nip = any (numbers)
        and m.other_city = nullif(current_setting(''app.tenant'', true), '''')
        and {_STANDS}
        order by m.nip, m.moved_on desc, m.id desc'
"""


def upgrade() -> None:
    """One policy, and the two functions anew."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _LINK.split(";\n"):
        op.execute(statement)


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
