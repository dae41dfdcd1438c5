"""The cycle that an act of today belongs to."""

from uuid import UUID
from zoneinfo import ZoneInfo

from kit.db import clock
from services.portal.cycles.queries import OwnCycle, current, own_cycles
from services.portal.web.visit import Visit


async def current_cycle(visit: Visit, *, member: UUID | None = None) -> OwnCycle | None:
    """Of the reader, or of somebody else who takes part in it."""
    async with visit.copies() as session:
        today = clock(session).now().astimezone(ZoneInfo(visit.visitor.zone)).date()
        return current(await own_cycles(session, member or visit.actor.id), today)
