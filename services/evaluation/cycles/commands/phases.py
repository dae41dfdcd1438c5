"""Phases begin, open this service's obligations, and end; each asked twice does it once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.activities import PhaseState
from contracts.base import Phase
from contracts.evaluation.cycles import PhaseClosed, PhaseOpened
from contracts.policy import PhaseRule
from kit.db import clock
from kit.outbox import emit
from services.evaluation.assessments.commands import assessments
from services.evaluation.cycles.commands import late_joiners, progress
from services.evaluation.cycles.models import CyclePhase
from services.evaluation.cycles.queries.context import Frame, frame, phase_row, still
from services.evaluation.cycles.rules.phases import Period, due_at, opens_at
from services.evaluation.findings.commands import detection
from services.evaluation.periods import commands as periods
from services.evaluation.reports import commands as reports
from services.evaluation.results.commands import finality, signing
from services.evaluation.results.models import Result
from services.evaluation.reviews import commands as reviews
from services.evaluation.visits.commands import schedule


async def _disclose(session: AsyncSession, found: Frame) -> None:
    await signing.ask_everybody(session, found)
    await reports.ask(session, found)


async def _begin_execution(session: AsyncSession, found: Frame) -> None:
    await schedule.schedule(session, found)
    await periods.ask(session, found)


_OPENERS: dict[Phase, Callable[[AsyncSession, Frame], Awaitable[None]]] = {
    Phase.EXECUTION: _begin_execution,
    Phase.EVALUATION: assessments.ask_everybody,
    Phase.MODERATION: detection.look_at_everybody,
    Phase.DISCLOSURE: _disclose,
    Phase.FINALISATION: finality.begin,
    Phase.SYSTEM_REVIEW: reviews.ask,
}


@dataclass(frozen=True, slots=True)
class Window:
    """When a phase opens, if it has not, and when it is due, if it has."""

    opens_at: datetime | None
    due_at: datetime | None
    ends_early: bool
    paused: bool = False
    cancelled: bool = False
    members: int = 0

    @property
    def opened(self) -> bool:
        """Whether it has begun: from then on it is due at a frozen instant."""
        return self.due_at is not None


async def begin_phase(session: AsyncSession, cycle_id: UUID, phase: Phase) -> Window:
    """Open the phase if its time has come and freeze its due date; else say how long to wait.

    Nothing begins in a cycle that is paused or cancelled. Who came after the enrolment is taken in at every look.
    """
    steady = await still(session, cycle_id)
    row, found = await phase_row(session, cycle_id, phase, lock=True), await frame(session, cycle_id)
    rule = next(rule for rule in found.policy.phases if rule.phase is phase)
    window = Window(None, row.due_at, rule.ends_early, paused=steady.paused, cancelled=steady.cancelled)
    if steady.paused or steady.cancelled:
        return window
    opens = None
    if row.opened_at is None:
        opens = await _opens_at(session, found, rule, row)
        if opens is None or opens <= found.now:
            await _open(session, found, rule, row)
            opens = None
    await late_joiners.admit(session, found.cycle)
    return replace(window, opens_at=opens, due_at=row.due_at, members=await late_joiners.members(session, cycle_id))


async def _opens_at(session: AsyncSession, found: Frame, rule: PhaseRule, row: CyclePhase) -> datetime | None:
    before = select(col(CyclePhase.closed_at)).where(
        col(CyclePhase.cycle_id) == row.cycle_id, col(CyclePhase.ordinal) == row.ordinal - 1
    )
    ended = (await session.scalars(before)).first()
    return opens_at(rule, _period(found), previous_ended=ended, calendar=found.calendar)


async def _open(session: AsyncSession, found: Frame, rule: PhaseRule, row: CyclePhase) -> None:
    window = await _last_objection_limit(session, row.cycle_id) if rule.phase is Phase.OBJECTION else None
    row.opened_at = found.now
    row.due_at = due_at(rule, _period(found), opened_at=found.now, calendar=found.calendar, not_before=window)
    told = PhaseOpened(
        tenant_id=row.tenant_id, cycle_id=row.cycle_id, phase=rule.phase, opened_at=found.now, due_at=row.due_at
    )
    emit(session, told)


def _period(found: Frame) -> Period:
    return Period(found.cycle.period_start, found.cycle.period_end)


async def _last_objection_limit(session: AsyncSession, cycle_id: UUID) -> datetime | None:
    """Nobody loses days of the legal window because the phase is over."""
    latest = select(func.max(col(Result.object_until))).where(col(Result.cycle_id) == cycle_id)
    found: datetime | None = (await session.execute(latest)).scalar_one()
    return found


async def open_phase(session: AsyncSession, cycle_id: UUID, phase: Phase) -> PhaseState:
    """Open this service's obligations of the phase, once; none in a cycle that was cancelled."""
    steady = await still(session, cycle_id)
    row = await phase_row(session, cycle_id, phase, lock=True)
    if row.duties_opened_at is None and not steady.cancelled:
        found = await frame(session, cycle_id)
        row.duties_opened_at = found.now
        await session.flush()
        if (opener := _OPENERS.get(phase)) is not None:
            await opener(session, found)
    elif phase is Phase.EXECUTION and row.closed_at is None and not steady.cancelled:
        await periods.ask(session, await frame(session, cycle_id))  # late joiners have joined
    await session.flush()
    return await progress.state(session, cycle_id, phase)


async def end_phase(
    session: AsyncSession, cycle_id: UUID, phase: Phase, *, due_at: datetime | None = None
) -> PhaseState:
    """Record that the phase is over in all services; what is late keeps its ladder.

    It goes on if the cycle is paused, or if it is due later than who ends it knew (``due_at``).
    """
    steady = await still(session, cycle_id)
    row = await phase_row(session, cycle_id, phase, lock=True)
    if row.closed_at is None:
        extended = due_at is not None and row.due_at is not None and row.due_at > due_at
        if steady.paused or steady.cancelled or extended:
            return PhaseState(owed=0, goes_on=True)
        row.closed_at = clock(session).now()
        row.early = row.due_at is not None and row.closed_at < row.due_at
        emit(session, PhaseClosed(tenant_id=row.tenant_id, cycle_id=cycle_id, phase=phase, early=row.early))
    return await progress.state(session, cycle_id, phase)
