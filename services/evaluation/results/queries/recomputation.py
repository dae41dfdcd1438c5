"""Makes stored results again from their traces, a page at a time; nothing is written."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.keyset import Found, Window, read
from scoring.recomputation import StoredResult, differences
from scoring.trace import Step
from services.evaluation.results.models import Result


class Recomputed(NamedTuple):
    """A result, and what of it does not follow from its trace."""

    result: Result
    differences: tuple[str, ...]


async def recompute(session: AsyncSession, cycle_id: UUID, *, window: Window) -> Found[Recomputed]:
    """Recompute the next results of the cycle, every version of each, from its row alone; counts the cycle's."""
    looking = select(Result).where(col(Result.cycle_id) == cycle_id)
    found = await read(session, looking, col(Result.id), window=window, counted=True)
    return Found([Recomputed(row, _differences(row)) for row in found.items], found.next, found.total)


def _differences(row: Result) -> tuple[str, ...]:
    """A trace that cannot even be read differs as well."""
    try:
        # Stored as JSON for years: read with today's classes, which is half of what this is to prove.
        trace = [Step.model_validate(step) for step in row.trace]
        return differences(trace, StoredResult.model_validate(row, from_attributes=True))
    except (ValueError, KeyError, ArithmeticError) as error:
        return (f"the trace cannot be read: {error}",)
