"""Routes of improvement cases: the months, their reviews, and the decision after them."""

from uuid import UUID

from pydantic import BaseModel

from contracts.feedback.improvement import ImprovementOutcome, Progress
from kit import web
from services.feedback.improvement import queries
from services.feedback.improvement.commands import reviews as improving
from services.feedback.shapes import Instant, Page, Paging, Shown, Text, page_of

router = web.router(tags=["improvement"])


class CaseLine(Shown):
    """An improvement case in a listing."""

    id: UUID
    cycle_id: UUID
    result_id: UUID
    servant_id: UUID
    rater_id: UUID
    basis: str
    state: str
    started_at: Instant
    months: int
    ends_at: Instant
    outcome: str | None
    reason: str | None
    decided_by: UUID | None
    decided_at: Instant | None


class ReviewShown(Shown):
    """One month."""

    id: UUID
    number: int
    due_at: Instant
    progress: str | None
    findings: str | None
    next_steps: str | None
    held_by: UUID | None
    held_at: Instant | None


class CourseShown(CaseLine):
    """A case with its months."""

    reviews: list[ReviewShown]


class ReviewIn(BaseModel):
    """What the rater saw in a month, and how to go on."""

    progress: Progress
    findings: Text
    next_steps: Text


class OutcomeIn(BaseModel):
    """What is decided; ``months`` for an extension only."""

    outcome: ImprovementOutcome
    reason: Text
    months: int | None = None


@router.get("/improvement-cases", summary="One's own cases and those one reviews; all for the office")
async def list_cases(session: web.Session, paging: Paging) -> Page[CaseLine]:
    return page_of(CaseLine, await queries.cases(session, window=paging))


@router.get("/improvement-cases/{case_id}", summary="One case with its reviews")
async def read(case_id: UUID, session: web.Session) -> CourseShown:
    found = await queries.course(session, case_id)
    line = CaseLine.model_validate(found.case)
    return CourseShown(**line.model_dump(), reviews=[ReviewShown.model_validate(one) for one in found.reviews])


@router.post("/improvement-cases/{case_id}/reviews/{number}", summary="Review a month (rater or who holds the duty)")
async def review(case_id: UUID, number: int, body: ReviewIn, session: web.Session) -> ReviewShown:
    month = improving.Month(body.progress, body.findings, body.next_steps)
    return ReviewShown.model_validate(await improving.review(session, case_id, number, month=month))


@router.post("/improvement-cases/{case_id}/decision", summary="Extend, end well, or further measures (office)")
async def decide(case_id: UUID, body: OutcomeIn, session: web.Session) -> CaseLine:
    decided = await improving.decide(session, case_id, outcome=body.outcome, reason=body.reason, months=body.months)
    return CaseLine.model_validate(decided)
