"""A person's inbox."""

from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.keyset import Found, Window, read
from services.notify.notices.models import Notice


async def inbox(session: AsyncSession, person_id: UUID, *, unread: bool, window: Window) -> Found[Notice]:
    """A page of a person's notices, newest first: their ids are UUIDv7, so the key is the time."""
    own = select(Notice).where(col(Notice.person_id) == person_id)
    if unread:
        own = own.where(col(Notice.read_at).is_(None))
    return await read(session, own, col(Notice.id), window=window, descending=True)


async def unread(session: AsyncSession, person_id: UUID) -> int:
    """How many notices a person has not read."""
    counting = select(func.count()).where(col(Notice.person_id) == person_id, col(Notice.read_at).is_(None))
    return int((await session.execute(counting)).scalar_one())
