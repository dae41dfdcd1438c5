"""Visits, and whom the panel assesses there."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import ObligationKind
from directory.models import Person
from directory.relations import Relation, require
from kit.db import actor
from kit.errors import NotFound
from obligations.queries import owes
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.organisations.queries.leaders import leaders
from services.evaluation.visits.models import Visit


async def one(session: AsyncSession, visit_id: UUID) -> Visit:
    """The visit, for its panel, who leads the unit or responds for it, and the office; raises NotFound."""
    found = (await session.scalars(select(Visit).where(col(Visit.id) == visit_id))).first()
    if found is None:
        raise NotFound(f"no visit {visit_id} in this city", f"kunjungan {visit_id} tidak ada di kota ini")
    who = actor(session)
    standing = {
        Relation.PANEL: who.id in found.panel,
        Relation.OFFICE: who.has(Role.PERFORMANCE_OFFICE),
        Relation.SELF: who.id == found.respondent_id or await _leads(session, found, who.id),
        Relation.DEBTOR: any([await owes(session, duty, found.id, who.id) for duty in _DUTIES]),
    }
    may = frozenset(relation for relation, true in standing.items() if true)
    require(may, *standing, what=("read a visit", "membaca kunjungan"))
    return found


_DUTIES = (ObligationKind.VISIT_UNIT, ObligationKind.RESPOND_TO_VISIT, ObligationKind.ASSESS_PANEL)


async def _leads(session: AsyncSession, visit: Visit, person_id: UUID) -> bool:
    found = await leaders(session, visit.cycle_id, [visit.unit_id])
    return found.get(visit.unit_id) == person_id


async def page(session: AsyncSession, *, cycle_id: UUID | None, after: UUID | None, limit: int) -> Sequence[Visit]:
    """A page of visits: all for the office, else those of the reader's panels and to the unit that he or she heads."""
    looking = select(Visit).order_by(col(Visit.id)).limit(limit)
    if cycle_id is not None:
        looking = looking.where(col(Visit.cycle_id) == cycle_id)
    if after is not None:
        looking = looking.where(col(Visit.id) > after)
    who = actor(session)
    if not who.has(Role.PERFORMANCE_OFFICE):
        headed = select(col(Person.unit_id)).where(col(Person.id) == who.id, col(Person.is_head), col(Person.active))
        mine = (
            col(Visit.panel).contains([who.id]),
            col(Visit.respondent_id) == who.id,
            col(Visit.unit_id).in_(headed),
        )
        looking = looking.where(or_(*mine))
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
