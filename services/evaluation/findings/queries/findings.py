"""Findings and what became of them, for the performance office and for those whom they concern."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from kit.db import actor
from services.evaluation.findings.models import Moderation


async def page(
    session: AsyncSession, *, cycle_id: UUID | None, only_open: bool, after: UUID | None, limit: int
) -> Sequence[Moderation]:
    """A page of findings: all for the office, else those that concern the reader."""
    looking = select(Moderation).order_by(col(Moderation.id)).limit(limit)
    if cycle_id is not None:
        looking = looking.where(col(Moderation.cycle_id) == cycle_id)
    if only_open:
        looking = looking.where(col(Moderation.decided_at).is_(None))
    if after is not None:
        looking = looking.where(col(Moderation.id) > after)
    who = actor(session)
    if not who.has(Role.PERFORMANCE_OFFICE):
        looking = looking.where(col(Moderation.concerns_id) == who.id)
    return (await session.scalars(looking)).all()
