"""Lets an event arrive as a listener does: claim, effect and new events in one transaction."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Event, new_id
from kit.db import Database, situation
from kit.inbox import first_time

Command = Callable[[AsyncSession, Any], Awaitable[object]]


async def arrive(database: Database, event: Event, *commands: Command, event_id: UUID | None = None) -> UUID:
    """Run the commands bound to the event; with the same ``event_id`` again, nothing happens. Returns the event's id."""
    cause = event_id or new_id()
    async with database.transaction(event.tenant_id) as session:
        if await first_time(session, "test", cause):
            situation(session).cause = cause
            for command in commands:
                await command(session, event)
    return cause
