"""Obligations of many people at once where units work different weeks: one statement a week, each on its own calendar."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.calendar import LegalCalendar
from contracts.obligations import ObligationEvents
from directory.models import Person, Unit
from directory.weeks import Week, of_week, weeks
from obligations.opening import open_obligations
from obligations.rows import Listed, Terms, listed


async def open_by_week(
    session: AsyncSession,
    events: ObligationEvents,
    terms_on: Callable[[LegalCalendar], Terms],
    source: Select[Any] | Listed,
    *,
    city: LegalCalendar,
    tenant_id: str,
) -> int:
    """As :func:`obligations.opening.open_obligations`, each obligation due on the week of the unit of who owes it."""
    every = await weeks(session)
    if len(every) == 1:
        return await open_obligations(session, events, terms_on(city), source, tenant_id=tenant_id)
    opened = 0
    for week in every:
        part = await _part(session, source, week)
        opened += await open_obligations(session, events, terms_on(city.for_week(week)), part, tenant_id=tenant_id)
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
