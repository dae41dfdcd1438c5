"""Routes of feedback and its answer."""

from uuid import UUID

from pydantic import BaseModel, Field

from contracts.base import Relation
from contracts.evidence import Evidence, Evidences
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.feedback.feedback import commands, queries
from services.feedback.feedback.commands import Observation
from services.feedback.feedback.rules import Channel, Occasion
from services.feedback.fields import Instant, Short, Text
from services.feedback.file.commands import note
from services.feedback.file.rules import Record

router = web.router(tags=["feedback"])


class FeedbackRequest(BaseModel):
    """Feedback: what was observed, and how to go on.

    Without an occasion a leader's is the regular one and that of others incidental. Who is neither rater, subordinate nor
    peer says in what way he or she is concerned, e.g. "gave this work".
    """

    cycle_id: UUID
    about_id: UUID
    what: Text
    how: Text
    strengths: list[Short] = Field(default=[], max_length=30)
    areas: list[Short] = Field(default=[], max_length=30)
    evidence: Evidences = []
    occasion: Occasion | None = None
    channel: Channel = Channel.INDIRECT
    concern: Short = ""
    activity_id: UUID | None = None
    """The entry of the person's daily log that it is about (plans, ``GET /plans/{plan_id}/activities``)."""


class FeedbackResponse(FromRow):
    """Feedback as one may read it."""

    id: UUID
    cycle_id: UUID
    about_id: UUID
    author_id: UUID
    direction: str
    what: str
    how: str
    strengths: list[str]
    areas: list[str]
    evidence: list[Evidence]
    visibility: str
    occasion: str
    channel: str
    concern: str
    activity_id: UUID | None
    given_at: Instant
    answer: str | None
    answered_at: Instant | None


class FeedbackListResponse(Page[FeedbackResponse]):
    """Items for the line, numbers by direction for the performance office as well."""

    counts: dict[str, int]


class UpwardWords(FromRow):
    """What one of them said: no name, no moment, and nothing that was pointed to."""

    what: str
    how: str
    strengths: list[str]
    areas: list[str]


class UpwardFeedbackResponse(BaseModel):
    """What one's subordinates said, from so many authors on."""

    minimum: int
    authors: int
    said: list[UpwardWords]


class FeedbackAnswerRequest(BaseModel):
    """An answer in words."""

    text: Text


@router.post(
    "/feedback",
    status_code=201,
    summary="Give feedback with what was observed and how to go on",
    **permits(
        Relation.ANYONE,
        note="about whoever takes part in the cycle; never about oneself; others say how they are concerned",
    ),
)
async def give(body: FeedbackRequest, session: web.Session) -> FeedbackResponse:
    said = Observation(**body.model_dump(exclude={"cycle_id", "about_id", "evidence"}), evidence=body.evidence)
    given = await commands.give(session, body.cycle_id, about_id=body.about_id, observation=said)
    return FeedbackResponse.model_validate(given)


@router.get(
    "/feedback",
    summary="Feedback about a person: items for the line, numbers for the office",
    **permits(
        Relation.SELF,
        Relation.RATER,
        Relation.AUTHORITY,
        Relation.OFFICE,
        note="items for the line, numbers alone for the office",
    ),
)
async def list_feedback(
    cycle_id: UUID,
    session: web.Session,
    actor: web.Acting,
    paging: Paging,
    about_id: UUID | None = None,
    activity_id: UUID | None = None,
) -> FeedbackListResponse:
    found = await queries.feedback(
        session, cycle_id, about_id=about_id or actor.id, activity_id=activity_id, window=paging
    )
    page = page_of(found.page, FeedbackResponse.model_validate)
    await note(session, Record.FEEDBACK, [one.about_id for one in page.items])
    return FeedbackListResponse(items=page.items, next=page.next, counts=found.counts)


@router.get(
    "/feedback/upward",
    summary="What one's subordinates said, without names, from the policy's minimum of authors on",
    **permits(Relation.ANYONE, note="what was said to oneself; nobody else reads it, the office neither"),
)
async def upward(cycle_id: UUID, session: web.Session) -> UpwardFeedbackResponse:
    found = await queries.upward(session, cycle_id)
    said = [UpwardWords.model_validate(one) for one in found.said]
    return UpwardFeedbackResponse(minimum=found.minimum, authors=found.authors, said=said)


@router.get(
    "/feedback/{feedback_id}",
    summary="One feedback, for the one concerned and the line above",
    **permits(*queries.READERS, note="what was said to a leader for that one alone"),
)
async def read(feedback_id: UUID, session: web.Session) -> FeedbackResponse:
    found = await queries.one(session, feedback_id)
    await note(session, Record.FEEDBACK, [found.about_id])
    return FeedbackResponse.model_validate(found)


@router.post("/feedback/{feedback_id}/answer", summary="Answer feedback about oneself", **permits(Relation.SELF))
async def answer(feedback_id: UUID, body: FeedbackAnswerRequest, session: web.Session) -> FeedbackResponse:
    return FeedbackResponse.model_validate(await commands.answer(session, feedback_id, text=body.text))
