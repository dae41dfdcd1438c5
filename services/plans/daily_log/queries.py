"""The daily log, for those whom it concerns."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.keyset import Found, Window, read
from services.plans.daily_log.models import Activity
from services.plans.plans.queries.plans import find


async def page(session: AsyncSession, plan_id: UUID, *, since: date | None, window: Window) -> Found[Activity]:
    """A page of a plan's daily log, in the order in which it was entered."""
    plan = await find(session, plan_id)
    looking = select(Activity).where(col(Activity.plan_id) == plan.id)
    if since is not None:
        looking = looking.where(col(Activity.day) >= since)
    return await read(session, looking, col(Activity.id), window=window)
