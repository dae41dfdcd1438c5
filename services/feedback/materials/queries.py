"""The materials of a cycle."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory.queries import known_cycle
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.feedback.materials.models import KeptMaterial


async def page(session: AsyncSession, cycle_id: UUID, *, window: Window) -> Found[KeptMaterial]:
    """A page of what is shown, the policy's first."""
    await known_cycle(session, cycle_id)
    shown = select(KeptMaterial).where(col(KeptMaterial.cycle_id) == cycle_id, col(KeptMaterial.retired_at).is_(None))
    return await read(session, shown, col(KeptMaterial.number), window=window)


async def locked(session: AsyncSession, material_id: UUID) -> KeptMaterial:
    """The material, locked; raises NotFound."""
    looking = select(KeptMaterial).where(col(KeptMaterial.id) == material_id).with_for_update()
    if (found := (await session.scalars(looking)).first()) is None:
        raise NotFound(f"no material {material_id}", f"bahan belajar {material_id} tidak ada")
    return found
