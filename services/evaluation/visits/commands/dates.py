"""The date of a visit: the panel sets and moves it, and the visit's story announces it and sees that it is not missed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.calendar import LegalCalendar
from contracts.evaluation.visits import VisitAnnounced, VisitDateSet, VisitMissed
from contracts.obligations import ObligationKind, Step
from directory import queries
from kit.db import actor
from kit.errors import Invalid, Refused
from kit.outbox import emit
from obligations.legal_dates import end_of_day, local_date
from obligations.rows import ObligationRow
from services.evaluation.appraisals.commands import access
from services.evaluation.cycles.queries.context import CycleContext, context_of, interruption, open_context
from services.evaluation.cycles.rules.states import CycleState
from services.evaluation.organisations.queries import leaders
from services.evaluation.visits.commands import responses, schedule
from services.evaluation.visits.models import Visit
from services.evaluation.visits.rules import Response, around, check_date

A_DAY = timedelta(days=1)
CALLED_OFF = "CALLED_OFF"
"""The cycle ended before the visit did."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a visit stands, and when its story has to look again at the latest; None while only a person can go on."""

    state: str
    look_at: datetime | None = None


async def set_date(session: AsyncSession, visit_id: UUID, visit_on: date, *, reason: str | None = None) -> Visit:
    """The panel comes on that day; moving a date needs a reason, and both sides are told.

    Raises Refused once the visit was held or its time is over, Invalid for a day outside the window or off work.
    """
    what = ("set the date of a visit", "menetapkan tanggal kunjungan")
    visit = await schedule.claimed(session, visit_id, ObligationKind.VISIT_UNIT, what)
    if visit.visit_on == visit_on:
        return visit
    duty = await schedule.open_duty(session, ObligationKind.VISIT_UNIT, visit_id)
    if visit.state != "SCHEDULED" or duty is None:
        raise Refused("this visit was held, or its time is over", "kunjungan sudah dilaksanakan atau waktunya lewat")
    context = await open_context(session, visit.cycle_id)
    calendar = await _calendar(session, context, visit)
    today = local_date(context.now, calendar)
    check_date(visit_on, today=today, until=local_date(duty.due_at, calendar), calendar=calendar)
    if visit.visit_on is not None and not (reason or "").strip():
        raise Invalid("say why the visit is moved", "sebutkan alasan pemindahan kunjungan", where="reason")
    former, visit.visit_on = visit.visit_on, visit_on
    if around(visit_on, context.policy.visits, calendar).announced_at <= context.now:
        visit.announced_for = visit_on  # what is told now is announcement enough
    moving = None if former is None else reason
    told = VisitDateSet(**await _dated(session, visit), former=former, reason=moving, set_by=actor(session).id)
    emit(session, told, reason=moving)
    return visit


async def lead_on(session: AsyncSession, visit_id: UUID) -> Progress:
    """Do what the visit's date asks for now, once: announce it, or tell that it was missed; then say what comes next.

    Nothing is told while the cycle is paused. That the obligation to visit, and the right to respond, lapse is the sweep's;
    only where the policy's ladder never lets the latter lapse, the panel is not kept waiting longer than it is due.
    """
    await access.claimed(session, ObligationKind.RESPOND_TO_VISIT, [visit_id])
    visit = await schedule.locked(session, visit_id)
    if (ended := _ended(visit)) is not None:
        return Progress(ended)
    interrupted, context = await interruption(session, visit.cycle_id), await context_of(session, visit.cycle_id)
    if context.cycle.state != CycleState.OPEN:
        return Progress(CALLED_OFF)
    if interrupted.paused:
        return Progress(visit.state, context.now + A_DAY)
    if visit.state != "SCHEDULED":
        return await _until_heard(session, context, visit)
    ahead = await _tell(session, context, visit)
    duty = await schedule.open_duty(session, ObligationKind.VISIT_UNIT, visit_id)
    return Progress(visit.state, ahead or (None if duty is None else _last_rung(context, duty)))


def _ended(visit: Visit) -> str | None:
    """How it ended for its story, if it did; nobody responds to a report from before there were responses."""
    if visit.state in ("SCHEDULED", "NOT_HELD"):
        return None if visit.state == "SCHEDULED" else visit.state
    return None if visit.response_state == Response.AWAITED else visit.response_state or Response.SILENT.value


async def _until_heard(session: AsyncSession, context: CycleContext, visit: Visit) -> Progress:
    """Until those observed respond or their right lapses; a ladder without a lapse ends when it is due."""
    duty = await schedule.open_duty(session, ObligationKind.RESPOND_TO_VISIT, visit.id)
    if duty is not None and any(rung["step"] == Step.LAPSE for rung in duty.rungs):
        return Progress(visit.state, _last_rung(context, duty))
    if duty is not None and context.now < duty.due_at:
        return Progress(visit.state, duty.due_at)
    await responses.end_wait(session, visit)
    return Progress(Response.SILENT.value)


async def _tell(session: AsyncSession, context: CycleContext, visit: Visit) -> datetime | None:
    """Announce the date, or tell that it was missed, if it is time; the next instant around it, if one lies ahead."""
    if visit.visit_on is None:
        return None
    calendar = await _calendar(session, context, visit)
    near = around(visit.visit_on, context.policy.visits, calendar)
    if context.now < near.announced_at:
        return near.announced_at
    if visit.announced_for != visit.visit_on and context.now <= end_of_day(visit.visit_on, calendar):
        visit.announced_for = visit.visit_on
        emit(session, VisitAnnounced(**await _dated(session, visit)))
    if context.now < near.missed_at:
        return near.missed_at
    if visit.missed_on != visit.visit_on:
        visit.missed_on = visit.visit_on
        emit(session, VisitMissed(**await _dated(session, visit)))
    return None


async def _dated(session: AsyncSession, visit: Visit) -> dict[str, Any]:
    head_id = (await leaders(session, visit.cycle_id, [visit.unit_id])).get(visit.unit_id)
    return schedule.about(visit) | {"panel": tuple(visit.panel), "head_id": head_id, "visit_on": visit.visit_on}


async def _calendar(session: AsyncSession, context: CycleContext, visit: Visit) -> LegalCalendar:
    """On the week of the unit: a hospital may be visited on a Saturday."""
    unit = await queries.unit(session, visit.unit_id)
    return context.calendar.for_week(None if unit.work_days is None else tuple(unit.work_days))


def _last_rung(context: CycleContext, duty: ObligationRow) -> datetime:
    """When the ladder of the obligation ends, which tells the story; a day later if that is overdue."""
    last = datetime.fromisoformat(duty.rungs[-1]["at"]) if duty.rungs else duty.due_at
    return last if last > context.now else context.now + A_DAY
