"""Lets planned changes of personnel take effect on their day, beside the relay in the registry's worker.

Which cities have something due is looked up by the role that stands outside their walls; each is then changed in a
transaction of its own, under the city's lock, so that several workers at once do it once.
"""

import asyncio
from datetime import date, timedelta

import asyncpg
import structlog
from sqlalchemy.exc import DBAPIError

from kit.clock import Clock
from kit.db import Database
from kit.errors import NotReady
from kit.settings import Settings
from kit.tracebacks import said
from services.registry.personnel.commands.due import apply_due

log = structlog.get_logger()

IDLE_SECONDS = 1.0
PAUSE_SECONDS = 5.0
EAST = timedelta(hours=9)
"""The day begins first in the east (WIT, UTC+9); the command counts in the city's own zone."""
# 'PLANNED' is written out and no parameter: only so does a generic plan use the partial index of planned changes.
_DUE = "select distinct tenant_id from personnel_changes where state = 'PLANNED' and effective_on <= $1 order by 1"


async def run(settings: Settings, database: Database) -> None:
    """Look for ever; a lost database is waited for."""
    while True:
        try:
            await _watch(settings, database)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, DBAPIError, NotReady) as error:
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
    return tried


def _newest_date(clock: Clock) -> date:
    return (clock.now() + EAST).date()
