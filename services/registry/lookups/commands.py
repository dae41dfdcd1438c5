"""Notes who reads records about others (``kit.lookups``), and forgets it in time."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.lookups.noting import Lookups
from services.registry.calendars.queries import today
from services.registry.servants.models import Servant


async def _today(session: AsyncSession) -> date:
    return today(session)


LOOKUPS = Lookups(
    people=str(Servant.__tablename__), mine="select cast(null as uuid) where cast(:me as uuid) is null", today=_today
)
"""No list here is of a cycle."""
