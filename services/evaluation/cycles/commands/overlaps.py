"""Whom a new cycle would appraise a second time for days that another cycle appraises already."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.evaluation.appraisals.models import Appraisal
from services.evaluation.cycles.commands.enrolment import covered
from services.evaluation.cycles.models import Cycle
from services.evaluation.cycles.rules.states import CycleState


class Overlap(NamedTuple):
    """Another cycle, and how many people take part in both."""

    cycle_id: UUID
    name: str
    people: int


async def overlaps(session: AsyncSession, new: Cycle) -> Sequence[Overlap]:
    """Cycles with a day in common with this one, and people in common; those that were cancelled appraise nobody."""
    others = select(Cycle).where(
        col(Cycle.id) != new.id,
        col(Cycle.state) != CycleState.CANCELLED.value,
        col(Cycle.period_start) <= new.period_end,
        col(Cycle.period_end) >= new.period_start,
    )
    rows = (await session.scalars(others.order_by(col(Cycle.period_start), col(Cycle.id)))).all()
    # A handful of cycles a year touch one another; each is one count.
    counted = [Overlap(other.id, other.name, await _in_both(session, new, other)) for other in rows]
    return [one for one in counted if one.people]


async def _in_both(session: AsyncSession, new: Cycle, other: Cycle) -> int:
    """Whoever is enrolled in the other one, or will be: it may have been opened a moment ago."""
    wanted, expected = covered(new), covered(other)
    enrolled = select(col(Appraisal.servant_id)).where(col(Appraisal.cycle_id) == other.id)
    counting = (
        select(func.count())
        .select_from(wanted)
        .where(
            or_(
                wanted.c.servant_id.in_(enrolled),
                ~enrolled.exists() & wanted.c.servant_id.in_(select(expected.c.servant_id)),
            )
        )
    )
    people: int = (await session.execute(counting)).scalar_one()
    return people
