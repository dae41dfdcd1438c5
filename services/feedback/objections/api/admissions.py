"""Routes around objections: late admission, another authority, and their statistics."""

from uuid import UUID

from pydantic import BaseModel

from contracts.base import Relation
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.feedback.fields import Instant, Text
from services.feedback.objections.api.objections import ObjectionSummaryResponse
from services.feedback.objections.commands import admissions, authorities
from services.feedback.objections.queries import statistics

router = web.router(tags=["objections"])


class LateAdmissionRequest(BaseModel):
    """Which result may still be objected to, and why."""

    result_id: UUID
    reason: Text


class ObjectionAuthorityRequest(BaseModel):
    """Who decides instead, and why."""

    authority_id: UUID
    reason: Text


class LateAdmissionResponse(FromRow):
    """Until when an objection may still be filed, and why."""

    result_id: UUID
    servant_id: UUID
    admitted_by: UUID
    reason: str
    admitted_at: Instant
    file_until: Instant


class UnitOutcomeResponse(FromRow):
    """Objections of one unit in one state."""

    unit_id: UUID
    state: str
    objections: int
    overdue: int
    admitted_late: int


@router.post(
    "/late-admissions",
    status_code=201,
    summary="Let a late objection in, with a reason (authority)",
    **permits(Relation.AUTHORITY, note="after the window, never where a result is final without objection"),
)
async def admit_late(body: LateAdmissionRequest, session: web.Session) -> LateAdmissionResponse:
    return LateAdmissionResponse.model_validate(
        await admissions.admit_late(session, body.result_id, reason=body.reason)
    )


@router.post(
    "/objections/{objection_id}/authority",
    summary="Name another authority, who is no party (office)",
    **permits(
        Relation.OFFICE,
        note="to somebody who is no party and ranks high enough",
        concerns="both parties, and who is named",
    ),
)
async def assign(objection_id: UUID, body: ObjectionAuthorityRequest, session: web.Session) -> ObjectionSummaryResponse:
    found = await authorities.assign(session, objection_id, authority_id=body.authority_id, reason=body.reason)
    return ObjectionSummaryResponse.model_validate(found)


@router.get(
    "/cycles/{cycle_id}/objection-statistics",
    summary="Objections by unit and outcome (office)",
    **permits(Relation.OFFICE, Relation.LEADER, note="by unit and outcome"),
)
async def by_unit(cycle_id: UUID, session: web.Session, paging: Paging) -> Page[UnitOutcomeResponse]:
    return page_of(await statistics.by_unit(session, cycle_id, window=paging), UnitOutcomeResponse.model_validate)
