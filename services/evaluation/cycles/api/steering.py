"""Routes by which the performance office steers a running cycle, and where anybody sees where it stands."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from contracts.base import Phase
from contracts.evaluation.steering import Intervention
from directory import queries as directory
from kit.web import Session, router
from services.evaluation.cycles.commands import late_joiners
from services.evaluation.cycles.commands import steering as office
from services.evaluation.cycles.queries import status as queries
from services.evaluation.shapes import Answer, Page

routes = router(tags=["steering"])
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=2000)]


class Because(BaseModel):
    """Why; it is written down and told."""

    reason: Reason


class Extension(Because):
    """Which phase is due when."""

    phase: Phase
    until: date
    """Last day; a day off counts as the next working day."""


class Done(Answer):
    """One thing that the office did to the cycle."""

    id: UUID
    kind: Intervention
    phase: Phase | None
    former_due_at: datetime | None
    due_at: datetime | None
    reason: str
    done_by: UUID
    done_at: datetime


class Standing(BaseModel):
    """Where a cycle stands."""

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


@routes.get("/cycles/{cycle_id}/standing", summary="Where a cycle stands and what comes next")
async def read_standing(cycle_id: UUID, session: Session) -> Standing:
    found = await queries.standing(session, cycle_id)
    cycle, current = found.cycle, found.current
    return Standing(
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
        members=await late_joiners.members(session, cycle_id),
        zone=(await directory.calendar(session)).zone,
    )


@routes.get("/cycles/{cycle_id}/interventions", summary="What the office did to a cycle, with its reasons")
async def list_interventions(cycle_id: UUID, session: Session) -> Page[Done]:
    await queries.standing(session, cycle_id)
    return Page(items=[Done.model_validate(row) for row in await queries.interventions(session, cycle_id)])


@routes.post("/cycles/{cycle_id}/pause", summary="Pause a cycle: nothing begins, ends or is escalated")
async def pause(cycle_id: UUID, body: Because, session: Session) -> Standing:
    await office.pause(session, cycle_id, body.reason)
    return await read_standing(cycle_id, session)


@routes.post(
    "/cycles/{cycle_id}/resume", summary="Resume a cycle; what was owed is due by the pause's working days later"
)
async def resume(cycle_id: UUID, body: Because, session: Session) -> Standing:
    await office.resume(session, cycle_id, body.reason)
    return await read_standing(cycle_id, session)


@routes.post(
    "/cycles/{cycle_id}/extension", summary="Extend the open phase for the whole city, and all that is owed in it"
)
async def extend(cycle_id: UUID, body: Extension, session: Session) -> Standing:
    await office.extend(session, cycle_id, body.phase, until=body.until, reason=body.reason)
    return await read_standing(cycle_id, session)


@routes.post("/cycles/{cycle_id}/cancellation", summary="Cancel a cycle for good; nobody owes anything in it any more")
async def cancel(cycle_id: UUID, body: Because, session: Session) -> Standing:
    await office.cancel(session, cycle_id, body.reason)
    return await read_standing(cycle_id, session)
