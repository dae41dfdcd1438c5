"""Removes sessions that have ended, so that no tokens lie about: a part of the worker."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import structlog

from kit import direct
from kit.db import Database
from services.portal.settings import PortalSettings

log = structlog.get_logger()

EVERY_SECONDS = 300.0
_END = "delete from browser_sessions where seen_at < $1 or begun_at < $2"


async def run(settings: PortalSettings, _: Database) -> None:
    """For ever; a lost database is waited for."""
    while True:
        try:
            await end(settings)
        except direct.AWAY as error:
            log.warning("ending of sessions waits", error=repr(error))
        await asyncio.sleep(EVERY_SECONDS)


async def end(settings: PortalSettings) -> None:
    """Remove what is over."""
    now = datetime.now(UTC)
    idle, longest = timedelta(minutes=settings.portal_idle_minutes), timedelta(hours=settings.portal_longest_hours)
    connection = await asyncpg.connect(settings.relay_database_url)
    try:
        await connection.execute(_END, now - idle, now - longest)
    finally:
        await connection.close(timeout=2)
