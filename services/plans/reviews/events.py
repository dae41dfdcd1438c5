"""The events of the review of plans, made from its rows."""

from uuid import UUID

from contracts.plans.reviews import PlanReviewed, PlansSampled, ReviewFinding
from services.plans.plans.models import Plan
from services.plans.reviews.models import PlanReview, PlanSample


def sampled(sample: PlanSample) -> PlansSampled:
    """It was drawn."""
    return PlansSampled(
        tenant_id=sample.tenant_id,
        sample_id=sample.id,
        cycle_id=sample.cycle_id,
        seed=sample.seed,
        share=sample.share,
        least=sample.least,
        took_part=sample.took_part,
        drawn=sample.drawn,
        drawn_by=sample.drawn_by,
    )


def reviewed(plan: Plan, review: PlanReview, *, set_by: UUID) -> PlanReviewed:
    """It was read, and this was found."""
    return PlanReviewed(
        tenant_id=plan.tenant_id,
        plan_id=plan.id,
        cycle_id=plan.cycle_id,
        servant_id=plan.servant_id,
        version=review.plan_version,
        finding=ReviewFinding(review.finding),
        what=review.what,
        how=review.how,
        set_by=set_by,
        reviewed_by=review.reviewed_by,
    )
