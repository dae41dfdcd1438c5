"""Routes of the review of the appraisal system itself."""

from datetime import datetime
from uuid import UUID

from fastapi import status
from pydantic import BaseModel, Field

from contracts.base import Relation
from kit import web
from kit.access import permits
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.cycles.queries import context
from services.evaluation.fields import Text
from services.evaluation.reviews import commands, queries

router = web.router(tags=["cycles"])


class SystemReviewRequest(BaseModel):
    """What the office found about the appraisal system."""

    findings: Text
    actions: list[Text] = Field(default_factory=list, max_length=100)


class SystemReviewResponse(FromRow):
    """The review with the numbers of its time."""

    cycle_id: UUID
    metrics: dict[str, int]
    findings: str
    actions: list[str]
    reviewed_by: UUID
    reviewed_at: datetime


@router.post(
    "/cycles/{cycle_id}/review",
    status_code=status.HTTP_201_CREATED,
    summary="Review the appraisal system itself (performance office)",
    **permits(Relation.OFFICE, alike="judges the system, and nobody in it"),
)
async def review(cycle_id: UUID, body: SystemReviewRequest, session: Session) -> SystemReviewResponse:
    kept = await commands.review(session, cycle_id, findings=body.findings, actions=body.actions)
    return SystemReviewResponse.model_validate(kept)


@router.get("/cycles/{cycle_id}/review", summary="The review of the appraisal system", **permits(Relation.ANYONE))
async def read_review(cycle_id: UUID, session: Session) -> SystemReviewResponse | None:
    await context.cycle(session, cycle_id)
    found = await queries.of_cycle(session, cycle_id)
    return None if found is None else SystemReviewResponse.model_validate(found)
