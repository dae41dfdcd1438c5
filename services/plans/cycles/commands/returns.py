"""A member who is back from leave while the cycle runs owes again what the leave had ended: the plan, and the reports."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.evaluation.cycles import MembersChanged
from directory import queries as directory
from services.plans.cycles.commands.obligations import ask_for_plans, ask_for_reports
from services.plans.plans.commands import personnel
from services.plans.plans.models import Plan
from services.plans.reports.commands.returns import reopen
from services.plans.reports.rules.periods import periods

_ORDER = tuple(Phase)


async def follow_members(session: AsyncSession, event: MembersChanged) -> None:
    """As plans follow their people; those who had left and are members again are asked again."""
    back = await _had_left(session, event)
    await personnel.follow_members(session, event)
    if back:
        await _ask_again(session, event, back)


async def _had_left(session: AsyncSession, event: MembersChanged) -> Collection[UUID]:
    """Their plans, looked up before they follow."""
    members = [one.servant_id for one in event.members if one.ended_on is None]
    theirs = select(col(Plan.id)).where(
        col(Plan.cycle_id) == event.cycle_id, col(Plan.servant_id).in_(members), col(Plan.ended_on).is_not(None)
    )
    return (await session.scalars(theirs)).all() if members else ()


async def _ask_again(session: AsyncSession, event: MembersChanged, plan_ids: Collection[UUID]) -> None:
    """Asked of everybody as when a phase opens: what is owed already stays as it is, so that only these are new."""
    cycle = await directory.cycle(session, event.cycle_id)
    if cycle.closed or cycle.phase is None:
        return
    reached = _ORDER.index(Phase(cycle.phase))
    if reached >= _ORDER.index(Phase.PLANNING):
        await ask_for_plans(session, cycle)
    await reopen(session, plan_ids, back_on=event.effective_on)
    policy = await directory.cycle_policy(session, cycle.id)
    for period in periods(cycle.period_start, cycle.period_end, policy.report_months):
        asked = Phase.EVALUATION if period.final else Phase.EXECUTION
        if period.ends_on >= event.effective_on and reached >= _ORDER.index(asked):
            await ask_for_reports(session, cycle, policy, period)
