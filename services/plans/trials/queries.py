"""One's own trial plans, and the policy whose hints they get."""

from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.policy import Policy
from directory import queries
from directory.models import Unit
from kit.db import actor
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.plans.trials.models import TrialPlan


async def page(session: AsyncSession, *, window: Window) -> Found[TrialPlan]:
    """A page of one's own, the newest first."""
    mine = select(TrialPlan).where(col(TrialPlan.servant_id) == actor(session).id)
    return await read(session, mine, col(TrialPlan.id), window=window, descending=True)


async def own(session: AsyncSession, trial_id: UUID, *, lock: bool = False) -> TrialPlan:
    """One of one's own; raises NotFound, also for that of somebody else, which is nobody's to know of."""
    looking = select(TrialPlan).where(col(TrialPlan.id) == trial_id, col(TrialPlan.servant_id) == actor(session).id)
    if (found := (await session.scalars(looking.with_for_update() if lock else looking)).first()) is None:
        raise NotFound(f"you keep no trial plan {trial_id}", f"Anda tidak memiliki rencana coba {trial_id}")
    return found


async def kept(session: AsyncSession) -> int:
    """How many the acting person keeps."""
    counting = select(func.count()).where(col(TrialPlan.servant_id) == actor(session).id)
    count: int = (await session.execute(counting)).scalar_one()
    return count


async def policy(session: AsyncSession) -> Policy | None:
    """The newest policy of one's unit; None while it has not arrived."""
    try:
        unit: Unit = await queries.unit(session, (await queries.person(session, actor(session).id)).unit_id)
        return await queries.policy(session, unit.scope)
    except NotFound:
        return None
