"""The legal calendar over HTTP: on which days a city's offices do not work, and why."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query

from contracts.base import Frozen, Relation
from contracts.calendar import DayOrigin, LegalCalendar
from kit import web
from kit.access import permits
from kit.web import Session
from services.registry.calendars import queries
from services.registry.calendars.rules.days import DaySource
from services.registry.units import queries as units

router = web.router(tags=["calendar"])


class CalendarDay(Frozen):
    """One day that differs from the week, why, and who says so."""

    day: date
    origin: DayOrigin
    name: str
    source: DaySource


class CalendarResponse(Frozen):
    """The city's legal calendar."""

    calendar: LegalCalendar
    until: date
    published_at: datetime
    days: list[CalendarDay] | None = None
    """None for a version from before reasons were kept."""


@router.get("/calendar", **permits(Relation.ANYONE))
async def read_calendar(
    session: Session, unit: UUID | None = None, year: Annotated[int | None, Query(ge=1900, le=2199)] = None
) -> CalendarResponse:
    """Read the days on which the city's offices, or one unit, do not work, and why; of one year, if named."""
    calendar = CalendarResponse.model_validate((await queries.calendar(session)).model_dump())
    if unit is not None:
        work_days = (await units.unit(session, unit)).work_days
        week = None if work_days is None else tuple(work_days)
        calendar = calendar.model_copy(update={"calendar": calendar.calendar.for_week(week)})
    if year is not None and calendar.days is not None:
        calendar = calendar.model_copy(update={"days": [one for one in calendar.days if one.day.year == year]})
    return calendar
