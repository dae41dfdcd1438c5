"""The tables of the plans service are what its rows say, and every one of them is forced under row-level security."""

import asyncio

import pytest
from sqlalchemy import text

from kinerja.stack.postgres import roles
from kit import migrate
from kit.db import Database
from services.plans.tables import OWN
from tests.support.databases import Databases

pytestmark = pytest.mark.connected


async def test_models_and_migrations_say_the_same(databases: Databases, plans_db: Database) -> None:
    name = plans_db.engine.url.database
    assert name is not None
    url = databases.postgres.sqlalchemy_uri(name, roles("plans")[0])
    await asyncio.to_thread(migrate.check, "plans", url)


async def test_every_table_of_plans_is_forced_under_row_level_security(plans_db: Database) -> None:
    forced = text("select relname from pg_class where relforcerowsecurity and relrowsecurity")
    async with plans_db.transaction("16.71") as session:
        found = set((await session.scalars(forced)).all())
    assert {str(table.__tablename__) for table in OWN} <= found
