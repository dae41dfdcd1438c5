"""Reads of the legal calendar, and what day it is in the city."""

from datetime import date

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.calendar import LegalCalendar
from kit.db import actor, clock
from kit.errors import NotFound
from obligations.legal_dates import local_date
from services.registry.calendars.models import Calendar
from services.registry.calendars.rules.zones import zone_of


async def calendar(session: AsyncSession) -> Calendar:
    """The newest; raises NotFound."""
    found = (await session.scalars(select(Calendar).order_by(col(Calendar.version).desc()).limit(1))).first()
    if found is None:
        raise NotFound("the city has no calendar yet", "kota belum memiliki kalender")
    return found


def today(session: AsyncSession) -> date:
    """The date in the zone of the transaction's city."""
    return local_date(clock(session).now(), LegalCalendar(zone=zone_of(actor(session).tenant_id)))
