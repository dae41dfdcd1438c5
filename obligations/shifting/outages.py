"""More time for what fell due while the system was down, by the working days on which it was, for however short a part."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, and_, column, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY, TIMESTAMP
from sqlalchemy.orm import Mapped
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.calendar import LegalCalendar
from contracts.obligations import MoveCause, ObligationEvents
from contracts.registry.calendars import OutageRecorded
from obligations.events import Because
from obligations.legal_dates import later, working_days
from obligations.rows import ObligationRow
from obligations.shifting.postponement import Later, postpone
from obligations.weeks import WeekCalendars

_INSTANT: TIMESTAMP = TIMESTAMP(timezone=True)


async def postpone_obligations(
    session: AsyncSession, events: ObligationEvents, outage: OutageRecorded, weeks: WeekCalendars
) -> int:
    """Extend what was due, or whose ladder was to move, while the system was down; returns how many obligations moved."""
    because = Because(MoveCause.OUTAGE, outage.outage_id, outage.reason)
    fell = or_(_fell_into(outage, col(ObligationRow.due_at)), _fell_into(outage, col(ObligationRow.next_at)))
    moved = 0
    for week in weeks:
        these = and_(fell, week.works(col(ObligationRow.debtor_id)))
        if (days := _lost(outage, week.calendar)) > 0:
            longer = partial(later, days=days, calendar=week.calendar)
            moved += await postpone(session, events, these, longer, because)
    return moved


async def postpone_limits(
    session: AsyncSession,
    outage: OutageRecorded,
    table: type[SQLModel],
    name: str,
    *which: ColumnElement[bool],
    weeks: WeekCalendars,
    whose: str | None = None,
) -> None:
    """Move a limit in a column of its own, e.g. the end of a window, where it fell into the outage.

    Working days are counted on the week of the unit of the person whose id the column ``whose`` holds; on the city's where
    there is none.
    """
    fell = _fell_into(outage, col(getattr(table, name)))
    for week in weeks if whose else weeks[:1]:
        if (days := _lost(outage, week.calendar)) > 0:
            theirs = (week.works(col(getattr(table, whose))),) if whose else ()
            await _move(session, table, name, partial(later, days=days, calendar=week.calendar), fell, *theirs, *which)


def _lost(outage: OutageRecorded, calendar: LegalCalendar) -> int:
    """The working days of the outage, its first and its last included."""
    return working_days(outage.began_at - timedelta(days=1), outage.ended_at, calendar)


def _fell_into(outage: OutageRecorded, limit: Mapped[datetime] | Mapped[datetime | None]) -> ColumnElement[bool]:
    """Whether a limit ended while the system was down."""
    return limit.between(outage.began_at, outage.ended_at)


async def _move(
    session: AsyncSession, table: type[SQLModel], name: str, longer: Later, *which: ColumnElement[bool]
) -> None:
    """As obligations are postponed: the few different limits are read, and written back as pairs."""
    limit = col(getattr(table, name))
    was = (await session.scalars(select(limit).where(limit.is_not(None), *which).distinct())).all()
    if not was:
        return
    columns: list[Any] = [column(one, _INSTANT) for one in ("was", "becomes")]
    arrays = (literal(was, ARRAY(_INSTANT)), literal([longer(one) for one in was], ARRAY(_INSTANT)))
    pairs = func.unnest(*arrays).table_valued(*columns, name="pairs").render_derived()
    moving = update(table).where(limit == pairs.c.was, *which).values({name: pairs.c.becomes})
    await session.execute(moving.execution_options(synchronize_session=False))
