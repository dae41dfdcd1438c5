"""Duties of many people at once where units work different weeks: one statement a week, each on its own calendar."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, literal, select
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.calendar import LegalCalendar
from contracts.obligations import ObligationEvents
from directory.models import Person, Unit
from directory.queries import calendar
from kit.obligations import Listed, Terms, listed, open_duties

Week = tuple[int, ...] | None
"""Weekdays worked, Monday = 0; None is the city's week."""


async def weeks(session: AsyncSession) -> list[Week]:
    """The city's week and those of the units that have one of their own."""
    if "weeks" not in session.info:
        await calendar(session)
    return [None, *session.info["weeks"]]


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


async def open_by_week(
    session: AsyncSession,
    events: ObligationEvents,
    terms_on: Callable[[LegalCalendar], Terms],
    source: Select[Any] | Listed,
    *,
    city: LegalCalendar,
    tenant_id: str,
) -> int:
    """As ``kit.obligations.open_duties``, each duty due on the week of the unit of who owes it."""
    every = await weeks(session)
    if len(every) == 1:
        return await open_duties(session, events, terms_on(city), source, tenant_id=tenant_id)
    opened = 0
    for week in every:
        part = await _part(session, source, week)
        opened += await open_duties(session, events, terms_on(city.for_week(week)), part, tenant_id=tenant_id)
    return opened


async def _part(session: AsyncSession, source: Select[Any] | Listed, week: Week) -> Select[Any] | Listed:
    if isinstance(source, Listed):
        debtors = {one.debtor_id for one in source.owed}
        theirs = set(await _who(session, debtors, week))
        return listed(one for one in source.owed if one.debtor_id in theirs)
    owed = source.subquery("of_all_weeks")
    return select(owed).where(of_week(owed.c.debtor_id, week))


async def _who(session: AsyncSession, debtors: set[UUID], week: Week) -> set[UUID]:
    """Somebody whom the copy does not know works the city's week."""
    own = select(col(Person.id), col(Unit.work_days)).join(Unit, col(Unit.id) == col(Person.unit_id))
    rows = await session.execute(own.where(col(Person.id).in_(debtors), col(Unit.work_days).is_not(None)))
    known: dict[UUID, tuple[int, ...]] = {row.id: tuple(row.work_days) for row in rows}
    return {one for one in debtors if known.get(one) == week}
