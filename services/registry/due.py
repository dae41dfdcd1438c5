"""Lets planned changes of personnel and declared offices take effect on their day, beside the relay in the registry's worker.

Which cities have something due is looked up by the role that stands outside their walls; each is then changed in a
transaction of its own, under the city's lock, so that several workers at once do it once.
"""

import asyncio
from datetime import date, timedelta

import asyncpg
import structlog
from sqlalchemy.exc import DBAPIError

from kit import direct
from kit.clock import Clock
from kit.db import Database
from kit.errors import NotReady
from kit.lookups.noting import KEPT
from kit.settings import Settings
from kit.tracebacks import said
from services.registry.holders.applying import apply_holders
from services.registry.lock import lock_city
from services.registry.lookups.commands import LOOKUPS
from services.registry.personnel.commands.due import apply_due

log = structlog.get_logger()

IDLE_SECONDS = 1.0
PAUSE_SECONDS = 5.0
EAST = timedelta(hours=9)
"""The day begins first in the east (WIT, UTC+9); the command counts in the city's own zone."""
# 'PLANNED' is written out and no parameter: only so does a generic plan use the partial index of planned changes.
_DUE = "select distinct tenant_id from personnel_changes where state = 'PLANNED' and effective_on <= $1 order by 1"

_HOLDERS_DUE = """
select distinct tenant_id from office_holders
where (not applied or valid_until is not null) and valid_from <= $1
    and applied <> (valid_until is null or valid_until >= $1) order by 1
"""
"""By the newest day; where it is still yesterday, the city's own date finds that nothing is to be done yet."""


_FORGOTTEN = "select distinct tenant_id from lookups where looked_on < $1 order by 1"


async def run(settings: Settings, database: Database) -> None:
    """Look for ever; a lost database is waited for."""
    while True:
        try:
            await _watch(settings, database)
        except (*direct.AWAY, DBAPIError, NotReady) as error:
            log.warning("changes of personnel wait", error=said(error))
            await asyncio.sleep(PAUSE_SECONDS)


async def _watch(settings: Settings, database: Database) -> None:
    connection = await asyncpg.connect(settings.relay_database_url)
    try:
        while True:
            await sweep(connection, database)
            await asyncio.sleep(IDLE_SECONDS)
    finally:
        await connection.close(timeout=2)


async def sweep(connection: asyncpg.Connection, database: Database) -> int:
    """Apply what is due in any city now; returns how many changes were tried."""
    tried = 0
    for city in await connection.fetch(_DUE, _newest_date(database.clock)):
        async with database.transaction(city["tenant_id"]) as session:
            tried += await apply_due(session)
    await _forget(connection, database)
    return tried + await _sweep_holders(connection, database)


async def _forget(connection: asyncpg.Connection, database: Database) -> None:
    """Who looked at whose records long ago."""
    for city in await connection.fetch(_FORGOTTEN, database.clock.now().date() - KEPT):
        async with database.transaction(city["tenant_id"]) as session:
            await LOOKUPS.forget(session)


async def _sweep_holders(connection: asyncpg.Connection, database: Database) -> int:
    """Let declared roles begin and end; how many people changed."""
    newest, changed = _newest_date(database.clock), 0
    for city in await connection.fetch(_HOLDERS_DUE, newest):
        async with database.transaction(city["tenant_id"]) as session:
            await lock_city(session)
            changed += await apply_holders(session)
    return changed


def _newest_date(clock: Clock) -> date:
    return (clock.now() + EAST).date()
