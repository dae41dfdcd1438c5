"""Looks at records in a service that keeps the copy of people."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from directory.models import Person
from directory.queries import calendar
from kit.db import clock
from kit.lookups.noting import Lookups
from obligations.legal_dates import local_date

_MEMBER_OF = "select cycle_id from directory_members where servant_id = :me"


async def _today(session: AsyncSession) -> date:
    return local_date(clock(session).now(), await calendar(session))


def lookups(mine: str = _MEMBER_OF) -> Lookups:
    """``mine``: where the cycles of a person stand, if not in the copy of their members."""
    return Lookups(people=str(Person.__tablename__), mine=mine, today=_today)
