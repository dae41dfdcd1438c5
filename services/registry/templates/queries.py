"""What a city has that its files may choose from."""

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.registry.units.models import Unit


async def units(session: AsyncSession) -> dict[str, str]:
    """Name by code."""
    rows = await session.execute(select(col(Unit.code), col(Unit.name)).order_by(col(Unit.code)))
    return {row.code: row.name for row in rows}
