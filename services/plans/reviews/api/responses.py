"""What is answered of samples and of what was found."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from contracts.plans.reviews import ReviewFinding
from kit.responses import FromRow
from services.plans.reviews.queries import Sampled


class PlanReviewResponse(FromRow):
    """What the performance office found of one version of a plan."""

    plan_version: int
    finding: ReviewFinding
    what: str | None
    how: str | None
    reviewed_at: datetime
    reviewed_by: UUID


class PlanSampleResponse(FromRow):
    """A sample, with everything that is needed to draw it again."""

    id: UUID
    cycle_id: UUID
    seed: str
    share: int
    least: int
    took_part: int
    drawn: int
    drawn_at: datetime
    drawn_by: UUID


class SampledPlanResponse(BaseModel):
    """A plan that was drawn, and what was found of it last; nothing yet where nobody has read it."""

    plan_id: UUID
    unit_id: UUID
    servant_id: UUID
    name: str | None
    plan_version: int
    """As it is now: a version after that of the finding was amended since."""
    review: PlanReviewResponse | None

    @classmethod
    def of(cls, one: Sampled) -> "SampledPlanResponse":
        """Made from what was read."""
        return cls(
            plan_id=one.plan.id,
            unit_id=one.lot.unit_id,
            servant_id=one.plan.servant_id,
            name=one.name,
            plan_version=one.plan.plan_version,
            review=None if one.review is None else PlanReviewResponse.model_validate(one.review),
        )


class LotResponse(FromRow):
    """A plan that took part in the draw; its owner is not named here."""

    plan_id: UUID
    unit_id: UUID
    lot: str
    drawn: bool


class RedrawResponse(BaseModel):
    """The same sample drawn again from its seed."""

    sample: PlanSampleResponse
    agrees: bool
    differing: list[UUID]
    """Plans that only one of the two has."""
