"""Plans one by one and in lists, with their dialogues, reports and versions, for those whom they concern."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.plans.plans import IndicatorState
from directory.queries import cycle, cycle_policy
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.plans.community import queries as community
from services.plans.community.models import CommunityResponse
from services.plans.confirmations.models import Confirmation
from services.plans.confirmations.queries import confirmations
from services.plans.cycles.rules import limit_by_law
from services.plans.dialogues.models import Dialogue
from services.plans.dialogues.queries import dialogues
from services.plans.plans.models import Plan, PlanVersion, WorkResultRow
from services.plans.plans.queries.access import require_reader, visible
from services.plans.plans.queries.content import content, indicator_states
from services.plans.plans.rules.content import Content
from services.plans.plans.rules.proposal import Finding, hints, lacking
from services.plans.reports.models import Report
from services.plans.reviews.models import PlanReview
from services.plans.reviews.queries import reviews


@dataclass(frozen=True, slots=True)
class WholePlan:
    """A plan with everything about it."""

    plan: Plan
    content: Content
    indicators: dict[UUID, IndicatorState]
    reports: Sequence[Report]
    dialogues: Sequence[Dialogue]
    confirmations: Sequence[Confirmation]
    reviews: Sequence[PlanReview]
    community: Sequence[CommunityResponse]
    hints: list[Finding]
    limit: date
    """By when the law wants it set."""


_PLAN = select(Plan).where(col(Plan.id) == bindparam("id"))
_REPORTS = select(Report).where(col(Report.plan_id) == bindparam("id")).order_by(col(Report.period))


async def find(session: AsyncSession, plan_id: UUID) -> Plan:
    """The plan; raises NotFound, and Forbidden for whom it does not concern."""
    plan = (await session.scalars(_PLAN, {"id": plan_id})).first()
    if plan is None:
        raise no_plan(plan_id)
    await require_reader(session, plan)
    return plan


def no_plan(plan_id: UUID) -> NotFound:
    return NotFound(f"no plan {plan_id} in this city", f"rencana {plan_id} tidak ada di kota ini")


async def whole(session: AsyncSession, plan_id: UUID) -> WholePlan:
    """The plan with content, values so far, reports and dialogues."""
    plan = await find(session, plan_id)
    written = await content(session, plan_id)
    states = (await indicator_states(session, [plan_id]))[plan_id]
    return WholePlan(
        plan=plan,
        content=written,
        indicators={state.id: state for state in states},
        reports=await reports(session, plan_id),
        dialogues=await dialogues(session, plan_id),
        confirmations=await confirmations(session, plan_id),
        reviews=await reviews(session, plan_id),
        community=await community.about(session, plan),
        hints=hints(written, await cycle_policy(session, plan.cycle_id)) + lacking(written),
        limit=limit_by_law((await cycle(session, plan.cycle_id)).period_start),
    )


async def reports(session: AsyncSession, plan_id: UUID) -> Sequence[Report]:
    """The reports of a plan, in the order of their periods."""
    return (await session.scalars(_REPORTS, {"id": plan_id})).all()


async def page(
    session: AsyncSession,
    *,
    window: Window,
    cycle_id: UUID | None,
    servant_id: UUID | None,
    rater_id: UUID | None,
    state: str | None,
) -> Found[Plan]:
    """A page of the plans that the actor may read."""
    looking = select(Plan)
    wanted = {"cycle_id": cycle_id, "servant_id": servant_id, "rater_id": rater_id, "state": state}
    for name, value in wanted.items():
        if value is not None:
            looking = looking.where(col(getattr(Plan, name)) == value)
    if (mine := visible(session)) is not None:
        looking = looking.where(mine)
    return await read(session, looking, col(Plan.id), window=window)


async def versions(session: AsyncSession, plan_id: UUID, *, window: Window) -> Found[PlanVersion]:
    """A page of the contents that were set, oldest first."""
    plan = await find(session, plan_id)
    kept = select(PlanVersion).where(col(PlanVersion.plan_id) == plan.id)
    return await read(session, kept, col(PlanVersion.plan_version), window=window)


async def superior_results(session: AsyncSession, plan: Plan) -> Sequence[WorkResultRow]:
    """The results in the rater's own plan of the same cycle, to which this plan's results may be linked."""
    # Of a rater whom the cycle does not cover there is no plan, and of a plan without rater none: equals null is never true.
    theirs = (
        select(WorkResultRow)
        .join(Plan, col(Plan.id) == col(WorkResultRow.plan_id))
        .where(col(Plan.cycle_id) == plan.cycle_id, col(Plan.servant_id) == plan.rater_id)
        .order_by(col(WorkResultRow.ordinal))
    )
    return (await session.scalars(theirs)).all()
