"""The events of a plan, made from its row."""

from datetime import datetime
from uuid import UUID

from contracts.plans.plans import (
    ExpectedBehaviour,
    IndicatorState,
    PlanDrafted,
    PlanProposed,
    PlanReturned,
    PlanSet,
    Remark,
)
from services.plans.plans.models import Plan


def drafted(plan: Plan) -> PlanDrafted:
    """The first content was written."""
    return PlanDrafted(tenant_id=plan.tenant_id, plan_id=plan.id, cycle_id=plan.cycle_id, servant_id=plan.servant_id)


def proposed(plan: Plan, *, rater_id: UUID, respond_by: datetime, late: bool) -> PlanProposed:
    """The plan awaits an answer; ``rater_id`` is who owes it, the office for those whom nobody rates."""
    return PlanProposed(
        tenant_id=plan.tenant_id,
        plan_id=plan.id,
        cycle_id=plan.cycle_id,
        servant_id=plan.servant_id,
        rater_id=rater_id,
        round=plan.round,
        respond_by=respond_by,
        late=late,
    )


def returned(plan: Plan, *, returned_by: UUID, reason: str) -> PlanReturned:
    """The plan went back in its present round."""
    return PlanReturned(
        tenant_id=plan.tenant_id,
        plan_id=plan.id,
        cycle_id=plan.cycle_id,
        servant_id=plan.servant_id,
        returned_by=returned_by,
        reason=reason,
        round=plan.round,
        remarks=tuple(Remark.model_validate(one) for one in plan.remarks or ()) or None,
    )


def is_set(plan: Plan, *, set_by: UUID, indicators: tuple[IndicatorState, ...]) -> PlanSet:
    """What is expected from here on; of an amendment, too."""
    return PlanSet(
        tenant_id=plan.tenant_id,
        plan_id=plan.id,
        cycle_id=plan.cycle_id,
        servant_id=plan.servant_id,
        version=plan.plan_version,
        set_by=set_by,
        by_superior=plan.by_superior,
        late=plan.late,
        late_by_law=plan.late_by_law,
        indicators=indicators,
        practices=tuple((plan.annex or {}).get("practices", ())),
        behaviours=tuple(ExpectedBehaviour.model_validate(one) for one in (plan.annex or {}).get("expectations", ())),
    )
