"""Materials laid out from the policy when a cycle is prepared, added and retired by the office."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role, new_id
from contracts.feedback.learning import MaterialKept, MaterialRetired
from contracts.policy import Material
from kit.access import require_role
from kit.db import actor, clock
from kit.outbox import emit
from services.feedback.cycles.queries.context import CycleContext, open_cycle
from services.feedback.materials.models import KeptMaterial
from services.feedback.materials.queries import locked
from services.feedback.materials.rules import FIRST_OF_OFFICE

_WHAT = ("keep materials", "mengelola bahan belajar")


async def lay_out(session: AsyncSession, context: CycleContext) -> None:
    """Those of the policy; a second time, or at the same time, none anew."""
    rows = [
        {
            "tenant_id": context.cycle.tenant_id,
            "id": new_id(),
            "cycle_id": context.cycle.id,
            "number": number,
            "content": one.model_dump(mode="json"),
            "kept_at": clock(session).now(),
        }
        for number, one in enumerate(context.policy.learning.materials, start=1)
    ]
    if rows:
        await session.execute(insert(KeptMaterial).values(rows).on_conflict_do_nothing())


async def keep(session: AsyncSession, cycle_id: UUID, material: Material) -> KeptMaterial:
    """Add a material to a cycle."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=_WHAT)
    context = await open_cycle(session, cycle_id)
    kept = KeptMaterial(
        tenant_id=context.cycle.tenant_id,
        id=new_id(),
        cycle_id=cycle_id,
        number=await _next_number(session, cycle_id),
        content=material.model_dump(mode="json"),
        kept_by=actor(session).id,
        kept_at=clock(session).now(),
    )
    session.add(kept)
    about: dict[str, Any] = {"tenant_id": kept.tenant_id, "cycle_id": cycle_id, "material_id": kept.id}
    emit(session, MaterialKept(**about, title=material.title.id))
    return kept


async def _next_number(session: AsyncSession, cycle_id: UUID) -> int:
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"materials/{cycle_id}"))))
    newest = select(func.max(col(KeptMaterial.number))).where(
        col(KeptMaterial.cycle_id) == cycle_id, col(KeptMaterial.number) >= FIRST_OF_OFFICE
    )
    last: int | None = (await session.execute(newest)).scalar_one()
    return FIRST_OF_OFFICE if last is None else last + 1


async def retire(session: AsyncSession, material_id: UUID) -> KeptMaterial:
    """Show it no more, the policy's own as well; asked twice, once."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=_WHAT)
    found = await locked(session, material_id)
    if found.retired_at is None:
        found.retired_at = clock(session).now()
        about: dict[str, Any] = {"tenant_id": found.tenant_id, "cycle_id": found.cycle_id, "material_id": found.id}
        emit(session, MaterialRetired(**about))
    return found
