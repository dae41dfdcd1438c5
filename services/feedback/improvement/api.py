"""Routes of improvement cases: the months, their reviews, and the decision after them."""

from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import BaseModel, Field

from contracts.base import Relation
from contracts.feedback.improvement import ImprovementOutcome, Progress
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.feedback.fields import Instant, Text
from services.feedback.file.commands import note
from services.feedback.file.rules import Record
from services.feedback.improvement import queries
from services.feedback.improvement.commands import reviews as improving

router = web.router(tags=["improvement"])


class ImprovementCaseSummaryResponse(FromRow):
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


class ImprovementReviewResponse(FromRow):
    """One month."""

    id: UUID
    number: int
    due_at: Instant
    progress: str | None
    findings: str | None
    next_steps: str | None
    held_by: UUID | None
    held_at: Instant | None


class ImprovementCaseResponse(ImprovementCaseSummaryResponse):
    """A case with its months."""

    reviews: list[ImprovementReviewResponse]


class ImprovementReviewRequest(BaseModel):
    """What the rater saw in a month, and how to go on."""

    progress: Progress
    findings: Text
    next_steps: Text


class ImprovementDecisionRequest(BaseModel):
    """What is decided; ``months`` for an extension only."""

    outcome: ImprovementOutcome
    reason: Text
    months: Annotated[int, Field(ge=1, le=24)] | None = None


@router.get(
    "/improvement-cases",
    summary="One's own cases and those one reviews; all for the office",
    **permits(Relation.ANYONE, note="one's own, of those one rates or reviews; all for the office"),
)
async def list_cases(
    session: web.Session, paging: Paging, servant_id: UUID | None = None, review_id: UUID | None = None
) -> Page[ImprovementCaseSummaryResponse]:
    found = await queries.cases(session, servant_id=servant_id, review_id=review_id, window=paging)
    await note(session, Record.IMPROVEMENT_CASE, [one.servant_id for one in found.items])
    return page_of(found, ImprovementCaseSummaryResponse.model_validate)


@router.get(
    "/improvement-cases/{case_id}",
    summary="One case with its reviews",
    **permits(Relation.SELF, Relation.RATER, Relation.AUTHORITY, Relation.DEBTOR, Relation.OFFICE),
)
async def read(case_id: UUID, session: web.Session) -> ImprovementCaseResponse:
    found = await queries.course(session, case_id)
    await note(session, Record.IMPROVEMENT_CASE, [found.case.servant_id])
    line = ImprovementCaseSummaryResponse.model_validate(found.case)
    return ImprovementCaseResponse(
        **line.model_dump(), reviews=[ImprovementReviewResponse.model_validate(one) for one in found.reviews]
    )


@router.post(
    "/improvement-cases/{case_id}/reviews/{number}",
    summary="Review a month (rater or who owes it)",
    **permits(
        Relation.RATER,
        Relation.DEBTOR,
        note="debtor of the obligation to review that month",
        concerns="whose case it is, where it fell to the office",
    ),
)
async def review(
    case_id: UUID, number: Annotated[int, Path(ge=1, le=100)], body: ImprovementReviewRequest, session: web.Session
) -> ImprovementReviewResponse:
    month = improving.Month(body.progress, body.findings, body.next_steps)
    return ImprovementReviewResponse.model_validate(await improving.review(session, case_id, number, month=month))


@router.post(
    "/improvement-cases/{case_id}/decision",
    summary="Extend, end well, or further measures (office)",
    **permits(Relation.OFFICE, note="when the months are over", concerns="whose case it is"),
)
async def decide(
    case_id: UUID, body: ImprovementDecisionRequest, session: web.Session
) -> ImprovementCaseSummaryResponse:
    decided = await improving.decide(session, case_id, outcome=body.outcome, reason=body.reason, months=body.months)
    return ImprovementCaseSummaryResponse.model_validate(decided)
