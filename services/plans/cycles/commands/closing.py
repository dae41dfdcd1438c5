"""The end of a cycle: its plans are closed, all in one statement."""

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.cycles import CycleClosed
from contracts.evaluation.interventions import CycleCancelled
from services.plans.plans.models import Plan
from services.plans.plans.rules.states import PlanState


async def close_plans(session: AsyncSession, event: CycleClosed | CycleCancelled) -> None:
    """Nothing about these plans changes any more."""
    # The version counts on: whoever holds an ETag of before learns that it is old.
    closing = (
        update(Plan)
        .where(col(Plan.cycle_id) == event.cycle_id, col(Plan.state) != PlanState.CLOSED.value)
        .values(state=PlanState.CLOSED.value, version=col(Plan.version) + 1)
        .execution_options(synchronize_session=False)
    )
    await session.execute(closing)
