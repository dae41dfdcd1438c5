"""The date of a visit: the panel sets and moves it; the visit's workflow announces it and sees that it is not missed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.calendar import LegalCalendar
from contracts.evaluation.visits import VisitAnnounced, VisitDateSet, VisitMissed
from contracts.obligations import ObligationKind, Step
from directory import queries as directory
from kit.db import actor
from kit.errors import Invalid, Refused
from kit.outbox import emit
from obligations.legal_dates import end_of_day, local_date
from obligations.rows import ObligationRow
from services.evaluation.appraisals.commands.access import claimed
from services.evaluation.cycles.queries.context import CycleContext, context_of, interruption, open_context
from services.evaluation.cycles.rules.states import CycleState
from services.evaluation.organisations.queries.leaders import leaders
from services.evaluation.visits import queries
from services.evaluation.visits.commands import access, responses
from services.evaluation.visits.events import about
from services.evaluation.visits.models import Visit
from services.evaluation.visits.rules.dates import check_date, limits
from services.evaluation.visits.rules.states import ResponseState, VisitAct, VisitState, can

A_DAY = timedelta(days=1)
CALLED_OFF = "CALLED_OFF"
"""The cycle ended before the visit did; a word of the recorded journals of workflows, so it stays."""


@dataclass(frozen=True, slots=True)
class VisitProgress:
    """How far a visit is, and when its workflow looks again at the latest; None while only a person can go on."""

    state: str
    look_at: datetime | None = None


async def set_date(session: AsyncSession, visit_id: UUID, visit_on: date, *, reason: str | None = None) -> Visit:
    """The panel comes on that day; moving a date needs a reason, and both sides are notified.

    Raises Refused once the visit was held or its time is over, Invalid for a day outside the window or off work.
    """
    what = ("set the date of a visit", "menetapkan tanggal kunjungan")
    visit = await access.claimed(session, visit_id, ObligationKind.VISIT_UNIT, what)
    # The same day again: nothing moves, nobody is notified, no reason is asked for.
    if visit.visit_on == visit_on:
        return visit
    obligation = await queries.open_obligation(session, ObligationKind.VISIT_UNIT, visit_id)
    if obligation is None or not can(visit.state, VisitAct.SET_DATE):
        raise Refused("this visit was held, or its time is over", "kunjungan sudah dilaksanakan atau waktunya lewat")
    context = await open_context(session, visit.cycle_id)
    calendar = await _calendar(session, context, visit)
    today = local_date(context.now, calendar)
    check_date(visit_on, today=today, until=local_date(obligation.due_at, calendar), calendar=calendar)
    if visit.visit_on is not None and not (reason or "").strip():
        raise Invalid("say why the visit is moved", "sebutkan alasan pemindahan kunjungan", where="reason")
    former, visit.visit_on = visit.visit_on, visit_on
    if limits(visit_on, context.policy.visits, calendar).announced_at <= context.now:
        visit.announced_for = visit_on  # the notice of the date itself is announcement enough
    moving = None if former is None else reason
    event = VisitDateSet(**await _dated(session, visit), former=former, reason=moving, set_by=actor(session).id)
    emit(session, event, reason=moving)
    return visit


async def advance(session: AsyncSession, visit_id: UUID) -> VisitProgress:
    """Do what the visit's date asks for now, once: announce it, or say that it was missed; then say what comes next.

    Nothing is emitted while the cycle is paused. That the obligation to visit, and the right to respond, lapse is the
    sweep's; only where the policy's ladder never lets the latter lapse, the panel waits no longer than it is due.
    """
    # Obligation before visit, as the sweep locks them, so that the two never wait for each other.
    await claimed(session, ObligationKind.RESPOND_TO_VISIT, [visit_id])
    visit = await access.locked(session, visit_id)
    if (ended := _ended(visit)) is not None:
        return VisitProgress(ended)
    interrupted, context = await interruption(session, visit.cycle_id), await context_of(session, visit.cycle_id)
    if context.cycle.state != CycleState.OPEN:
        return VisitProgress(CALLED_OFF)
    if interrupted.paused:
        return VisitProgress(visit.state, context.now + A_DAY)
    if visit.state != VisitState.SCHEDULED:
        return await _until_response(session, context, visit)
    ahead = await _emit_due(session, context, visit)
    obligation = await queries.open_obligation(session, ObligationKind.VISIT_UNIT, visit_id)
    return VisitProgress(visit.state, ahead or (None if obligation is None else _last_rung(context, obligation)))


def _ended(visit: Visit) -> str | None:
    """How it ended for its workflow, if it did; nobody responds to a report from before there were responses."""
    if visit.state == VisitState.SCHEDULED:
        return None
    if visit.state == VisitState.NOT_HELD:
        return visit.state
    awaited = visit.response_state == ResponseState.AWAITED
    return None if awaited else visit.response_state or ResponseState.SILENT.value


async def _until_response(session: AsyncSession, context: CycleContext, visit: Visit) -> VisitProgress:
    """Until those observed respond or their right lapses; a ladder without a lapse ends when it is due."""
    obligation = await queries.open_obligation(session, ObligationKind.RESPOND_TO_VISIT, visit.id)
    if obligation is not None and any(rung["step"] == Step.LAPSE for rung in obligation.rungs):
        return VisitProgress(visit.state, _last_rung(context, obligation))
    if obligation is not None and context.now < obligation.due_at:
        return VisitProgress(visit.state, obligation.due_at)
    await responses.end_wait(session, visit)
    return VisitProgress(ResponseState.SILENT.value)


async def _emit_due(session: AsyncSession, context: CycleContext, visit: Visit) -> datetime | None:
    """Announce the date, or say that it was missed, if it is time; the next instant around it, if one lies ahead."""
    # No date yet: the ladder of the obligation to visit reminds the panel of setting one.
    if visit.visit_on is None:
        return None
    calendar = await _calendar(session, context, visit)
    instants = limits(visit.visit_on, context.policy.visits, calendar)
    if context.now < instants.announced_at:
        return instants.announced_at
    # announced_for and missed_on hold the day itself, not a flag: a date that was moved is announced anew.
    if visit.announced_for != visit.visit_on and context.now <= end_of_day(visit.visit_on, calendar):
        visit.announced_for = visit.visit_on
        emit(session, VisitAnnounced(**await _dated(session, visit)))
    if context.now < instants.missed_at:
        return instants.missed_at
    if visit.missed_on != visit.visit_on:
        visit.missed_on = visit.visit_on
        emit(session, VisitMissed(**await _dated(session, visit)))
    return None


async def _dated(session: AsyncSession, visit: Visit) -> dict[str, Any]:
    head_id = (await leaders(session, visit.cycle_id, [visit.unit_id])).get(visit.unit_id)
    return about(visit) | {"panel": tuple(visit.panel), "head_id": head_id, "visit_on": visit.visit_on}


async def _calendar(session: AsyncSession, context: CycleContext, visit: Visit) -> LegalCalendar:
    """On the week of the unit: a hospital may be visited on a Saturday."""
    unit = await directory.unit(session, visit.unit_id)
    return context.calendar.for_week(None if unit.work_days is None else tuple(unit.work_days))


def _last_rung(context: CycleContext, obligation: ObligationRow) -> datetime:
    """When the ladder of the obligation ends, which wakes the workflow; a day later if that is overdue."""
    last = datetime.fromisoformat(obligation.rungs[-1]["at"]) if obligation.rungs else obligation.due_at
    return last if last > context.now else context.now + A_DAY
