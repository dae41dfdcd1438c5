"""Routes of questions about a provisional result."""

from uuid import UUID

from pydantic import BaseModel, Field

from contracts.amendments import ScoreChange, ScoreChanges
from contracts.base import Rating, Relation
from contracts.evidence import Evidence, Evidences
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.feedback.clarifications import queries
from services.feedback.clarifications.commands import answers, questions
from services.feedback.clarifications.commands.answers import Answer
from services.feedback.clarifications.rules import ClarificationState
from services.feedback.fields import Instant, Short, Text
from services.feedback.file.commands import note
from services.feedback.file.rules import Record

router = web.router(tags=["clarifications"])


class ClarificationRequest(BaseModel):
    """A question or an argument about the provisional result."""

    appraisal_id: UUID
    text: Text
    items: list[Short] = Field(default=[], max_length=50)
    evidence: Evidences = []


class ClarificationResponse(FromRow):
    """A question and its answer."""

    id: UUID
    cycle_id: UUID
    appraisal_id: UUID
    servant_id: UUID
    rater_id: UUID
    text: str
    items: list[str]
    evidence: list[Evidence]
    asked_at: Instant
    state: str
    reason: str | None
    result_rating: Rating | None
    behaviour_rating: Rating | None
    scores: list[ScoreChange] | None
    answered_by: UUID | None
    answered_at: Instant | None


class ClarificationAnswerRequest(BaseModel):
    """Explained, or amended with both new ratings, with scores set anew, or with both."""

    outcome: ClarificationState
    reason: Text
    result_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    scores: ScoreChanges = []
    """Criteria with their score, indicators with their actual: the score is made anew from them."""


@router.post(
    "/clarifications",
    status_code=201,
    summary="Ask about one's own provisional result",
    **permits(Relation.SELF, note="about one's own provisional result"),
)
async def ask(body: ClarificationRequest, session: web.Session) -> ClarificationResponse:
    asked = await questions.ask(session, body.appraisal_id, text=body.text, items=body.items, evidence=body.evidence)
    return ClarificationResponse.model_validate(asked)


@router.get(
    "/clarifications",
    summary="One's own questions and those one answers; all for the office",
    **permits(Relation.ANYONE, note="one's own and those one answers; all for the office"),
)
async def list_clarifications(
    session: web.Session, paging: Paging, cycle_id: UUID | None = None
) -> Page[ClarificationResponse]:
    found = await queries.clarifications(session, cycle_id=cycle_id, window=paging)
    await note(session, Record.CLARIFICATION, [one.servant_id for one in found.items])
    return page_of(found, ClarificationResponse.model_validate)


@router.get(
    "/clarifications/{clarification_id}",
    summary="One question, and its answer",
    **permits(*queries.READERS),
)
async def read(clarification_id: UUID, session: web.Session) -> ClarificationResponse:
    found = await queries.clarification(session, clarification_id)
    await note(session, Record.CLARIFICATION, [found.servant_id])
    return ClarificationResponse.model_validate(found)


@router.post(
    "/clarifications/{clarification_id}/answer",
    summary="Explain or amend (rater or who owes it)",
    **permits(Relation.RATER, Relation.DEBTOR, concerns="the servant, where it fell to the office"),
)
async def answer(
    clarification_id: UUID, body: ClarificationAnswerRequest, session: web.Session
) -> ClarificationResponse:
    given = Answer(body.outcome, body.reason, body.result_rating, body.behaviour_rating, body.scores)
    return ClarificationResponse.model_validate(await answers.answer(session, clarification_id, given=given))
