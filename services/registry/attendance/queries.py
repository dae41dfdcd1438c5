"""Reads of attendance."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.keyset import Found, Window, read
from services.registry.attendance.models import MonthAttendance


async def page(session: AsyncSession, servant_id: UUID, *, window: Window) -> Found[MonthAttendance]:
    """A page of one person's months, newest first."""
    own = select(MonthAttendance).where(col(MonthAttendance.servant_id) == servant_id)
    return await read(session, own, col(MonthAttendance.month), window=window, descending=True)
