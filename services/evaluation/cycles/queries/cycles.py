"""Cycles with their phases, units and counts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory.models import Unit
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.cycles.models import Cycle, CyclePhase
from services.evaluation.organisations.models import UnitPerformance
from services.evaluation.reviews.models import SystemReview


async def cycles(session: AsyncSession, *, after: UUID | None, limit: int) -> Sequence[Cycle]:
    """A page of cycles, oldest first."""
    looking = select(Cycle).order_by(col(Cycle.id)).limit(limit)
    if after is not None:
        looking = looking.where(col(Cycle.id) > after)
    return (await session.scalars(looking)).all()


async def phases(session: AsyncSession, cycle_id: UUID) -> Sequence[CyclePhase]:
    """The phases in their order."""
    looking = select(CyclePhase).where(col(CyclePhase.cycle_id) == cycle_id).order_by(col(CyclePhase.ordinal))
    return (await session.scalars(looking)).all()


def current(rows: Sequence[CyclePhase]) -> str | None:
    """The phase that has opened and not ended, or the last that has opened."""
    opened = [row for row in rows if row.opened_at is not None]
    still = [row for row in opened if row.closed_at is None]
    return (still or opened)[-1].phase if opened else None


async def units(session: AsyncSession, cycle_id: UUID) -> list[dict[str, object]]:
    """The units of a cycle with the number of their people and their achievement, if it is set."""
    looking = (
        select(col(Appraisal.unit_id), func.count().label("members"), col(Unit.name), col(UnitPerformance.performance))
        .outerjoin(Unit, col(Unit.id) == col(Appraisal.unit_id))
        .outerjoin(
            UnitPerformance,
            (col(UnitPerformance.unit_id) == col(Appraisal.unit_id))
            & (col(UnitPerformance.cycle_id) == col(Appraisal.cycle_id)),
        )
        .where(col(Appraisal.cycle_id) == cycle_id)
        .group_by(col(Appraisal.unit_id), col(Unit.name), col(UnitPerformance.performance))
        .order_by(col(Unit.name), col(Appraisal.unit_id))
    )
    return [dict(row) for row in (await session.execute(looking)).mappings().all()]


async def review(session: AsyncSession, cycle_id: UUID) -> SystemReview | None:
    """What the office found about the system, if it has."""
    return (await session.scalars(select(SystemReview).where(col(SystemReview.cycle_id) == cycle_id))).first()
