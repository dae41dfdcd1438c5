"""Reads of the legal calendar."""

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.errors import NotFound
from services.registry.calendars.models import Calendar


async def calendar(session: AsyncSession) -> Calendar:
    """The newest; raises NotFound."""
    found = (await session.scalars(select(Calendar).order_by(col(Calendar.version).desc()).limit(1))).first()
    if found is None:
        raise NotFound("the city has no calendar yet", "kota belum memiliki kalender")
    return found
