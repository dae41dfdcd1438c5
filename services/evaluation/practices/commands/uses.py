"""Notes who takes a practice over in a plan."""

from sqlalchemy import delete, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.plans.plans import PlanSet
from kit.db import clock
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.practices.models import Practice, PracticeUse


async def take_plan(session: AsyncSession, event: PlanSet) -> None:
    """What the plan as it was set takes over, and no longer what an earlier version did.

    Nobody takes his or her own practice over, nor one that is not in the city's library.
    """
    await session.execute(
        delete(PracticeUse).where(
            col(PracticeUse.plan_id) == event.plan_id, col(PracticeUse.practice_id).not_in(event.practices)
        )
    )
    if event.practices:
        await _keep(session, event)


async def _keep(session: AsyncSession, event: PlanSet) -> None:
    taken = (
        select(
            col(Practice.tenant_id),
            col(Practice.id),
            literal(event.plan_id),
            col(Appraisal.servant_id),
            col(Appraisal.unit_id),
            literal(clock(session).now()),
        )
        .join(Appraisal, col(Appraisal.tenant_id) == col(Practice.tenant_id))
        .where(
            col(Practice.id).in_(event.practices),
            col(Practice.servant_id) != event.servant_id,
            col(Appraisal.cycle_id) == event.cycle_id,
            col(Appraisal.servant_id) == event.servant_id,
        )
    )
    columns = ("tenant_id", "practice_id", "plan_id", "servant_id", "unit_id", "used_at")
    await session.execute(insert(PracticeUse).from_select(columns, taken).on_conflict_do_nothing())
