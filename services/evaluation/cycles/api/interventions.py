"""Routes by which the performance office, for a pause operations too, intervenes in a running cycle; and how far it has come."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from contracts.base import Phase, Relation
from contracts.evaluation.interventions import Intervention
from contracts.written import Day
from directory import queries as directory
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.cycles.commands import interventions
from services.evaluation.cycles.queries import context, cycles, status

router = web.router(tags=["steering"])
_CLOCK_ALONE = "operations stop and start the clock, and decide nothing"
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=2000)]


class InterventionRequest(BaseModel):
    """Why; it is written down, and said in the event."""

    reason: Reason


class PhaseExtensionRequest(InterventionRequest):
    """Which phase is due when."""

    phase: Phase
    until: Day
    """Last day; a day off counts as the next working day."""


class InterventionResponse(FromRow):
    """One thing that the office, or who runs the system, did to the cycle."""

    id: UUID
    kind: Intervention
    phase: Phase | None
    former_due_at: datetime | None
    due_at: datetime | None
    reason: str
    done_by: UUID
    done_at: datetime


class CycleStatusResponse(BaseModel):
    """How far a cycle has come."""

    id: UUID
    scope: str
    name: str
    period_start: date
    period_end: date
    state: str
    """OPEN, PAUSED, CLOSED or CANCELLED."""
    paused_at: datetime | None
    closed_at: datetime | None
    phase: Phase | None
    opened_at: datetime | None
    due_at: datetime | None
    done: list[Phase]
    next_phase: Phase | None
    next_opens_at: datetime | None
    """None where it follows as soon as the phase before has ended."""
    members: int
    zone: str
    """Time zone in which the city counts its days."""


@router.get(
    "/cycles/{cycle_id}/standing",
    summary="How far a cycle has come and what comes next",
    **permits(Relation.ANYONE),
)
async def read_status(cycle_id: UUID, session: Session) -> CycleStatusResponse:
    found = await status.status(session, cycle_id)
    cycle, current = found.cycle, found.current
    return CycleStatusResponse(
        id=cycle.id,
        scope=cycle.scope,
        name=cycle.name,
        period_start=cycle.period_start,
        period_end=cycle.period_end,
        state=found.state,
        paused_at=cycle.paused_at,
        closed_at=cycle.closed_at,
        phase=None if current is None else Phase(current.phase),
        opened_at=None if current is None else current.opened_at,
        due_at=None if current is None else current.due_at,
        done=[Phase(one) for one in found.done],
        next_phase=None if found.following is None else Phase(found.following),
        next_opens_at=found.opens_at,
        members=await cycles.count_members(session, cycle_id),
        zone=(await directory.calendar(session)).zone,
    )


@router.get(
    "/cycles/{cycle_id}/interventions",
    summary="What was done to a cycle as a whole, with its reasons",
    **permits(Relation.ANYONE),
)
async def list_interventions(cycle_id: UUID, session: Session, paging: Paging) -> Page[InterventionResponse]:
    await context.cycle(session, cycle_id)
    found = await status.interventions(session, cycle_id, window=paging)
    return page_of(found, InterventionResponse.model_validate)


@router.post(
    "/cycles/{cycle_id}/pause",
    summary="Pause a cycle: nothing begins, ends or is escalated",
    **permits(Relation.OFFICE, Relation.OPERATIONS, note=_CLOCK_ALONE, alike="nothing begins or ends for anybody"),
)
async def pause(cycle_id: UUID, body: InterventionRequest, session: Session) -> CycleStatusResponse:
    await interventions.pause(session, cycle_id, body.reason)
    return await read_status(cycle_id, session)


@router.post(
    "/cycles/{cycle_id}/resume",
    summary="Resume a cycle; what was owed is due by the pause's working days later",
    **permits(Relation.OFFICE, Relation.OPERATIONS, note=_CLOCK_ALONE, alike="everything goes on for everybody"),
)
async def resume(cycle_id: UUID, body: InterventionRequest, session: Session) -> CycleStatusResponse:
    await interventions.resume(session, cycle_id, body.reason)
    return await read_status(cycle_id, session)


@router.post(
    "/cycles/{cycle_id}/extension",
    summary="Extend the open phase for the whole city, and all that is owed in it",
    **permits(Relation.OFFICE, alike="everybody gets the same time"),
)
async def extend(cycle_id: UUID, body: PhaseExtensionRequest, session: Session) -> CycleStatusResponse:
    await interventions.extend(session, cycle_id, body.phase, until=body.until, reason=body.reason)
    return await read_status(cycle_id, session)


@router.post(
    "/cycles/{cycle_id}/cancellation",
    summary="Cancel a cycle for good; nobody owes anything in it any more",
    **permits(Relation.OFFICE, alike="ends it for everybody"),
)
async def cancel(cycle_id: UUID, body: InterventionRequest, session: Session) -> CycleStatusResponse:
    await interventions.cancel(session, cycle_id, body.reason)
    return await read_status(cycle_id, session)
