"""Cycles with their phases, and how many people take part."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.keyset import Found, Window, read
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.cycles.models import Cycle, CyclePhase


async def page(session: AsyncSession, *, window: Window) -> Found[Cycle]:
    """A page of cycles, oldest first."""
    return await read(session, select(Cycle), col(Cycle.id), window=window)


async def phases(session: AsyncSession, cycle_id: UUID) -> Sequence[CyclePhase]:
    """The phases in their order."""
    looking = select(CyclePhase).where(col(CyclePhase.cycle_id) == cycle_id).order_by(col(CyclePhase.ordinal))
    return (await session.scalars(looking)).all()


def current(rows: Sequence[CyclePhase]) -> str | None:
    """The phase that has opened and not ended, or the last that has opened."""
    opened = [row for row in rows if row.opened_at is not None]
    still = [row for row in opened if row.closed_at is None]
    return (still or opened)[-1].phase if opened else None


async def count_members(session: AsyncSession, cycle_id: UUID) -> int:
    """How many take part."""
    counting = select(func.count()).select_from(Appraisal).where(col(Appraisal.cycle_id) == cycle_id)
    counted: int = (await session.execute(counting)).scalar_one()
    return counted
