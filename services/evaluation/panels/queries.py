"""What ties members of panels to units and people, and the conflicts that they declared."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import and_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from directory.models import Person
from directory.offices import Rated, ties_of
from kit.db import actor
from kit.keyset import Found, Window, read
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.panels.models import PanelConflict
from services.evaluation.panels.rules import Independence

_RATER, _ASSESSOR = col(Appraisal.rater_id), col(Appraisal.assessed_by)


async def independence(session: AsyncSession, cycle_id: UUID, members: Collection[UUID]) -> Independence:
    """By the relations of today and by those that the cycle froze, as the office's conflicts are judged."""
    ids, here, servant = list(members), col(Appraisal.cycle_id) == cycle_id, col(Appraisal.servant_id)
    units: dict[UUID, set[UUID]] = defaultdict(set)
    today = select(col(Person.id), col(Person.unit_id)).where(col(Person.id).in_(ids))
    frozen = select(servant, col(Appraisal.unit_id)).where(here, servant.in_(ids))
    for looking in (today, frozen):
        for member, unit_id in (await session.execute(looking)).all():
            units[member].add(unit_id)
    ties = await ties_of(
        session, ids, Rated(servant, _RATER, here), Rated(servant, _ASSESSOR, and_(here, _ASSESSOR != _RATER))
    )
    conflicts = select(PanelConflict).where(col(PanelConflict.member_id).in_(ids))
    rows = (await session.scalars(conflicts)).all()
    declared = {(one.member_id, about) for one in rows if (about := one.unit_id or one.servant_id) is not None}
    return Independence(units, ties, frozenset(declared))


async def page(session: AsyncSession, *, window: Window) -> Found[PanelConflict]:
    """A page of declarations: one's own, all for the office."""
    looking, who = select(PanelConflict), actor(session)
    if not who.has(Role.PERFORMANCE_OFFICE):
        looking = looking.where(col(PanelConflict.member_id) == who.id)
    return await read(session, looking, col(PanelConflict.id), window=window)
