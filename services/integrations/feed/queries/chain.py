"""The chain without the events: what proves that nothing was left out, to whoever may not read everything."""

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.keyset import Found, Window, read
from services.integrations.feed.models import FeedEvent


async def links(session: AsyncSession, window: Window) -> Found[FeedEvent]:
    """The links of the city's chain, oldest first."""
    return await read(session, select(FeedEvent), col(FeedEvent.position), window=window)
