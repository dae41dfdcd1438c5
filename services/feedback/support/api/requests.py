"""Routes of requests for support."""

from uuid import UUID

from pydantic import BaseModel

from contracts.base import Relation
from contracts.feedback.support import SupportKind
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.feedback.fields import Instant, Text
from services.feedback.file.commands import note
from services.feedback.file.rules import Record
from services.feedback.support import queries
from services.feedback.support.commands import requests

_STAND_IN = "the servant, where nobody rates him or her or it fell to the office"
router = web.router(tags=["support"])


class NewSupportRequest(BaseModel):
    """What is needed."""

    cycle_id: UUID
    kind: SupportKind
    text: Text


class SupportAnswerRequest(BaseModel):
    """The leader's answer."""

    answer: Text
    granted: bool


class SupportRequestResponse(FromRow):
    """A request with its answer."""

    id: UUID
    cycle_id: UUID
    servant_id: UUID
    leader_id: UUID
    kind: str
    text: str
    at: Instant
    granted: bool | None
    answer: str | None
    answered_by: UUID | None
    answered_at: Instant | None
    ended_at: Instant | None
    carried_from: UUID | None
    carried_why: str | None


class SupportCarryOnRequest(BaseModel):
    """Into which cycle, and why it is still needed."""

    cycle_id: UUID
    reason: Text


@router.get(
    "/support-requests",
    summary="One's own requests and those one answers; all for the office",
    **permits(Relation.ANYONE, note="one's own and those one answers; all for the office"),
)
async def list_requests(
    session: web.Session, paging: Paging, cycle_id: UUID | None = None
) -> Page[SupportRequestResponse]:
    found = await queries.requests(session, cycle_id=cycle_id, window=paging)
    await note(session, Record.SUPPORT_REQUEST, [one.servant_id for one in found.items])
    return page_of(found, SupportRequestResponse.model_validate)


@router.post(
    "/support-requests",
    status_code=201,
    summary="Ask one's leader for resources",
    **permits(Relation.ANYONE, note="to one's own leader, whoever takes part in the cycle"),
)
async def ask(body: NewSupportRequest, session: web.Session) -> SupportRequestResponse:
    return SupportRequestResponse.model_validate(
        await requests.ask(session, body.cycle_id, kind=body.kind, text=body.text)
    )


@router.get(
    "/support-requests/{request_id}",
    summary="One request with its answer",
    **permits(Relation.SELF, Relation.RATER, Relation.DEBTOR, Relation.OFFICE, note="rater: the leader who was asked"),
)
async def read_request(request_id: UUID, session: web.Session) -> SupportRequestResponse:
    found = await queries.request(session, request_id)
    await note(session, Record.SUPPORT_REQUEST, [found.servant_id])
    return SupportRequestResponse.model_validate(found)


@router.post(
    "/support-requests/{request_id}/answer",
    summary="Grant or decline (leader or who owes it)",
    **permits(Relation.RATER, Relation.DEBTOR, note="rater: the leader who was asked", concerns=_STAND_IN),
)
async def answer(request_id: UUID, body: SupportAnswerRequest, session: web.Session) -> SupportRequestResponse:
    answered = await requests.answer(session, request_id, text=body.answer, granted=body.granted)
    return SupportRequestResponse.model_validate(answered)


@router.post(
    "/support-requests/{request_id}/carrying-on",
    status_code=201,
    summary="Carry an unanswered request on into a later cycle",
    **permits(Relation.SELF, note="one's own request, which nobody answered"),
)
async def carry_on(request_id: UUID, body: SupportCarryOnRequest, session: web.Session) -> SupportRequestResponse:
    carried = await requests.carry_on(session, request_id, body.cycle_id, reason=body.reason)
    return SupportRequestResponse.model_validate(carried)
