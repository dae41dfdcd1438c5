"""Keeping, changing and removing one's own trial plans; nothing is emitted, because they are nobody else's."""

from uuid import UUID

from sqlalchemy import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from directory import queries as people
from kit.db import actor, clock
from services.plans.trials.models import TrialPlan
from services.plans.trials.queries import kept, own
from services.plans.trials.rules import TrialContent, require_room


async def keep(session: AsyncSession, *, name: str, written: TrialContent) -> TrialPlan:
    """Keep another one; raises Refused where there are too many."""
    mine = await people.person(session, actor(session).id)
    # The lock is on the person: two at once do not both find room for the last one.
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"trials/{mine.id}"))))
    require_room(await kept(session))
    made = TrialPlan(
        tenant_id=mine.tenant_id,
        id=new_id(),
        servant_id=mine.id,
        name=name,
        content=written.model_dump(mode="json"),
        kept_at=clock(session).now(),
    )
    session.add(made)
    return made


async def change(session: AsyncSession, trial_id: UUID, *, name: str, written: TrialContent) -> TrialPlan:
    """Write it anew."""
    found = await own(session, trial_id, lock=True)
    found.name, found.content = name, written.model_dump(mode="json")
    found.kept_at = clock(session).now()
    return found


async def remove(session: AsyncSession, trial_id: UUID) -> TrialPlan:
    """Remove it for good; nothing of it is left."""
    found = await own(session, trial_id, lock=True)
    await session.delete(found)
    return found
