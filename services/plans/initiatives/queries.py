"""Initiatives, for those whom they concern."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from kit.db import actor
from services.plans.initiatives.models import Initiative


async def initiatives(
    session: AsyncSession, *, cycle_id: UUID | None, servant_id: UUID | None, after: UUID | None, limit: int
) -> Sequence[Initiative]:
    """A page of the initiatives of oneself and of those whom one leads; of everybody for the office."""
    acting = actor(session)
    page = select(Initiative).order_by(col(Initiative.id)).limit(limit)
    if cycle_id is not None:
        page = page.where(col(Initiative.cycle_id) == cycle_id)
    if servant_id is not None:
        page = page.where(col(Initiative.servant_id) == servant_id)
    if after is not None:
        page = page.where(col(Initiative.id) > after)
    if not acting.has(Role.PERFORMANCE_OFFICE):
        page = page.where(
            (col(Initiative.servant_id) == acting.id)
            | (col(Initiative.rater_id) == acting.id)
            | (col(Initiative.authority_id) == acting.id)
        )
    return (await session.scalars(page)).all()
