"""What the organisations of a cycle achieved, as far as it is set."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import OrgPerformance
from directory.models import Person, Unit
from kit.keyset import Found, Window, read_rows
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.organisations.models import UnitPerformance


class CycleUnit(NamedTuple):
    """A unit that takes part in a cycle."""

    unit_id: UUID
    members: int
    name: str | None
    performance: str | None


async def units(session: AsyncSession, cycle_id: UUID, *, window: Window) -> Found[CycleUnit]:
    """The units of a cycle by name, with the number of their people and their achievement, if it is set."""
    looking = (
        select(col(Appraisal.unit_id), func.count(), col(Unit.name), col(UnitPerformance.performance))
        .outerjoin(Unit, col(Unit.id) == col(Appraisal.unit_id))
        .outerjoin(
            UnitPerformance,
            (col(UnitPerformance.unit_id) == col(Appraisal.unit_id))
            & (col(UnitPerformance.cycle_id) == col(Appraisal.cycle_id)),
        )
        .where(col(Appraisal.cycle_id) == cycle_id)
        .group_by(col(Appraisal.unit_id), col(Unit.name), col(UnitPerformance.performance))
    )
    # The copy of a unit may be on its way, and a key of a list is never null.
    name = func.coalesce(col(Unit.name), "")
    found = await read_rows(session, looking, name, col(Appraisal.unit_id), window=window)
    return Found([CycleUnit(*row) for row in found.items], found.next, found.total)


async def of_raters_unit(session: AsyncSession, appraisal: Appraisal) -> OrgPerformance | None:
    """What the unit led by the rater has achieved, as far as it is set (art. 24)."""
    looking = (
        select(col(UnitPerformance.performance))
        .join(Person, col(Person.unit_id) == col(UnitPerformance.unit_id))
        .where(col(Person.id) == appraisal.rater_id, col(UnitPerformance.cycle_id) == appraisal.cycle_id)
    )
    found = (await session.scalars(looking)).first()
    return None if found is None else OrgPerformance(found)


async def comes_first(session: AsyncSession, appraisal: Appraisal) -> UUID | None:
    """The unit whose achievement is to be set before this person is assessed, while it is not (arts 24-25).

    That of the rater, where it takes part in the cycle; else the person's own, of which somebody sets it.
    """
    units = (
        select(col(Appraisal.unit_id), (col(Appraisal.unit_id) == appraisal.unit_id).label("own"))
        .where(
            col(Appraisal.cycle_id) == appraisal.cycle_id,
            or_(
                col(Appraisal.unit_id) == appraisal.unit_id,
                col(Appraisal.unit_id)
                == select(col(Person.unit_id)).where(col(Person.id) == appraisal.rater_id).scalar_subquery(),
            ),
        )
        # The rater's unit before the own one.
        .order_by("own")
        .limit(1)
        .subquery()
    )
    is_set = exists().where(
        col(UnitPerformance.cycle_id) == appraisal.cycle_id, col(UnitPerformance.unit_id) == units.c.unit_id
    )
    return (await session.scalars(select(units.c.unit_id).where(~is_set))).first()
