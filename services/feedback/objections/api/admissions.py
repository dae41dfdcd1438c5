"""Routes around objections: late admission, another authority, and their statistics."""

from uuid import UUID

from pydantic import BaseModel

from kit import web
from services.feedback.objections.api.objections import ObjectionShown
from services.feedback.objections.commands import admissions
from services.feedback.objections.queries import statistics
from services.feedback.shapes import Instant, Shown, Text

router = web.router(tags=["objections"])


class Reason(BaseModel):
    """Why."""

    reason: Text


class LateAdmission(Reason):
    """Which result may still be objected to."""

    result_id: UUID


class Assignment(Reason):
    """Who decides instead."""

    authority_id: UUID


class AdmissionShown(Shown):
    """Until when an objection may still be filed, and why."""

    result_id: UUID
    servant_id: UUID
    admitted_by: UUID
    reason: str
    admitted_at: Instant
    file_until: Instant


class UnitOutcomeShown(Shown):
    """Objections of one unit in one state."""

    unit_id: UUID
    state: str
    objections: int
    overdue: int
    admitted_late: int


class Statistics(BaseModel):
    """All units of a cycle; few enough for one page."""

    items: list[UnitOutcomeShown]
    next: str | None = None


@router.post("/late-admissions", status_code=201, summary="Let a late objection in, with a reason (authority)")
async def admit_late(body: LateAdmission, session: web.Session) -> AdmissionShown:
    return AdmissionShown.model_validate(await admissions.admit_late(session, body.result_id, reason=body.reason))


@router.post("/objections/{objection_id}/authority", summary="Name another authority, who is no party (office)")
async def assign(objection_id: UUID, body: Assignment, session: web.Session) -> ObjectionShown:
    found = await admissions.assign(session, objection_id, authority_id=body.authority_id, reason=body.reason)
    return ObjectionShown.model_validate(found)


@router.get("/cycles/{cycle_id}/objection-statistics", summary="Objections by unit and outcome (office)")
async def by_unit(cycle_id: UUID, session: web.Session) -> Statistics:
    found = await statistics.by_unit(session, cycle_id)
    return Statistics(items=[UnitOutcomeShown.model_validate(one) for one in found])
