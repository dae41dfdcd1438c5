"""Row-level security and grants, proven from the catalogue of every service's database."""

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.base import DEPLOYED, PORTAL, new_id
from contracts.plans.plans import PlanDrafted
from kinerja.stack.postgres import roles
from kit.db import Database
from kit.migrate import KIT
from kit.outbox import emit
from tests.conftest import DatabaseOf
from tests.support.databases import Databases
from tests.support.emitted import emitted

pytestmark = pytest.mark.connected
HERE, THERE = "16.71", "14.72"
OWING: dict[str, set[str]] = {PORTAL: set()}
"""Who owes nobody anything of its own."""
SESSIONS = "browser_sessions"
"""Found by the hash of a cookie, before the city is known: a wall of its own (tests/portal/test_sessions_wall.py)."""
COUNTS = {PORTAL: ["sign_in_failures"]}
"""Numbers of the whole installation by day and reason, which name no city and nobody (tests/portal/test_sessions_wall.py)."""

LINKS = {
    "registry": [("moves", "addressed"), ("personnel_changes", "leaving")],
    "portal": [("directory_people", "called")],
}
"""What functions of the owner see: a release to the transaction's city, unless it was taken back, of which they give back
ids and days (test_moves.py); whose name has a part that was typed: ids of that city (test_search.py)."""

