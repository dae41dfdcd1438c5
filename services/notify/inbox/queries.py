"""A person's inbox."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.notify.notices.models import Notice


async def inbox(
    session: AsyncSession, person_id: UUID, *, unread: bool, before: UUID | None, limit: int
) -> Sequence[Notice]:
    """A person's notices, newest first."""
    own = select(Notice).where(col(Notice.person_id) == person_id)
    if unread:
        own = own.where(col(Notice.read_at).is_(None))
    if before is not None:
        own = own.where(col(Notice.id) < before)
    return (await session.scalars(own.order_by(col(Notice.id).desc()).limit(limit))).all()


async def unread(session: AsyncSession, person_id: UUID) -> int:
    """How many notices a person has not read."""
    counting = select(func.count()).where(col(Notice.person_id) == person_id, col(Notice.read_at).is_(None))
    return int((await session.execute(counting)).scalar_one())
