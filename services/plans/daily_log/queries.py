"""The daily log, for those whom it concerns."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.plans.daily_log.models import Activity
from services.plans.plans.queries.plans import find


async def activities(
    session: AsyncSession, plan_id: UUID, *, since: date | None, after: UUID | None, limit: int
) -> Sequence[Activity]:
    """A page of a plan's daily log, in the order in which it was entered."""
    plan = await find(session, plan_id)
    page = select(Activity).where(col(Activity.plan_id) == plan.id).order_by(col(Activity.id)).limit(limit)
    if since is not None:
        page = page.where(col(Activity.day) >= since)
    if after is not None:
        page = page.where(col(Activity.id) > after)
    return (await session.scalars(page)).all()
