"""Makes stored results again from their traces, a page at a time; nothing is written."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from scoring.recomputation import StoredResult, differences
from scoring.trace import Step
from services.evaluation.results.models import Result


class Differing(NamedTuple):
    """A result that does not follow from its trace."""

    result: Result
    differences: tuple[str, ...]


class Recomputed(NamedTuple):
    """One page of a cycle's results, every version of each."""

    total: int
    """Of the whole cycle."""
    checked: int
    differing: list[Differing]
    last: UUID | None


async def recompute(session: AsyncSession, cycle_id: UUID, *, after: UUID | None, limit: int) -> Recomputed:
    """Recompute the next results of the cycle, each from its row alone."""
    of_cycle = col(Result.cycle_id) == cycle_id
    total = (await session.execute(select(func.count()).select_from(Result).where(of_cycle))).scalar_one()
    looking = select(Result).where(of_cycle).order_by(col(Result.id)).limit(limit)
    if after is not None:
        looking = looking.where(col(Result.id) > after)
    rows: Sequence[Result] = (await session.scalars(looking)).all()
    found = [Differing(row, _differences(row)) for row in rows]
    return Recomputed(total, len(rows), [one for one in found if one.differences], rows[-1].id if rows else None)


def _differences(row: Result) -> tuple[str, ...]:
    """A trace that cannot even be read differs as well."""
    try:
        trace = [Step.model_validate(step) for step in row.trace]
        return differences(trace, StoredResult.model_validate(row, from_attributes=True))
    except (ValueError, KeyError, ArithmeticError) as error:
        return (f"the trace cannot be read: {error}",)
