"""Reads of outages."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.registry.outages.models import Outage


async def outages(session: AsyncSession) -> Sequence[Outage]:
    """Newest first."""
    return (await session.scalars(select(Outage).order_by(col(Outage.began_at).desc()))).all()
