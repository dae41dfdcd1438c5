"""Who heads the units of a cycle, and so by whose conflicts of interest the office is bound in setting what they achieved."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.evaluation.appraisals.models import Appraisal


async def heads(session: AsyncSession, cycle_id: UUID) -> Mapping[UUID, Collection[UUID]]:
    """The people of each unit of the cycle who are rated by what it achieved; empty for a unit without a head."""
    here = col(Appraisal.cycle_id) == cycle_id
    units = (await session.scalars(select(col(Appraisal.unit_id)).where(here).distinct())).all()
    found: dict[UUID, list[UUID]] = {unit_id: [] for unit_id in units}
    leading = select(col(Appraisal.unit_id), col(Appraisal.servant_id)).where(here, col(Appraisal.is_head))
    for row in await session.execute(leading):
        found[row.unit_id].append(row.servant_id)
    return found
