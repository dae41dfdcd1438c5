"""The event of a report, made from its row."""

from contracts.plans.plans import IndicatorState
from contracts.plans.reports import ActualsReported
from services.plans.plans.models import Plan
from services.plans.reports.models import Report


def reported(plan: Plan, report: Report, *, automatic: bool, indicators: tuple[IndicatorState, ...]) -> ActualsReported:
    """What is known of the plan's indicators with this report."""
    return ActualsReported(
        tenant_id=plan.tenant_id,
        plan_id=plan.id,
        cycle_id=plan.cycle_id,
        servant_id=plan.servant_id,
        period=report.period,
        final=report.final,
        automatic=automatic,
        indicators=indicators,
    )
