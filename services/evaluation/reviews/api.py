"""Routes of the review of the appraisal system itself, and of what was decided in it."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from fastapi import status
from pydantic import BaseModel, Field

from contracts.base import Relation, Words
from contracts.written import Day
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.cycles.models import Cycle
from services.evaluation.cycles.queries import context
from services.evaluation.fields import Text
from services.evaluation.reviews import queries
from services.evaluation.reviews.commands import actions, reviews
from services.evaluation.reviews.models import SystemReview
from services.evaluation.reviews.rules import ActionState

router = web.router(tags=["cycles"])


class DecidedActionRequest(BaseModel):
    """What is to be done about the system, who does it, and until when."""

    what: Text = Field(min_length=1)
    responsible_id: UUID
    until: Day


class SystemReviewRequest(BaseModel):
    """What the office found about the appraisal system."""

    findings: Text
    actions: list[DecidedActionRequest] = Field(default_factory=list, max_length=100)


class MarkRequest(BaseModel):
    """Whether an action is done, and a word about it."""

    done: bool
    word: Text = Field(min_length=1)


class ReviewActionResponse(FromRow):
    """Something that a review decided, and what was last said about it."""

    id: UUID
    cycle_id: UUID
    """In whose review it was decided."""
    number: int
    what: str
    responsible_id: UUID | None
    until: date | None
    state: ActionState
    word: str | None
    marked_by: UUID | None
    marked_at: datetime | None


class SpreadOfScores(BaseModel):
    """How the points of a criterion, or the local score, are spread over the cycle or one unit (0 to 120)."""

    criterion: str
    unit_id: UUID | None
    people: int
    mean: Decimal
    deviation: Decimal | None
    lower_quartile: Decimal
    median: Decimal
    upper_quartile: Decimal


class OnTimeRate(BaseModel):
    """How much of what was owed came in time."""

    kind: str
    in_time: int
    late: int
    lapsed: int
    percent: Decimal


class SurveyedStatement(BaseModel):
    """A statement about the system with the mean of what people answered, 1 to 5."""

    text: Words
    mean: Decimal


class SystemSurveyAnswers(BaseModel):
    """What people said; without numbers where too few did."""

    people: int | None
    statements: list[SurveyedStatement]


class SystemReviewResponse(BaseModel):
    """The review with the numbers of its time, what people said, and what was decided then and before."""

    cycle_id: UUID
    metrics: dict[str, int]
    spread: list[SpreadOfScores]
    on_time: list[OnTimeRate]
    survey: SystemSurveyAnswers | None
    """None where nobody was asked."""
    findings: str
    actions: list[ReviewActionResponse]
    former_actions: list[ReviewActionResponse]
    """Of the last review before it, and what still older ones left open."""
    reviewed_by: UUID
    reviewed_at: datetime


@router.post(
    "/cycles/{cycle_id}/review",
    status_code=status.HTTP_201_CREATED,
    summary="Review the appraisal system itself (performance office)",
    **permits(Relation.OFFICE, alike="judges the system, and nobody in it"),
)
async def review(cycle_id: UUID, body: SystemReviewRequest, session: Session) -> SystemReviewResponse:
    decided = [actions.Decided(one.what, one.responsible_id, one.until) for one in body.actions]
    kept = await reviews.review(session, cycle_id, findings=body.findings, decided=decided)
    await session.flush()
    return await _response(session, await context.cycle(session, cycle_id), kept)


@router.get("/cycles/{cycle_id}/review", summary="The review of the appraisal system", **permits(Relation.ANYONE))
async def read_review(cycle_id: UUID, session: Session) -> SystemReviewResponse | None:
    cycle = await context.cycle(session, cycle_id)
    found = await queries.of_cycle(session, cycle_id)
    return None if found is None else await _response(session, cycle, found)


async def _response(session: Session, cycle: Cycle, kept: SystemReview) -> SystemReviewResponse:
    decided = await queries.actions_of(session, cycle.id)
    former = await queries.former_actions(session, cycle)
    return SystemReviewResponse(
        cycle_id=kept.cycle_id,
        metrics=kept.metrics,
        spread=[SpreadOfScores.model_validate(one) for one in kept.spread or ()],
        on_time=[OnTimeRate.model_validate(one) for one in kept.on_time or ()],
        survey=await _survey(session, cycle),
        findings=kept.findings,
        actions=[ReviewActionResponse.model_validate(one) for one in decided],
        former_actions=[ReviewActionResponse.model_validate(one) for one in former],
        reviewed_by=kept.reviewed_by,
        reviewed_at=kept.reviewed_at,
    )


async def _survey(session: Session, cycle: Cycle) -> SystemSurveyAnswers | None:
    if (told := await queries.survey_of(session, cycle.id)) is None:
        return None
    pairs = zip(context.policy(cycle).listening.survey, told.means, strict=False)
    return SystemSurveyAnswers(
        people=told.people, statements=[SurveyedStatement(text=text, mean=Decimal(mean)) for text, mean in pairs]
    )


@router.get("/review-actions", summary="What reviews of the system decided", **permits(Relation.ANYONE))
async def list_actions(
    session: Session, paging: Paging, state: ActionState | None = None
) -> Page[ReviewActionResponse]:
    return page_of(await queries.page(session, state=state, window=paging), ReviewActionResponse.model_validate)


@router.post(
    "/review-actions/{action_id}/mark",
    summary="Say whether an action of a review is done, with a word",
    **permits(
        Relation.SELF,
        Relation.OFFICE,
        note="self: who is responsible for it",
        alike="about the system, and nobody in it",
    ),
)
async def mark(action_id: UUID, body: MarkRequest, session: Session) -> ReviewActionResponse:
    return ReviewActionResponse.model_validate(await actions.mark(session, action_id, done=body.done, word=body.word))
