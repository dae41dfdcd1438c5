"""The events of a report, made from its row."""

from collections.abc import Collection
from datetime import date

from contracts.plans.plans import IndicatorState
from contracts.plans.reports import ActualsDrafted, ActualsReported, ReportsReopened
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
        drafted=automatic and report.drafted_at is not None,
    )


def drafted(plan: Plan, report: Report) -> ActualsDrafted:
    """It was written before its period had ended."""
    return ActualsDrafted(
        tenant_id=plan.tenant_id,
        plan_id=plan.id,
        cycle_id=plan.cycle_id,
        servant_id=plan.servant_id,
        period=report.period,
        ends_on=report.ends_on,
        revision=report.revision,
    )


def reopened(plan: Plan, periods: Collection[int], *, back_on: date) -> ReportsReopened:
    """The servant is back, and owes them."""
    return ReportsReopened(
        tenant_id=plan.tenant_id,
        plan_id=plan.id,
        cycle_id=plan.cycle_id,
        servant_id=plan.servant_id,
        periods=tuple(sorted(periods)),
        back_on=back_on,
    )
