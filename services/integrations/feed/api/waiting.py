"""Waiting for something to come, before the request's transaction: whoever waits holds no connection that others need."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from uuid import UUID

from fastapi import Request

from kit import cursors
from kit.actor import Actor
from kit.db import Database
from kit.errors import KinerjaError
from services.integrations.feed.api.asked import LONGEST_WAIT, allowed
from services.integrations.feed.queries import pages
from services.integrations.feed.queries.pages import Wanted

LOOK_SECONDS = 0.2
"""How often a city's head is looked at, however many wait for it."""


class Heads:
    """The last position of each city as this process has seen it last; one question for all who wait."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen: dict[str, tuple[float, int]] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def of(self, city: str) -> int:
        """Not older than ``LOOK_SECONDS``."""
        async with self._locks.setdefault(city, asyncio.Lock()):
            at, position = self._seen.get(city, (0.0, 0))
            if time.monotonic() - at >= LOOK_SECONDS:
                async with self._database.transaction(city) as session:
                    position = await pages.head(session)
                self._seen[city] = time.monotonic(), position
            return position


@asynccontextmanager
async def until_there_is_more(request: Request, actor: Actor) -> AsyncIterator[None]:
    """Wait as long as the reader asks, at most until something comes that it wants and may read."""
    # What makes no sense is refused by the route itself, which reads the same again.
    with suppress(KinerjaError, ValueError, TypeError, KeyError):
        query = request.query_params
        if 0 < (seconds := int(query.get("wait", "0"))) <= LONGEST_WAIT:
            await _wait(request, actor, _wanted(request, actor), after=_after(request), seconds=seconds)
    yield


async def _wait(request: Request, actor: Actor, wanted: Wanted, *, after: int, seconds: float) -> None:
    database, heads = request.app.state.database, request.app.state.heads
    deadline, looked = time.monotonic() + seconds, -1
    while time.monotonic() < deadline and not await request.is_disconnected():
        if (head := await heads.of(actor.tenant_id)) > max(looked, after):
            async with database.transaction(actor.tenant_id) as session:
                if await pages.is_there_more(session, wanted, after=after):
                    return
            looked = head
        await asyncio.sleep(LOOK_SECONDS)


def _wanted(request: Request, actor: Actor) -> Wanted:
    query = request.query_params
    since, person = query.get("from"), query.get("person")
    return Wanted(
        allowed(actor, request.app.state.language, query.getlist("type")),
        query.get("subject"),
        UUID(person) if person else None,
        datetime.fromisoformat(since) if since else None,
    )


def _after(request: Request) -> int:
    cursor = request.query_params.get("cursor")
    if cursor is None:
        return 0
    (after,) = cursors.unpack(cursor, (int,), request.url.path)
    return int(str(after))
