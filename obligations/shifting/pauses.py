"""What was owed in a paused cycle is due by the working days of the pause later, once the cycle goes on."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.calendar import LegalCalendar
from contracts.evaluation.interventions import CycleResumed
from contracts.obligations import MoveCause, ObligationEvents
from obligations.events import Because
from obligations.holding import release
from obligations.legal_dates import later, working_days
from obligations.rows import ObligationRow
from obligations.shifting.postponement import postpone
from obligations.terms import FIXED_BY_LAW
from obligations.weeks import WeekCalendars

_BY_LAW = col(ObligationRow.kind).in_([kind.value for kind in FIXED_BY_LAW])
_DEBTOR = col(ObligationRow.debtor_id)


async def resume(session: AsyncSession, events: ObligationEvents, event: CycleResumed, weeks: WeekCalendars) -> None:
    """Ladders move again, by the working days of the pause later; what was opened in it by those that it lived through.

    A hospital that works six days a week has lost more of them than its city. What is fixed by law stays where it is:
    nobody gives more time for it, but its ladder moves again too.
    """
    await release(session, event.cycle_id)
    opened = await _opened_since(session, event.cycle_id, event.paused_at)
    because = Because(MoveCause.PAUSE, event.resumption_id, event.reason)
    here = col(ObligationRow.cycle_id) == event.cycle_id
    for week in weeks:
        for days, part in _parts(event, opened, week.calendar):
            these = and_(here, part, week.works(_DEBTOR), ~_BY_LAW)
            longer = partial(later, days=days, calendar=week.calendar)
            await postpone(session, events, these, longer, because, restart=True)
    await postpone(session, events, and_(here, _BY_LAW), lambda limit: limit, because, restart=True)


def _parts(
    event: CycleResumed, opened: Sequence[datetime], calendar: LegalCalendar
) -> Iterator[tuple[int, ColumnElement[bool]]]:
    """By how many working days what is delayed: what was opened before the pause, and in it by the days that were left.

    The parts do not overlap, so that nothing moves twice.
    """
    opened_at, last = col(ObligationRow.opened_at), event.paused_at
    yield working_days(event.paused_at, event.resumed_at, calendar), opened_at <= last
    for days, instants in groupby(opened, key=lambda at: working_days(at, event.resumed_at, calendar)):
        after, last = last, list(instants)[-1]
        yield days, and_(opened_at > after, opened_at <= last)


async def _opened_since(session: AsyncSession, cycle_id: UUID, instant: datetime) -> Sequence[datetime]:
    """The different instants later than this at which open obligations of the cycle came into being, in order."""
    opened = select(col(ObligationRow.opened_at)).where(
        col(ObligationRow.cycle_id) == cycle_id,
        col(ObligationRow.state) == "OPEN",
        col(ObligationRow.opened_at) > instant,
    )
    return (await session.scalars(opened.distinct().order_by(col(ObligationRow.opened_at)))).all()
