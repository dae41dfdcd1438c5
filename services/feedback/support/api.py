"""Routes of support for somebody's work: requests, coaching and counselling, results taken over."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.support import CoachingKind, SupportKind
from kit import web
from kit.db import actor
from services.feedback.shapes import Instant, Page, Paging, Short, Shown, Text, page_of
from services.feedback.support import queries
from services.feedback.support.commands import coaching, support
from services.feedback.support.models import Coaching
from services.feedback.support.rules import may_read_content

router = web.router(tags=["support"])


class RequestIn(BaseModel):
    """What is needed."""

    cycle_id: UUID
    kind: SupportKind
    text: Text


class AnswerIn(BaseModel):
    """The leader's answer."""

    answer: Text
    granted: bool


class RequestShown(Shown):
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


class CoachingIn(BaseModel):
    """Who is to guide or counsel whom, about what."""

    cycle_id: UUID
    servant_id: UUID
    coach_id: UUID
    kind: CoachingKind
    topic: Short


class CoachingReport(BaseModel):
    """The outcome goes to the rater's superior; what was spoken about stays."""

    held_on: date
    outcome: Text
    content: Text = ""


class CoachingShown(Shown):
    """Guidance or counselling; ``content`` is empty for who may not read it."""

    id: UUID
    cycle_id: UUID
    servant_id: UUID
    rater_id: UUID
    coach_id: UUID
    kind: str
    topic: str
    state: str
    asked_at: Instant
    held_on: date | None
    outcome: str | None
    content: str | None


class TakeOverIn(BaseModel):
    """Which work result of whom, and why."""

    cycle_id: UUID
    servant_id: UUID
    result: Short
    note: Text


class TakeOverShown(Shown):
    """A work result that the leader took over."""

    id: UUID
    cycle_id: UUID
    servant_id: UUID
    leader_id: UUID
    result: str
    note: str
    at: Instant


@router.get("/support-requests", summary="One's own requests and those one answers; all for the office")
async def list_requests(session: web.Session, paging: Paging, cycle_id: UUID | None = None) -> Page[RequestShown]:
    return page_of(RequestShown, await queries.requests(session, cycle_id=cycle_id, window=paging))


@router.post("/support-requests", status_code=201, summary="Ask one's leader for resources")
async def ask(body: RequestIn, session: web.Session) -> RequestShown:
    return RequestShown.model_validate(await support.ask(session, body.cycle_id, kind=body.kind, text=body.text))


@router.post("/support-requests/{request_id}/answer", summary="Grant or decline (leader or who holds the duty)")
async def answer(request_id: UUID, body: AnswerIn, session: web.Session) -> RequestShown:
    answered = await support.answer(session, request_id, text=body.answer, granted=body.granted)
    return RequestShown.model_validate(answered)


@router.get(
    "/coachings", summary="Coaching and counselling that one takes part in, asked for, or is told the outcome of"
)
async def list_coachings(session: web.Session, paging: Paging) -> Page[CoachingShown]:
    found = await queries.coachings(session, window=paging)
    return Page(items=[_shown(session, one) for one in found.items], next=found.next)


def _shown(session: AsyncSession, one: Coaching) -> CoachingShown:
    shown, reader = CoachingShown.model_validate(one), actor(session).id
    if may_read_content(reader, kind=one.kind, servant_id=one.servant_id, coach_id=one.coach_id, rater_id=one.rater_id):
        return shown
    return shown.model_copy(update={"content": None})


@router.post("/coachings", status_code=201, summary="Ask somebody to guide or counsel a servant (rater)")
async def ask_coaching(body: CoachingIn, session: web.Session) -> CoachingShown:
    asked = await coaching.ask(
        session, body.cycle_id, body.servant_id, kind=body.kind, coach_id=body.coach_id, topic=body.topic
    )
    return _shown(session, asked)


@router.post("/coachings/{coaching_id}/report", summary="Report that it was held (who guides or counsels)")
async def report(coaching_id: UUID, body: CoachingReport, session: web.Session) -> CoachingShown:
    held = await coaching.report(session, coaching_id, held_on=body.held_on, outcome=body.outcome, content=body.content)
    return _shown(session, held)


@router.get("/take-overs", summary="Work results that were taken over, of oneself and by oneself; all for the office")
async def list_take_overs(session: web.Session, paging: Paging, cycle_id: UUID | None = None) -> Page[TakeOverShown]:
    return page_of(TakeOverShown, await queries.take_overs(session, cycle_id=cycle_id, window=paging))


@router.post("/take-overs", status_code=201, summary="Take over a work result, with a note (rater)")
async def take_over(body: TakeOverIn, session: web.Session) -> TakeOverShown:
    taken = await support.take_over(session, body.cycle_id, body.servant_id, result=body.result, note=body.note)
    return TakeOverShown.model_validate(taken)
