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
from services.evaluation.competences import commands as competences
from services.evaluation.cycles.commands import late_joiners, progress
from services.evaluation.cycles.models import CyclePhase
from services.evaluation.cycles.queries.context import CycleContext, context_of, interruption, phase_row
from services.evaluation.cycles.queries.cycles import count_members
from services.evaluation.cycles.rules.phases import Period, due_at, opens_at
from services.evaluation.findings.commands import detection
from services.evaluation.periods.commands import evaluations as periods
from services.evaluation.reports import commands as reports
from services.evaluation.results.commands import finality, signing
from services.evaluation.results.models import Result
from services.evaluation.reviews.commands import reviews
from services.evaluation.visits.commands import schedule


async def _disclose(session: AsyncSession, context: CycleContext) -> None:
    await signing.request_signatures(session, context)
    await reports.request(session, context)


async def _begin_execution(session: AsyncSession, context: CycleContext) -> None:
    await schedule.schedule(session, context)
    await periods.ask(session, context)


_OPENERS: dict[Phase, Callable[[AsyncSession, CycleContext], Awaitable[None]]] = {
    Phase.PLANNING: competences.settle,
    Phase.EXECUTION: _begin_execution,
    Phase.EVALUATION: assessments.ask_everybody,
    Phase.MODERATION: detection.detect,
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
    # The cycle is locked before its phase, as the interventions do it.
    interrupted = await interruption(session, cycle_id)
    row, context = await phase_row(session, cycle_id, phase, lock=True), await context_of(session, cycle_id)
    rule = next(rule for rule in context.policy.phases if rule.phase is phase)
    window = Window(None, row.due_at, rule.ends_early, paused=interrupted.paused, cancelled=interrupted.cancelled)
    if interrupted.paused or interrupted.cancelled:
        return window
    opens = None
    if row.opened_at is None:
        opens = await _opens_at(session, context, rule, row)
        if opens is None or opens <= context.now:
            await _open(session, context, rule, row)
            opens = None
    await late_joiners.admit(session, context.cycle)
    return replace(window, opens_at=opens, due_at=row.due_at, members=await count_members(session, cycle_id))


async def _opens_at(session: AsyncSession, context: CycleContext, rule: PhaseRule, row: CyclePhase) -> datetime | None:
    before = select(col(CyclePhase.closed_at)).where(
        col(CyclePhase.cycle_id) == row.cycle_id, col(CyclePhase.ordinal) == row.ordinal - 1
    )
    ended = (await session.scalars(before)).first()
    return opens_at(rule, _period(context), previous_ended=ended, calendar=context.calendar)


async def _open(session: AsyncSession, context: CycleContext, rule: PhaseRule, row: CyclePhase) -> None:
    window = await _last_objection_limit(session, row.cycle_id) if rule.phase is Phase.OBJECTION else None
    row.opened_at = context.now
    row.due_at = due_at(rule, _period(context), opened_at=context.now, calendar=context.calendar, not_before=window)
    event = PhaseOpened(
        tenant_id=row.tenant_id, cycle_id=row.cycle_id, phase=rule.phase, opened_at=context.now, due_at=row.due_at
    )
    emit(session, event)


def _period(context: CycleContext) -> Period:
    return Period(context.cycle.period_start, context.cycle.period_end)


async def _last_objection_limit(session: AsyncSession, cycle_id: UUID) -> datetime | None:
    """Nobody loses days of the legal window because the phase is over."""
    latest = select(func.max(col(Result.object_until))).where(col(Result.cycle_id) == cycle_id)
    found: datetime | None = (await session.execute(latest)).scalar_one()
    return found


async def open_phase(session: AsyncSession, cycle_id: UUID, phase: Phase) -> PhaseState:
    """Open this service's obligations of the phase, once; none in a cycle that was cancelled."""
    interrupted = await interruption(session, cycle_id)
    row = await phase_row(session, cycle_id, phase, lock=True)
    if row.duties_opened_at is None and not interrupted.cancelled:
        context = await context_of(session, cycle_id)
        # Written before anything is opened: whoever waits for this row then sees the obligations with it.
        row.duties_opened_at = context.now
        await session.flush()
        if (opener := _OPENERS.get(phase)) is not None:
            await opener(session, context)
    elif phase is Phase.EXECUTION and row.closed_at is None and not interrupted.cancelled:
        await periods.ask(session, await context_of(session, cycle_id))  # late joiners have joined
    await session.flush()
    return await progress.state(session, cycle_id, phase)


async def end_phase(
    session: AsyncSession, cycle_id: UUID, phase: Phase, *, due_at: datetime | None = None
) -> PhaseState:
    """Record that the phase is over in all services; what is late keeps its ladder.

    It goes on if the cycle is paused, or if it is due later than who ends it knew (``due_at``).
    """
    interrupted = await interruption(session, cycle_id)
    row = await phase_row(session, cycle_id, phase, lock=True)
    if row.closed_at is None:
        extended = due_at is not None and row.due_at is not None and row.due_at > due_at
        if interrupted.paused or interrupted.cancelled or extended:
            return PhaseState(owed=0, goes_on=True)
        row.closed_at = clock(session).now()
        row.early = row.due_at is not None and row.closed_at < row.due_at
        emit(session, PhaseClosed(tenant_id=row.tenant_id, cycle_id=cycle_id, phase=phase, early=row.early))
    return await progress.state(session, cycle_id, phase)
