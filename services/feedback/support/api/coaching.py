"""Routes of coaching and counselling."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Relation
from contracts.feedback.support import CoachingKind
from contracts.written import Day
from kit import web
from kit.access import permits
from kit.db import actor
from kit.paging import Page, Paging
from kit.responses import FromRow
from services.feedback.fields import Instant, Short, Text
from services.feedback.file.commands import note
from services.feedback.file.rules import Record
from services.feedback.support import queries
from services.feedback.support.commands import coaching
from services.feedback.support.models import Coaching
from services.feedback.support.rules import may_read_content

router = web.router(tags=["support"])


class CoachingRequest(BaseModel):
    """Who is to guide or counsel whom, about what."""

    cycle_id: UUID
    servant_id: UUID
    coach_id: UUID
    kind: CoachingKind
    topic: Short


class CoachingReportRequest(BaseModel):
    """The outcome goes to the rater's superior; what was spoken about stays."""

    held_on: Day
    outcome: Text
    content: Text = ""


class CoachingResponse(FromRow):
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


@router.get(
    "/coachings",
    summary="Coaching and counselling that one takes part in, asked for, or hears the outcome of",
    **permits(
        Relation.ANYONE,
        note="that one takes part in, asked for, or hears the outcome of; never the content of counselling",
    ),
)
async def list_coachings(
    session: web.Session, paging: Paging, servant_id: UUID | None = None
) -> Page[CoachingResponse]:
    found = await queries.coachings(session, servant_id=servant_id, window=paging)
    await note(session, Record.COACHING, [one.servant_id for one in found.items])
    return Page(items=[_response(session, one) for one in found.items], next=found.next)


def _response(session: AsyncSession, one: Coaching) -> CoachingResponse:
    shown, reader = CoachingResponse.model_validate(one), actor(session).id
    if may_read_content(reader, kind=one.kind, servant_id=one.servant_id, coach_id=one.coach_id, rater_id=one.rater_id):
        return shown
    return shown.model_copy(update={"content": None})


@router.post(
    "/coachings",
    status_code=201,
    summary="Ask somebody to guide or counsel a servant (rater)",
    **permits(Relation.RATER, note="a counsellor is neither the rater nor the rater's superior"),
)
async def ask_coaching(body: CoachingRequest, session: web.Session) -> CoachingResponse:
    asked = await coaching.ask(
        session, body.cycle_id, body.servant_id, kind=body.kind, coach_id=body.coach_id, topic=body.topic
    )
    return _response(session, asked)


@router.get(
    "/coachings/{coaching_id}",
    summary="One of them",
    **permits(
        Relation.SELF,
        Relation.RATER,
        Relation.AUTHORITY,
        Relation.DEBTOR,
        note="debtor: who guides or counsels; the content of counselling for these two alone",
    ),
)
async def read_coaching(coaching_id: UUID, session: web.Session) -> CoachingResponse:
    found = await queries.coaching(session, coaching_id)
    await note(session, Record.COACHING, [found.servant_id])
    return _response(session, found)


@router.post(
    "/coachings/{coaching_id}/report",
    summary="Report that it was held (who guides or counsels)",
    **permits(Relation.DEBTOR, note="who guides or counsels"),
)
async def report(coaching_id: UUID, body: CoachingReportRequest, session: web.Session) -> CoachingResponse:
    held = await coaching.report(session, coaching_id, held_on=body.held_on, outcome=body.outcome, content=body.content)
    return _response(session, held)
