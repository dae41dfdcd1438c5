"""Who leads a unit now: its head, or else the one who rates most of its people."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.registry.personnel import AT_WORK
from directory.models import Person
from services.evaluation.appraisals.models import Appraisal


async def leaders(session: AsyncSession, cycle_id: UUID, unit_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """By unit; a unit that nobody leads is missing."""
    heading = (
        select(col(Person.unit_id), col(Person.id))
        .where(
            col(Person.unit_id).in_(unit_ids),
            col(Person.is_head),
            col(Person.active),
            col(Person.status).in_([one.value for one in AT_WORK]),
        )
        .order_by(
            col(Person.nip).desc()
        )  # two heads at once: the last one read stays, so the lower NIP, always the same
    )
    found = {row.unit_id: row.id for row in await session.execute(heading)}
    if headless := set(unit_ids) - found.keys():
        found |= await _raters(session, cycle_id, headless)
    return found


async def _raters(session: AsyncSession, cycle_id: UUID, unit_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """An acting official rates the people of the unit without being its head."""
    unit_id, rater_id = col(Appraisal.unit_id), col(Appraisal.rater_id)
    rating = (
        select(unit_id, rater_id)
        .where(col(Appraisal.cycle_id) == cycle_id, unit_id.in_(unit_ids), rater_id.is_not(None))
        .group_by(unit_id, rater_id)
        .order_by(func.count(), rater_id)  # the last one read stays: who rates most
    )
    return {row.unit_id: row.rater_id for row in await session.execute(rating)}
