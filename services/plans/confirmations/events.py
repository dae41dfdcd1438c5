"""The event of what a servant said of a plan, made from its rows."""

from uuid import UUID

from contracts.plans.confirmations import Answer, PlanConfirmed
from services.plans.confirmations.models import Confirmation
from services.plans.plans.models import Plan


def confirmed(plan: Plan, said: Confirmation, *, set_by: UUID) -> PlanConfirmed:
    """Agreed, disagreed, or silent."""
    return PlanConfirmed(
        tenant_id=plan.tenant_id,
        plan_id=plan.id,
        cycle_id=plan.cycle_id,
        servant_id=plan.servant_id,
        version=said.plan_version,
        answer=Answer(said.answer),
        reason=said.reason,
        set_by=set_by,
    )
