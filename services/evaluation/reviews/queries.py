"""The review of a cycle, if there is one."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.evaluation.reviews.models import SystemReview


async def of_cycle(session: AsyncSession, cycle_id: UUID) -> SystemReview | None:
    """What the office found about the system, if it has."""
    return (await session.scalars(select(SystemReview).where(col(SystemReview.cycle_id) == cycle_id))).first()
