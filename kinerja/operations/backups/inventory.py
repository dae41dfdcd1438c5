"""What a database holds: every row counted and hashed, the revision of its tables, and what protects them."""

from collections.abc import Iterator, Mapping

import asyncpg
from pydantic import BaseModel

# Whoever is filtered by row-level security gets an error, not a part; values are written as text in one way everywhere.
# However long the dump takes, nobody ends the transaction that it looks at.
SETTINGS = """
set row_security = off; set timezone = 'UTC'; set datestyle = 'ISO'; set extra_float_digits = 1;
set statement_timeout = 0; set idle_in_transaction_session_timeout = 0
"""
_OURS = """
n.nspname not in ('information_schema', 'pg_catalog') and n.nspname !~ '^pg_(toast|temp)'
and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
"""
_TABLES = f"""
select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'm') and {_OURS} order by 1
"""  # noqa: S608 - constants of this module
# The sum of the rows' hashes hangs on no order.
_ROWS = "select count(*), coalesce(sum(hashtextextended(whole_row::text, 0)), 0)::text from {} whole_row"
# `true`: without the parentheses that a condition gains or loses when it is read in again.
_PROTECTION = f"""
with ours as (
    select c.*, format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'm', 'v') and {_OURS}
)
select format('%s belongs to %s', name, relowner::regrole) from ours
union all select format('row security of %s: %s', name,
    case when relforcerowsecurity then 'forced' when relrowsecurity then 'on, not forced' else 'off' end) from ours
union all select format('policy %s on %s: %s %s to %s using %s check %s', polname, name, polcmd,
    case when polpermissive then 'permissive' else 'restrictive' end,
    (select string_agg(case one when 0 then 'public' else one::regrole::text end, ', ' order by one)
        from unnest(polroles) one),
    pg_get_expr(polqual, polrelid, true), pg_get_expr(polwithcheck, polrelid, true))
    from pg_policy p join ours on ours.oid = p.polrelid
union all select format('%s on %s for %s', a.privilege_type, name, a.grantee::regrole)
    from ours, aclexplode(coalesce(relacl, acldefault('r', relowner))) a
union all select format('%s on %s.%s for %s', a.privilege_type, name, t.attname, a.grantee::regrole)
    from ours join pg_attribute t on t.attrelid = ours.oid, aclexplode(t.attacl) a
union all select format('index %s', pg_get_indexdef(i.indexrelid, 0, true)) from pg_index i join ours on ours.oid = i.indrelid
union all select format('constraint %s on %s: %s', conname, name, pg_get_constraintdef(k.oid, true))
    from pg_constraint k join ours on ours.oid = k.conrelid
union all select format('trigger %s', pg_get_triggerdef(g.oid, true)) from pg_trigger g join ours on ours.oid = g.tgrelid
    where not g.tgisinternal
union all select format('function %s of %s: %s', c.oid::regprocedure, c.proowner::regrole, md5(pg_get_functiondef(c.oid)))
    from pg_proc c join pg_namespace n on n.oid = c.pronamespace where c.prokind in ('f', 'p') and {_OURS}
order by 1
"""  # noqa: S608 - constants of this module
_UNFORCED = f"""
select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and not c.relforcerowsecurity and {_OURS}
    and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
"""  # noqa: S608 - constants of this module


class Rows(BaseModel):
    """Of one table."""

    count: int
    digest: str


class Inventory(BaseModel):
    """All of it that a copy must have as well."""

    revision: str
    """Of the migrations."""
    tables: Mapping[str, Rows]
    protection: list[str]
    """Owners, row-level security, policies, rights, indexes, constraints, triggers, functions: a line each."""
    unforced: list[str]
    """Tables with rows of a city whose row-level security the owner would pass by."""

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(one.count for one in self.tables.values())


async def taken(connection: asyncpg.Connection) -> Inventory:
    """Of what this connection's transaction sees; reads every row once, inside the server.

    Raises asyncpg.InsufficientPrivilegeError where the role may not read everything.
    """
    await connection.execute(SETTINGS)
    tables = [row[0] for row in await connection.fetch(_TABLES)]
    rows = {}
    for table in tables:
        [(count, digest)] = await connection.fetch(_ROWS.format(table))
        rows[table] = Rows(count=count, digest=digest)
    revision = await connection.fetchval("select string_agg(version_num, ', ') from alembic_version")
    protection = [row[0] for row in await connection.fetch(_PROTECTION)]
    unforced = [row[0] for row in await connection.fetch(_UNFORCED)]
    return Inventory(revision=revision or "none", tables=rows, protection=protection, unforced=unforced)


def differences(original: Inventory, copy: Inventory) -> Iterator[str]:
    """Where the copy is not the original, a sentence each."""
    if original.revision != copy.revision:
        yield f"its tables are of revision {copy.revision}, the original's of {original.revision}"
    for table in sorted(original.tables.keys() | copy.tables.keys()):
        yield from _of_table(table, original.tables.get(table), copy.tables.get(table))
    lost, new = (set(one) - set(other) for one, other in _both(original, copy))
    yield from (f"is missing: {one}" for one in sorted(lost))
    yield from (f"is there and should not be: {one}" for one in sorted(new))
    yield from (f"row-level security of {one} is not forced" for one in copy.unforced)


def _both(original: Inventory, copy: Inventory) -> tuple[tuple[list[str], list[str]], ...]:
    return (original.protection, copy.protection), (copy.protection, original.protection)


def _of_table(table: str, original: Rows | None, copy: Rows | None) -> Iterator[str]:
    if original is None or copy is None:
        yield f"table {table} is {'missing' if copy is None else 'there and should not be'}"
    elif original.count != copy.count:
        yield f"table {table} has {copy.count} rows, the original {original.count}"
    elif original.digest != copy.digest:
        yield f"table {table} has as many rows as the original, and not the same ones"
