"""Route of the panel's assessments of a whole unit."""

from uuid import UUID

from pydantic import BaseModel, Field

from contracts.base import Rating
from directory.relations import Relation
from kit import web
from kit.access import permits
from kit.web import Session
from services.evaluation.fields import Points
from services.evaluation.visits.api.visits import VisitSummaryResponse
from services.evaluation.visits.commands import assessments

router = web.router(tags=["visits"])


class MemberScores(BaseModel):
    """What the panel gives one person."""

    appraisal_id: UUID
    scores: dict[str, Points] = Field(max_length=100)
    comment: str = Field(default="", max_length=4000)
    levels: dict[str, Rating] = Field(default_factory=dict, max_length=100)
    """Which level a score is meant to be; one that does not fit its score is refused."""


class PanelAssessmentsRequest(BaseModel):
    """A whole unit."""

    items: list[MemberScores] = Field(min_length=1, max_length=2000)


@router.post(
    "/visits/{visit_id}/assessments",
    summary="Assess the unit that was visited (its panel)",
    **permits(Relation.PANEL, note="this visit's; never about oneself, the own unit, superior or subordinates"),
)
async def assess_unit(visit_id: UUID, body: PanelAssessmentsRequest, session: Session) -> VisitSummaryResponse:
    items = [assessments.MemberScores(one.appraisal_id, one.scores, one.comment, one.levels) for one in body.items]
    return VisitSummaryResponse.model_validate(await assessments.assess_unit(session, visit_id, items))
