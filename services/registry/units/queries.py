"""Reads of units and of who heads them."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.registry.servants.models import Servant
from services.registry.units.models import Unit


async def page(session: AsyncSession, *, window: Window) -> Found[Unit]:
    """A page of the city's units, by code."""
    return await read(session, select(Unit), col(Unit.code), window=window)


async def unit(session: AsyncSession, unit_id: UUID) -> Unit:
    """The unit; raises NotFound."""
    found = (await session.scalars(select(Unit).where(col(Unit.id) == unit_id))).first()
    if found is None:
        raise NotFound(f"no unit {unit_id} in this city", f"unit {unit_id} tidak ada di kota ini")
    return found


async def head_of(session: AsyncSession, unit_id: UUID) -> UUID | None:
    """Who is recorded as the unit's head, whether at work or not."""
    await unit(session, unit_id)
    heads = select(col(Servant.id)).where(col(Servant.unit_id) == unit_id, col(Servant.is_head))
    # Old records may name two; one who has not left goes before one who has.
    return (await session.scalars(heads.order_by(col(Servant.active).desc(), col(Servant.nip)).limit(1))).first()
