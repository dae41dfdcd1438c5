"""Reads of who enters for whom."""

from uuid import UUID

from sqlalchemy import or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from kit.db import actor
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.registry.assistants.models import Assistant


async def page(session: AsyncSession, *, window: Window, servant_id: UUID | None) -> Found[Assistant]:
    """A page of declarations, oldest first: one's own as servant or assistant, all for the office; of one servant."""
    looking, acting = select(Assistant), actor(session)
    if not acting.has(Role.PERFORMANCE_OFFICE):
        own = or_(col(Assistant.servant_id) == acting.id, col(Assistant.assistant_id) == acting.id)
        looking = looking.where(own)
    if servant_id is not None:
        looking = looking.where(col(Assistant.servant_id) == servant_id)
    return await read(session, looking, col(Assistant.id), window=window)


async def assistant(session: AsyncSession, declaration_id: UUID) -> Assistant:
    """The declaration; raises NotFound."""
    one = select(Assistant).where(col(Assistant.id) == declaration_id)
    if (row := (await session.scalars(one)).first()) is None:
        raise NotFound("no such declaration in this city", "penetapan tidak ada di kota ini")
    return row
