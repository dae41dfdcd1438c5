"""The office's search by name goes by the index of trigrams, and stays in its city."""

import asyncpg
import pytest
from sqlalchemy import text

from contracts.base import new_id
from kit.db import Database
from services.portal.names.people import named
from services.portal.office.queries import find
from tests.conftest import DatabaseOf
from tests.support.databases import Databases

pytestmark = pytest.mark.connected
CITY = "16.71"
PEOPLE = 20_000
_FILL = text("""
insert into directory_people (tenant_id, id, revision, nip, name, email, employment_type, grade, position, position_kind,
    unit_id, is_head, roles, language, active, status)
select :city, gen_random_uuid(), 1, lpad(n::text, 18, '0'), 'Pegawai ' || md5(n::text), '', '', '', '', '',
    '00000000-0000-0000-0000-000000000000', false, '{}', 'id', true, 'ACTIVE'
from generate_series(1, :people) n
""")
_CALLED = text("select id from people_called('pegawai')")
_ONE = text("update directory_people set name = 'Siti Nurhaliza 100%' where nip = lpad('7', 18, '0')")

_NIP = text(
    "update directory_people set nip = '198001012005011001', name = 'Budi 2 Pegawai' where nip = lpad('2', 18, '0')"
)


@pytest.fixture
def portal_db(database_of: DatabaseOf) -> Database:
    return database_of("portal")


async def _analyse(databases: Databases, database: Database) -> None:
    """As autovacuum does it within a minute; the application may not."""
    owner = await asyncpg.connect(databases.postgres.uri(str(database.engine.url.database)))
    await owner.execute("vacuum analyze directory_people")
    await owner.close()


_SCANS = text("""
select pg_stat_get_xact_numscans('ix_search_directory_people'::regclass),
    coalesce((select seq_scan from pg_stat_xact_user_tables where relname = 'directory_people'), 0)
""")


async def _fill(database: Database, databases: Databases) -> None:
    async with database.transaction(CITY) as session:
        await session.execute(_FILL, {"city": CITY, "people": PEOPLE})
        await session.execute(_ONE)
    await _analyse(databases, database)


async def test_a_part_of_a_name_is_found_by_the_index(portal_db: Database, databases: Databases) -> None:
    await _fill(portal_db, databases)
    async with portal_db.transaction(CITY) as session:
        before = (await session.execute(_SCANS)).one()
        found, total = await find(session, "nurhal")
        after = (await session.execute(_SCANS)).one()
        assert ([one.name for one in found], total) == (["Siti Nurhaliza 100%"], 1)
        assert (await find(session, "100%"))[1] == 1
        assert (await find(session, "0_%"))[1] == 0, "what is typed is a text"
        assert (await find(session, "pegawai"))[1] == PEOPLE - 1
        assert (await find(session, "pegawai", page=10_000)) == ([], PEOPLE - 1), "past the last page they are as many"
        assert (await session.execute(text("show enable_seqscan"))).scalar() == "on"
    assert (after[0] - before[0], after[1] - before[1]) == (1, 0), "of the index and of the whole table"


async def test_a_nip_is_found_as_documents_write_it(portal_db: Database) -> None:
    async with portal_db.transaction(CITY) as session:
        await session.execute(_FILL, {"city": CITY, "people": 3})
        await session.execute(_NIP)
        for typed in ("198001012005011001", "19800101 200501 1 001", "19800101 2005"):
            assert [one.nip for one in (await find(session, typed))[0]] == ["198001012005011001"], typed
        assert (await find(session, "Pegawai 2"))[1] == 0, "blanks of a name stay"


async def test_nobody_is_found_in_another_city_or_without_one(portal_db: Database) -> None:
    async with portal_db.transaction(CITY) as session:
        await session.execute(_FILL, {"city": CITY, "people": 3})
    async with portal_db.transaction("13.73") as session:
        assert (await find(session, "pegawai"))[1] == 0
        assert (await session.execute(_CALLED)).all() == []
    async with portal_db.engine.connect() as connection:
        assert (await connection.execute(_CALLED)).all() == []
        await connection.execute(text("select set_config('app.tenant', '16.71', true)"))
        assert len((await connection.execute(_CALLED)).all()) == 3


async def test_somebody_is_named_with_the_degrees_behind_the_name(portal_db: Database) -> None:
    degrees = (
        "update directory_people set name = 'Dra. Ratna Dewanti, M.Si.', position = 'Analis, Muda' where nip like '%1'"
    )
    async with portal_db.transaction(CITY) as session:
        await session.execute(_FILL, {"city": CITY, "people": 3})
        await session.execute(text(degrees))
        for typed in ("dra. ratna dewanti, m.si.", "Dra. Ratna Dewanti, M.Si., Analis", " Dra. Ratna Dewanti, M.Si. "):
            assert [one.name for one in await named(session, new_id(), typed)] == ["Dra. Ratna Dewanti, M.Si."], typed
        assert await named(session, new_id(), "Ratna Dewanti") == []
