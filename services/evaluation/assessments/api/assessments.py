"""Routes by which an assessment is given."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import status
from pydantic import BaseModel, Field, StringConstraints

from contracts.base import Rating, Relation
from contracts.competences import HIGHEST, LOWEST
from kit import web
from kit.access import permits
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.assessments.commands import assessments
from services.evaluation.assessments.rules.form import Form
from services.evaluation.fields import Points

_STAND_IN = "the person, where nobody rates him or her or the office took over"
router = web.router(tags=["appraisals"])


class AssessmentRequest(BaseModel):
    """One assessor's numbers; the superior adds both ratings, with a reason for above and below."""

    scores: dict[str, Points] = Field(max_length=100)
    reasons: dict[str, Annotated[str, StringConstraints(max_length=4000)]] = Field(default_factory=dict, max_length=100)
    result_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    comment: str = Field(default="", max_length=4000)
    levels: dict[str, Rating] = Field(default_factory=dict, max_length=100)
    """Which level a score is meant to be, by what is scored: one that does not fit its score is refused."""
    competences: dict[str, Annotated[int, Field(ge=LOWEST, le=HIGHEST)]] = Field(default_factory=dict, max_length=100)
    """Of each technical competence on the form."""

    @property
    def form(self) -> Form:
        """As the commands take it."""
        return Form.model_validate(self.model_dump(include=set(Form.model_fields)))


class AssessmentResponse(FromRow):
    """An assessment as it was taken."""

    id: UUID
    appraisal_id: UUID
    role: str
    submitted_at: datetime
    before_organisation: bool
    """Given before the achievement of the organisation was set; the result tells of it."""


@router.post(
    "/appraisals/{appraisal_id}/assessments",
    status_code=status.HTTP_201_CREATED,
    summary="Assess: as rater (or who owes it), or as a nominated peer",
    **permits(
        Relation.RATER,
        Relation.DEBTOR,
        Relation.PEER,
        note="peers: the colleagues asked about this person",
        concerns=_STAND_IN,
    ),
)
@router.put(
    "/appraisals/{appraisal_id}/assessments",
    summary="The same; what was given before is replaced",
    **permits(Relation.RATER, Relation.DEBTOR, Relation.PEER, note="the same", concerns=_STAND_IN),
)
async def assess(appraisal_id: UUID, body: AssessmentRequest, session: Session) -> AssessmentResponse:
    return AssessmentResponse.model_validate(await assessments.assess(session, appraisal_id, body.form))
