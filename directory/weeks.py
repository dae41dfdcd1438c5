"""The weeks that units work, and limits of many people at once where they differ."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, case, literal, select
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.calendar import LegalCalendar
from directory.models import Person, Unit
from directory.queries import calendar
from obligations.weeks import WeekCalendar

Week = tuple[int, ...] | None
"""Weekdays worked, Monday = 0; None is the city's week."""


async def weeks(session: AsyncSession) -> list[Week]:
    """The city's week and those of the units that have one of their own."""
    if "weeks" not in session.info:
        await calendar(session)
    return [None, *session.info["weeks"]]


async def calendars(session: AsyncSession, city: LegalCalendar | None = None) -> list[WeekCalendar]:
    """The city's legal calendar on each of these weeks, as obligations are counted; looked up unless it is known."""
    found = city or await calendar(session)
    every = await weeks(session)
    if len(every) == 1:
        return [WeekCalendar(found)]
    return [WeekCalendar(found.for_week(week), partial(of_week, week=week)) for week in every]


def of_week(person_id: Any, week: Week) -> ColumnElement[bool]:
    """Whether this person's unit works that week."""
    own = select(col(Person.id)).join(Unit, col(Unit.id) == col(Person.unit_id))
    works: ColumnElement[bool] = person_id.not_in(own.where(col(Unit.work_days).is_not(None)))
    if week is not None:
        works = person_id.in_(own.where(col(Unit.work_days) == list(week)))
    return works


async def limit_by_week(
    session: AsyncSession, person_id: Any, limit_on: Callable[[LegalCalendar], datetime], *, city: LegalCalendar
) -> ColumnElement[datetime]:
    """A limit for many people at once, each on the week of his or her unit; ``person_id`` is a column."""
    every = await weeks(session)

    def on(week: Week) -> ColumnElement[datetime]:
        return literal(limit_on(city.for_week(week)), TIMESTAMP(timezone=True))

    if len(every) == 1:
        return on(None)
    return case(*((of_week(person_id, week), on(week)) for week in every if week is not None), else_=on(None))
