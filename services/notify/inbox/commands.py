"""Marks notices as read; only one's own."""

from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import actor, clock
from kit.errors import NotFound
from services.notify.notices.models import Notice


async def mark_read(session: AsyncSession, notice_id: UUID) -> Notice:
    """Mark one notice; the first reading counts. Somebody else's notice does not exist."""
    own = select(Notice).where(col(Notice.id) == notice_id, col(Notice.person_id) == actor(session).id)
    notice = (await session.scalars(own.with_for_update(key_share=True))).first()
    if notice is None:
        raise NotFound(f"no notice {notice_id} in your inbox", f"pemberitahuan {notice_id} tidak ada di kotak masuk")
    if notice.read_at is None:
        notice.read_at = clock(session).now()
    return notice


async def mark_all_read(session: AsyncSession) -> int:
    """Mark everything unread; returns how many there were."""
    marking = (
        update(Notice)
        .where(col(Notice.person_id) == actor(session).id, col(Notice.read_at).is_(None))
        .values(read_at=clock(session).now())
        .returning(col(Notice.id))
    )
    return len((await session.scalars(marking)).all())
