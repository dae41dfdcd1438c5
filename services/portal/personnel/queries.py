"""Today in the city, and how many people somebody rates."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import clock

_RATED = text("select count(*) from directory_people where rater_id = :person and active")


def today(session: AsyncSession, zone: str) -> date:
    """In the city's zone."""
    return clock(session).now().astimezone(ZoneInfo(zone)).date()


async def rated_by(session: AsyncSession, person_id: UUID) -> int:
    """Whom a departure gives to another rater."""
    found: int = (await session.execute(_RATED, {"person": person_id})).scalar_one()
    return found
