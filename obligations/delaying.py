"""Everything that is owed in a cycle is due later: after a pause, or because a phase was extended.

Days are counted on the week of the unit of who owes: a hospital that works six days a week has lost more of them, and
a phase that ends on another day does so for all. What is fixed by law stays where it is: nobody gives more time for it.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.calendar import LegalCalendar
from contracts.evaluation.steering import CycleResumed, PhaseExtended
from contracts.obligations import MoveCause, ObligationEvents
from directory import queries
from directory.weeks import of_week, weeks
from obligations import postponing
from obligations.extensions import BY_LAW
from obligations.postponing import Delay, working_days_between
from obligations.rows import ObligationRow


async def resume(session: AsyncSession, events: ObligationEvents, told: CycleResumed) -> None:
    """Ladders move again, by the working days of the pause later; what was opened in it by those that it lived through."""
    await postponing.let_go(session, told.cycle_id)
    opened = await postponing.opened_since(session, told.cycle_id, told.paused_at)

    def delays(calendar: LegalCalendar) -> list[Delay]:
        first = Delay(
            told.cycle_id,
            working_days_between(told.paused_at, told.resumed_at, calendar),
            MoveCause.PAUSE,
            told.resumption_id,
            told.reason,
            opened_before=told.paused_at,
            fixed=BY_LAW,
        )
        found = [first]
        for days, instants in groupby(opened, key=lambda at: working_days_between(at, told.resumed_at, calendar)):
            last = found[-1].opened_before
            found.append(replace(first, working_days=days, opened_after=last, opened_before=list(instants)[-1]))
        return found

    await _postpone(session, events, delays)
    go_on = Delay(told.cycle_id, 0, MoveCause.PAUSE, told.resumption_id, told.reason)
    by_law = col(ObligationRow.kind).in_([duty.value for duty in BY_LAW])
    await postponing.postpone(session, events, go_on, await queries.calendar(session), whose=by_law)


async def extend(session: AsyncSession, events: ObligationEvents, told: PhaseExtended) -> None:
    """What is owed in the phase is due by as many working days later as the phase itself."""

    def delays(calendar: LegalCalendar) -> list[Delay]:
        days = working_days_between(told.former_due_at, told.due_at, calendar)
        cause = MoveCause.EXTENSION
        return [Delay(told.cycle_id, days, cause, told.extension_id, told.reason, phase=told.phase, fixed=BY_LAW)]

    await _postpone(session, events, delays)


async def _postpone(
    session: AsyncSession, events: ObligationEvents, delays: Callable[[LegalCalendar], list[Delay]]
) -> None:
    city = await queries.calendar(session)
    every = await weeks(session)
    for week in every:
        calendar = city.for_week(week)
        theirs = None if len(every) == 1 else of_week(col(ObligationRow.debtor_id), week)
        for delay in delays(calendar):
            await postponing.postpone(session, events, delay, calendar, whose=theirs)
