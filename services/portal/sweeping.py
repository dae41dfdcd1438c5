"""Removes what nobody comes back for: a part of the worker.

Ended sessions, old counts of failed sign-ins, uploads that were given up, marks of tasks done.
"""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import structlog
from obstore.exceptions import BaseError

from kit import direct
from kit.db import Database
from services.portal.duties import marks
from services.portal.evidence import abandoned
from services.portal.evidence.store import Store
from services.portal.sessions import ending, failures
from services.portal.settings import PortalSettings

log = structlog.get_logger()

EVERY_SECONDS = 300.0
_AWAY = (*direct.AWAY, BaseError)
"""The database or the object store: both come back."""


async def run(settings: PortalSettings, database: Database) -> None:
    """For ever; an engine that is away is waited for. Raises ValueError where production keeps files in memory."""
    settings.require_files()
    store = Store(settings)
    while True:
        try:
            await sweep(settings, store, now=datetime.now(UTC), business=database.clock.now())
        except _AWAY as error:
            log.warning("sweeping waits", error=repr(error))
        await asyncio.sleep(EVERY_SECONDS)


async def sweep(settings: PortalSettings, store: Store, *, now: datetime, business: datetime) -> None:
    """Sessions and uploads by the wall's clock, marks by that of the business, which wrote them."""
    idle, longest = timedelta(minutes=settings.portal_idle_minutes), timedelta(hours=settings.portal_longest_hours)
    connection = await asyncpg.connect(settings.relay_database_url)
    try:
        await ending.remove(connection, seen=now - idle, begun=now - longest)
        await failures.forget(connection)
        await marks.remove(connection, before=business)
        await abandoned.remove(connection, store, now=now)
    finally:
        await connection.close(timeout=2)