_TENANT_TABLES = """
select c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner) as owner,
    (select array_agg(a.attname order by k.ord) from pg_index i, unnest(i.indkey) with ordinality as k(att, ord)
     join pg_attribute a on a.attnum = k.att
     where i.indrelid = c.oid and a.attrelid = c.oid and i.indisprimary) as key
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'p') and exists (
    select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
order by c.relname
"""
_OTHER_TABLES = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'p') and not exists (
    select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
order by c.relname
"""
_EXEMPT = """
select rolname from pg_roles
where rolname in ('%s_owner', '%s_app', '%s_relay') and (rolsuper or rolbypassrls or rolcreaterole)
"""
_POLICIES = """
select distinct qual, with_check from pg_policies where permissive = 'PERMISSIVE' and cmd = 'ALL' and '%s' = any(roles)
"""
_OTHERS = """
select tablename, policyname from pg_policies
where permissive <> 'PERMISSIVE' or cmd <> 'ALL' or not roles <@ '{%s,%s}'
order by tablename, policyname
"""


async def catalogue(databases: Databases, service: str, query: str, role: str = "postgres") -> list[asyncpg.Record]:
    connection = await asyncpg.connect(databases.postgres.uri(databases.template(service), role))
    try:
        return list(await connection.fetch(query))
    finally:
        await connection.close()


@pytest.mark.parametrize("service", DEPLOYED)
async def test_every_table_of_a_city_is_forced_behind_its_wall(databases: Databases, service: str) -> None:
    tables = await catalogue(databases, service, _TENANT_TABLES)
    assert {row["relname"] for row in tables} >= {
        *(str(row.__tablename__) for row in KIT),
        *OWING.get(service, {"obligations"}),
    } - {"inbox"}
    open_ones = [row["relname"] for row in tables if not (row["relrowsecurity"] and row["relforcerowsecurity"])]
    assert open_ones == []
    assert {row["owner"] for row in tables} == {f"{service}_owner"}
    assert await catalogue(databases, service, _EXEMPT % ((service,) * 3)) == []


@pytest.mark.parametrize("service", DEPLOYED)
async def test_only_tables_without_business_data_have_no_city(databases: Databases, service: str) -> None:
    rows = await catalogue(databases, service, _OTHER_TABLES)
    assert [row["relname"] for row in rows] == ["alembic_version", "inbox", *COUNTS.get(service, [])]


@pytest.mark.parametrize("service", DEPLOYED)
async def test_keys_of_business_tables_begin_with_the_city(databases: Databases, service: str) -> None:
    tables = await catalogue(databases, service, _TENANT_TABLES)
    wrong = [row["relname"] for row in tables if row["key"][0] != "tenant_id"]
    assert set(wrong) <= {"outbox", "outbox_dead", "journal", SESSIONS}  # kept in the order in which they were told


@pytest.mark.parametrize("service", DEPLOYED)
async def test_the_wall_is_the_same_for_every_table(databases: Databases, service: str) -> None:
    _, app, relay = roles(service)
    walls = await catalogue(databases, service, _POLICIES % app)
    (wall,) = [one for one in walls if "app.session" not in one["qual"]]
    assert len(walls) == (2 if service == PORTAL else 1)
    assert wall["qual"] == wall["with_check"]
    assert wall["qual"] == "(tenant_id = NULLIF(current_setting('app.tenant'::text, true), ''::text))"
    others = await catalogue(databases, service, _OTHERS % (app, relay))
    assert [tuple(row) for row in others] == LINKS.get(service, [])


@pytest.mark.parametrize("service", DEPLOYED)
async def test_without_a_city_the_application_sees_nothing(database_of: DatabaseOf, service: str) -> None:
    database = database_of(service)
    await _write(database, HERE, HERE)
    async with database.engine.connect() as connection:
        for setting in (None, "", THERE):
            if setting is not None:
                await connection.execute(text("select set_config('app.tenant', :it, false)"), {"it": setting})
            assert await _seen(connection) == 0
    async with database.transaction(HERE) as session:
        assert await _seen(await session.connection()) == 1


@pytest.mark.parametrize("service", DEPLOYED)
async def test_nobody_writes_for_another_city(database_of: DatabaseOf, service: str) -> None:
    database = database_of(service)
    with pytest.raises(ProgrammingError, match="row-level security"):
        await _write(database, HERE, THERE)
    await _write(database, HERE, HERE)


async def _write(database: Database, inside: str, tenant_id: str) -> None:
    """One row of a table that every service has."""
    kept = "insert into answers values (:city, gen_random_uuid(), 'a', 'b', 200, '{}', now())"
    async with database.transaction(inside) as session:
        await session.execute(text(kept), {"city": tenant_id})


async def _seen(connection: AsyncConnection) -> int:
    return int((await connection.execute(text("select count(*) from answers"))).scalar_one())


@pytest.mark.parametrize("service", DEPLOYED)
async def test_the_application_can_neither_change_nor_remove_what_was_told(databases: Databases, service: str) -> None:
    _, app, relay = roles(service)
    granted = """
        select t as table, p as privilege, has_table_privilege(r, t, p) or has_any_column_privilege(r, t, p) as granted
        from unnest(array['outbox', 'outbox_dead', 'journal', 'journal_heads']) t,
             unnest(array['UPDATE', 'INSERT', 'REFERENCES']) p, (values ('%s'::name)) as role(r)
        union all
        select t, p, has_table_privilege(r, t, p)
        from unnest(array['outbox', 'outbox_dead', 'journal', 'journal_heads']) t,
             unnest(array['DELETE', 'TRUNCATE']) p, (values ('%s'::name)) as role(r)
    """
    for role, allowed in (
        (app, {("outbox", "INSERT")}),
        (
            relay,
            {
                ("outbox", "DELETE"),
                ("outbox_dead", "INSERT"),
                ("journal", "INSERT"),
                ("journal_heads", "INSERT"),
                ("journal_heads", "UPDATE"),
            },
        ),
    ):
        rows = await catalogue(databases, service, granted % (role, role))
        assert {(row["table"], row["privilege"]) for row in rows if row["granted"]} == allowed


async def test_the_outbox_cannot_be_read_back_by_the_application(kit_db: Database) -> None:
    event = PlanDrafted(tenant_id=HERE, plan_id=new_id(), cycle_id=new_id(), servant_id=new_id())
    async with kit_db.transaction(HERE) as session:
        emit(session, event)
    with pytest.raises(ProgrammingError, match="permission denied"):
        await _read_outbox(kit_db)
    assert await emitted(kit_db) == [event]


async def _read_outbox(database: Database) -> None:
    async with database.transaction(HERE) as session:
        await session.execute(text("select body from outbox"))
