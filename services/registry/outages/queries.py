"""Reads of outages."""

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.keyset import Found, Window, read
from services.registry.outages.models import Outage


async def page(session: AsyncSession, *, window: Window) -> Found[Outage]:
    """A page of the recorded outages, newest first."""
    # Two outages may begin at once (recorded again with another end), so the id decides between them.
    return await read(session, select(Outage), col(Outage.began_at), col(Outage.id), window=window, descending=True)
