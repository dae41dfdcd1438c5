"""Visits, and whom the panel assesses there."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import Duty
from directory.relations import Relation, require
from kit.db import actor
from kit.errors import NotFound
from kit.obligations import holds
from services.evaluation.models import Appraisal, Visit


async def one(session: AsyncSession, visit_id: UUID) -> Visit:
    """The visit, for its panel and the office; raises NotFound."""
    found = (await session.scalars(select(Visit).where(col(Visit.id) == visit_id))).first()
    if found is None:
        raise NotFound(f"no visit {visit_id} in this city", f"kunjungan {visit_id} tidak ada di kota ini")
    who = actor(session)
    standing: set[Relation] = set()
    if who.id in found.panel or any([await holds(session, duty, found.id, who.id) for duty in _DUTIES]):
        standing.add(Relation.PANEL)
    if who.has(Role.PERFORMANCE_OFFICE):
        standing.add(Relation.OFFICE)
    require(frozenset(standing), Relation.PANEL, Relation.OFFICE, what=("read a visit", "membaca kunjungan"))
    return found


_DUTIES = (Duty.VISIT_UNIT, Duty.ASSESS_PANEL)


async def page(session: AsyncSession, *, cycle_id: UUID | None, after: UUID | None, limit: int) -> Sequence[Visit]:
    """A page of visits: all for the office, else those whose panel the reader belongs to."""
    looking = select(Visit).order_by(col(Visit.id)).limit(limit)
    if cycle_id is not None:
        looking = looking.where(col(Visit.cycle_id) == cycle_id)
    if after is not None:
        looking = looking.where(col(Visit.id) > after)
    who = actor(session)
    if not who.has(Role.PERFORMANCE_OFFICE):
        looking = looking.where(col(Visit.panel).contains([who.id]))
    return (await session.scalars(looking)).all()


async def members(session: AsyncSession, visit: Visit) -> Sequence[Appraisal]:
    """Whom the panel assesses: everybody of the unit but itself."""
    looking = (
        select(Appraisal)
        .where(
            col(Appraisal.cycle_id) == visit.cycle_id,
            col(Appraisal.unit_id) == visit.unit_id,
            col(Appraisal.servant_id).not_in(visit.panel),
        )
        .order_by(col(Appraisal.id))
    )
    return (await session.scalars(looking)).all()
