"""A database that was started again, or a firewall, cuts connections while they lie in the pool: nobody notices."""

import asyncio
from contextlib import AsyncExitStack

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kit.db import Database
from tests.support.databases import Databases

pytestmark = pytest.mark.connected
CITY = "16.71"
MANY = 5


@pytest.fixture
async def filled(kit_db: Database) -> Database:
    """Several connections lie in the pool."""
    async with AsyncExitStack() as held:
        for _ in range(MANY):
            await held.enter_async_context(kit_db.transaction(CITY))
    await kit_db.ping()
    return kit_db


async def _cut_all(databases: Databases, of: Database) -> int:
    """What an administrator does, and what those who hold the connections are told only when they use them."""
    connection = await asyncpg.connect(databases.postgres.uri("postgres"))
    cutting = "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = $1"
    try:
        return int(await connection.fetchval(cutting, of.engine.url.database))
    finally:
        await connection.close()


async def _cut_in_the_middle(databases: Databases, of: Database) -> None:
    async with of.transaction(CITY) as session:
        await _cut_all(databases, of)
        await session.execute(text("select 1"))


async def _city(database: Database) -> str:
    async with database.transaction(CITY) as session:
        found: str = (await session.execute(text("select current_setting('app.tenant')"))).scalar_one()
        return found


@pytest.mark.parametrize("noticed", [True, False], ids=["the process has noticed", "it has not"])
async def test_whoever_comes_first_after_the_cut_is_served(
    filled: Database, databases: Databases, *, noticed: bool
) -> None:
    assert await _cut_all(databases, filled) >= MANY
    if noticed:
        await asyncio.sleep(0.1)
    assert await asyncio.gather(*(_city(filled) for _ in range(2 * MANY))) == [CITY] * 2 * MANY


async def test_whether_the_database_answers_is_told_rightly_after_the_cut(
    filled: Database, databases: Databases
) -> None:
    await _cut_all(databases, filled)
    await asyncio.sleep(0.6)  # a ping of before is remembered for half a second
    await filled.ping()


async def test_what_had_begun_is_not_begun_again(filled: Database, databases: Databases) -> None:
    with pytest.raises(DBAPIError):
        await _cut_in_the_middle(databases, filled)
    assert await _city(filled) == CITY
