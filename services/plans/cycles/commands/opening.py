"""Opening the phases of a cycle: plans, reports and obligations for everybody, once however often it is asked."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from directory import queries as directory
from services.plans.cycles.commands.obligations import ask_for_plans, ask_for_reports
from services.plans.plans.commands.enrolment import create_plans
from services.plans.reports.commands.periods import create_reports
from services.plans.reports.commands.take_overs import take_over_of_who_left
from services.plans.reports.rules.periods import periods


async def open_phase(session: AsyncSession, cycle_id: UUID, phase: Phase, *, members: int) -> None:
    """Open what a phase asks of this service, once; raises NotReady while members are missing."""
    if phase not in (Phase.PLANNING, Phase.EXECUTION, Phase.EVALUATION):
        return
    await directory.all_arrived(session, cycle_id, members)
    cycle = await directory.cycle(session, cycle_id)
    if cycle.closed:
        return
    await create_plans(session, cycle)
    if phase is Phase.PLANNING:
        await ask_for_plans(session, cycle)
        return
    policy = await directory.cycle_policy(session, cycle.id)
    found = periods(cycle.period_start, cycle.period_end, policy.report_months)
    await create_reports(session, cycle, found)
    for period in found:
        if period.final == (phase is Phase.EVALUATION):
            await ask_for_reports(session, cycle, policy, period)
    await take_over_of_who_left(session, cycle_id)
