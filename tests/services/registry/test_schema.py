import asyncio

import asyncpg
import pytest

from kinerja.stack.postgres import roles
from kit import migrate
from kit.db import Database
from tests.support.databases import Databases

pytestmark = pytest.mark.connected


async def test_models_and_migrations_agree(databases: Databases, registry_db: Database) -> None:
    name = registry_db.engine.url.database
    assert name is not None
    await asyncio.to_thread(migrate.check, "registry", databases.postgres.sqlalchemy_uri(name, roles("registry")[0]))


async def test_nobody_has_two_raters_at_once(databases: Databases, registry_db: Database) -> None:
    name = registry_db.engine.url.database
    assert name is not None
    connection = await asyncpg.connect(databases.postgres.uri(name))
    row = """insert into rater_relations values ('16.71', '00000000-0000-7000-8000-000000000001', $1::text::date, null,
             '00000000-0000-7000-8000-000000000002', 'HIERARCHY', null, now(), 'test')"""
    try:
        await connection.execute(row, "2026-01-01")
        with pytest.raises(asyncpg.ExclusionViolationError):
            await connection.execute(row, "2026-02-01")
    finally:
        await connection.close()
