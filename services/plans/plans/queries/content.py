"""What plans say: their results and indicators, and what is known of each indicator so far."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.plans.plans import Direction, IndicatorState
from contracts.policy.follow_up import Documentation
from services.plans.plans.models import IndicatorRow, Plan, WorkResultRow
from services.plans.plans.rules.content import Content, Indicator, ResultKind, WorkResult
from services.plans.reports.models import Actual, Report
from services.plans.reports.rules.figures import Known, so_far
from services.plans.reports.rules.states import CORRECTABLE

# An array and not a list of parameters: the statements are the same, and are prepared once, for any number of plans.
_IDS = bindparam("plan_ids", type_=ARRAY(PG_UUID))
# Outer: a plan may have agreed on resources or consequences before it has its first result.
_RESULTS = (
    select(col(Plan.annex), WorkResultRow)
    .outerjoin(WorkResultRow, col(WorkResultRow.plan_id) == col(Plan.id))
    .where(col(Plan.id) == bindparam("id"))
    .order_by(col(WorkResultRow.ordinal))
)
_INDICATORS = (
    select(IndicatorRow)
    .where(col(IndicatorRow.plan_id) == any_(_IDS))
    .order_by(col(IndicatorRow.plan_id), col(IndicatorRow.ordinal))
)
# Of each report its newest submission alone; older revisions are kept for the history and count for nothing.
_REPORTED = (
    select(
        col(Report.plan_id),
        col(Actual.indicator_id),
        col(Report.period),
        col(Actual.value),
        col(Actual.reason),
        col(Actual.evidence),
    )
    .join(Actual, (col(Actual.report_id) == col(Report.id)) & (col(Actual.revision) == col(Report.revision)))
    # A draft says nothing yet; nor does what was reopened.
    .where(col(Report.plan_id) == any_(_IDS), col(Report.state).in_(sorted(CORRECTABLE)))
)
_SET_ONES = select(col(Plan.id)).where(col(Plan.id) == any_(_IDS), col(Plan.plan_version) > 0)


async def content(session: AsyncSession, plan_id: UUID) -> Content:
    """The present content of a plan."""
    rows = (await session.execute(_RESULTS, {"id": plan_id})).all()
    annex = next((annex for annex, _ in rows), None) or {}
    indicators: dict[UUID, list[Indicator]] = defaultdict(list)
    for row in (await indicator_rows(session, [plan_id]))[plan_id]:
        indicators[row.work_result_id].append(Indicator.model_validate(row, from_attributes=True))
    results = tuple(_result(row, indicators[row.id]) for _, row in rows if row is not None)
    return Content(results=results, **annex)


def _result(row: WorkResultRow, indicators: Sequence[Indicator]) -> WorkResult:
    return WorkResult(
        id=row.id,
        kind=ResultKind(row.kind),
        statement=row.statement,
        goal=row.goal,
        superior_result_id=row.superior_result_id,
        report_every=None if row.report_every is None else Documentation(row.report_every),
        evidence=row.evidence,
        indicators=tuple(indicators),
    )


async def indicator_rows(session: AsyncSession, plan_ids: Sequence[UUID]) -> dict[UUID, list[IndicatorRow]]:
    """The indicators of some plans, in order."""
    rows: dict[UUID, list[IndicatorRow]] = {plan_id: [] for plan_id in plan_ids}
    for row in (await session.scalars(_INDICATORS, {"plan_ids": list(plan_ids)})).all():
        rows[row.plan_id].append(row)
    return rows


async def known(session: AsyncSession, plan_ids: Sequence[UUID]) -> dict[UUID, dict[UUID, Known]]:
    """By plan and indicator, what the newest submission of each report says, the latest period first."""
    by_plan: dict[UUID, list[Known]] = {plan_id: [] for plan_id in plan_ids}
    for plan_id, indicator_id, period, value, reason, evidence in (
        await session.execute(_REPORTED, {"plan_ids": list(plan_ids)})
    ).all():
        said = Known(indicator_id=indicator_id, period=period, value=value, reason=reason, evidence=evidence)
        by_plan[plan_id].append(said)
    return {plan_id: so_far(some) for plan_id, some in by_plan.items()}


async def indicator_states(
    session: AsyncSession, plan_ids: Sequence[UUID], *, only_set: bool = False
) -> dict[UUID, tuple[IndicatorState, ...]]:
    """Every indicator of some plans with its value so far; none of a plan that was not set, if ``only_set``."""
    rows = await indicator_rows(session, await _set_ones(session, plan_ids) if only_set else plan_ids)
    values = await known(session, plan_ids)
    states = {}
    for plan_id in plan_ids:
        found = values[plan_id]
        states[plan_id] = tuple(_state(row, found.get(row.id)) for row in rows.get(plan_id, []))
    return states


async def _set_ones(session: AsyncSession, plan_ids: Sequence[UUID]) -> Sequence[UUID]:
    return (await session.scalars(_SET_ONES, {"plan_ids": list(plan_ids)})).all()


def _state(row: IndicatorRow, value: Known | None) -> IndicatorState:
    actual = value.value if value else None
    return IndicatorState(
        id=row.id,
        statement=row.statement,
        unit=row.unit,
        weight=row.weight,
        direction=Direction(row.direction),
        target_lo=row.target_lo,
        target_hi=row.target_hi,
        actual=actual,
        reason=value.reason if value and actual is None else None,
        evidence=(value.evidence or None) if value else None,
    )
