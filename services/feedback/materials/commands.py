"""Materials laid out from the policy when a cycle is prepared, added and retired by the office."""

from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.feedback.learning import MaterialKept, MaterialRetired
from contracts.policy import Material
from kit.access import require_role
from kit.outbox import emit
from services.feedback import lessons
from services.feedback.cycles.queries.context import CycleContext
from services.feedback.materials.models import KeptMaterial
from services.feedback.materials.queries import locked

_WHAT = ("keep materials", "mengelola bahan belajar")


async def lay_out(session: AsyncSession, context: CycleContext) -> None:
    """Those of the policy."""
    await lessons.lay_out(session, context, KeptMaterial, context.policy.learning.materials)


async def keep(session: AsyncSession, cycle_id: UUID, material: Material) -> KeptMaterial:
    """Add a material to a cycle."""
    kept = await lessons.added(session, cycle_id, KeptMaterial, material, what=_WHAT)
    emit(session, MaterialKept(**_about(kept), title=material.title.id))
    return kept


async def retire(session: AsyncSession, material_id: UUID) -> KeptMaterial:
    """Show it no more."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=_WHAT)
    found = await locked(session, material_id)
    if lessons.retired(session, found):
        emit(session, MaterialRetired(**_about(found)))
    return found


def _about(material: KeptMaterial) -> dict[str, Any]:
    return {"tenant_id": material.tenant_id, "cycle_id": material.cycle_id, "material_id": material.id}
