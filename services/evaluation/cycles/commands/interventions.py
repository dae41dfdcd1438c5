"""The performance office intervenes in a running cycle: pauses, resumes, extends a phase, cancels; each with its reason.

Whoever runs the system may pause and resume as well, when something has broken on which people work: only the clock stops.
Nothing is decided by it that a regulation gives to an official: no act is judged, no limit is shortened, and what was owed
is due by the pause's working days later. What the law limits, an objection's window, its hearing and its decision (L V.A),
runs on in every pause. Extensions and cancellations decide, so they stay the office's.

The truth lies in these rows. The cycle's workflow is only signalled, asks what is so now, and obeys.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase, Role, new_id
from contracts.calendar import LegalCalendar
from contracts.evaluation.interventions import Intervention
from contracts.evaluation.obligations import OBLIGATIONS
from directory import queries
from directory.weeks import calendars
from kit.access import require_role
from kit.db import actor, clock
from kit.errors import Refused
from kit.outbox import emit
from obligations.closing import cancel_cycle
from obligations.holding import hold
from obligations.legal_dates import end_of_day, later, next_working_day, working_days
from obligations.shifting import extensions, pauses
from services.evaluation.cycles import events
from services.evaluation.cycles.models import Cycle, CycleIntervention, CyclePhase
from services.evaluation.cycles.queries import context
from services.evaluation.cycles.rules.states import CycleAct, CycleState, move

_OF_THE_CLOCK = (Role.OPERATIONS,)
"""Who stops and starts the clock beside the office."""


async def pause(session: AsyncSession, cycle_id: UUID, reason: str) -> Cycle:
    """No phase begins or ends and no ladder moves until :func:`resume`; a paused cycle is not paused again.

    By the office, or by whoever runs the system: only the clock stops.
    """
    cycle = await _running(session, cycle_id, ("pause a cycle", "menjeda siklus"), *_OF_THE_CLOCK)
    if cycle.paused_at is not None:
        return cycle
    await hold(session, cycle_id)  # also what comes into being during the pause keeps its ladder still
    done = _keep(session, cycle, Intervention.PAUSED, reason, await _open_phase(session, cycle_id))
    cycle.paused_at = done.done_at
    emit(session, events.paused(done), reason=reason)
    return cycle


async def resume(session: AsyncSession, cycle_id: UUID, reason: str) -> Cycle:
    """Go on; what was owed before the pause, and the open phase, are due by the pause's working days later.

    By the office, or by whoever runs the system, whoever of them has paused it.
    """
    cycle = await _running(session, cycle_id, ("resume a cycle", "melanjutkan siklus"), *_OF_THE_CLOCK)
    if cycle.paused_at is None:
        return cycle
    now, calendar, since = clock(session).now(), await queries.calendar(session), cycle.paused_at
    days = working_days(since, now, calendar)
    cycle.paused_at = None
    row = await _open_phase(session, cycle_id)
    former = None if row is None else row.due_at
    if row is not None and former is not None:
        row.due_at = later(former, days, calendar)
    done = _keep(session, cycle, Intervention.RESUMED, reason, row, former=former)
    event = events.resumed(done, since=since, working_days=days)
    await pauses.resume(session, OBLIGATIONS, event, await calendars(session, calendar))
    emit(session, event, reason=reason)
    return cycle


async def extend(session: AsyncSession, cycle_id: UUID, phase: Phase, *, until: date, reason: str) -> CyclePhase:
    """The open phase is due at the end of that day, and all that is owed in it by as many working days later.

    A day off counts as the next working day. The same day twice is one extension.
    """
    cycle = await _running(session, cycle_id, ("extend a phase", "memperpanjang tahap"))
    row, calendar = await context.phase_row(session, cycle_id, phase, lock=True), await queries.calendar(session)
    former, due_at = _may_be_extended(cycle, row), _end_of(until, calendar)
    if due_at == former:
        return row
    _require_later(phase, former, due_at)
    days = working_days(former, due_at, calendar)
    row.due_at = due_at
    done = _keep(session, cycle, Intervention.EXTENDED, reason, row, former=former)
    event = events.extended(done, phase, former=former, due_at=due_at, days=days)
    await extensions.extend_phase(session, OBLIGATIONS, event, await calendars(session, calendar))
    emit(session, event, reason=reason)
    return row


async def cancel(session: AsyncSession, cycle_id: UUID, reason: str) -> Cycle:
    """End the cycle for good: nobody owes anything in it any more, and its results stay as they are."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=("cancel a cycle", "membatalkan siklus"))
    cycle = await context.locked(session, cycle_id)
    if cycle.state == CycleState.CANCELLED:
        return cycle
    state = move(cycle.state, CycleAct.CANCEL)
    done = _keep(session, cycle, Intervention.CANCELLED, reason, await _open_phase(session, cycle_id))
    cycle.state, cycle.closed_at, cycle.paused_at = state, done.done_at, None
    await cancel_cycle(session, OBLIGATIONS, cycle_id)
    emit(session, events.cancelled(done), reason=reason)
    return cycle


async def _running(session: AsyncSession, cycle_id: UUID, what: tuple[str, str], *others: Role) -> Cycle:
    """Locked; for the office and such others as the act is open to."""
    require_role(session, Role.PERFORMANCE_OFFICE, *others, what=what)
    cycle = await context.locked(session, cycle_id)
    move(cycle.state, CycleAct.STEER)
    return cycle


def _may_be_extended(cycle: Cycle, row: CyclePhase) -> datetime:
    """When it is due so far; raises Refused."""
    if cycle.paused_at is not None:
        raise Refused("the cycle is paused: resume it first", "siklus sedang dijeda: lanjutkan dahulu")
    if row.due_at is None:
        raise Refused(f"{row.phase} has not begun", f"{row.phase} belum dimulai")
    if row.closed_at is not None:
        raise Refused(f"{row.phase} is over", f"{row.phase} sudah selesai")
    return row.due_at


def _require_later(phase: Phase, former: datetime, due_at: datetime) -> None:
    if due_at < former:
        raise Refused(
            f"{phase} is due on {former:%Y-%m-%d}: an extension ends later",
            f"{phase} berakhir {former:%Y-%m-%d}: perpanjangan harus lebih lambat",
        )


def _end_of(day: date, calendar: LegalCalendar) -> datetime:
    return end_of_day(next_working_day(day, calendar), calendar)


async def _open_phase(session: AsyncSession, cycle_id: UUID) -> CyclePhase | None:
    """The phase that has begun and not ended, locked."""
    looking = (
        select(CyclePhase)
        .where(
            col(CyclePhase.cycle_id) == cycle_id,
            col(CyclePhase.opened_at).is_not(None),
            col(CyclePhase.closed_at).is_(None),
        )
        .order_by(col(CyclePhase.ordinal))
        .limit(1)
        # Locked after its cycle: whoever begins or ends a phase takes the two in the same order.
        .with_for_update(key_share=True)
    )
    return (await session.scalars(looking)).first()


def _keep(
    session: AsyncSession,
    cycle: Cycle,
    kind: Intervention,
    reason: str,
    row: CyclePhase | None,
    *,
    former: datetime | None = None,
) -> CycleIntervention:
    """Write down what is done, with the open phase as it then is."""
    made = CycleIntervention(
        tenant_id=cycle.tenant_id,
        id=new_id(),
        cycle_id=cycle.id,
        kind=kind.value,
        phase=None if row is None else row.phase,
        former_due_at=former,
        due_at=None if row is None else row.due_at,
        reason=reason,
        done_by=actor(session).id,
        done_at=clock(session).now(),
    )
    session.add(made)
    return made
