"""What a phase still waits for in this service: open obligations, objections on their way, results not yet final."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, literal, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.obligations import OUTLIVING
from directory.models import Member
from obligations import queries as obligations
from obligations.rows import ObligationRow
from services.feedback.objections.models import Objection
from services.feedback.results.models import ResultCopy


async def owed(session: AsyncSession, cycle_id: UUID, phase: Phase) -> int:
    """Open obligations of the phase, objections on their way to a decision, and results that are not final yet."""
    waiting = await obligations.count_open(session, cycle_id, phase) - await _outliving(session, cycle_id, phase)
    if phase is Phase.OBJECTION:
        return waiting + await _hearings(session, cycle_id)
    if phase is Phase.FOLLOW_UP:
        return waiting + await _unfinished(session, cycle_id)
    return waiting


async def owed_in_cycle(session: AsyncSession, cycle_id: UUID) -> int:
    """The same for all phases: a cycle must not close before the consequences of its last result were looked at."""
    waiting = await _hearings(session, cycle_id) + await _unfinished(session, cycle_id)
    return waiting + await obligations.count_open(session, cycle_id) - await _outliving(session, cycle_id)


async def anybody_waits(session: AsyncSession, cycle_id: UUID, phase: Phase) -> bool:
    """Whether anything of the phase is left."""
    return await owed(session, cycle_id, phase) > 0


async def surely_waits(session: AsyncSession, cycle_id: UUID, phase: Phase) -> bool:
    """Whether a cheap look is enough to know that the phase still waits; False says nothing."""
    # Each final result asks. Counting every member each time would be quadratic; one row of the partial index
    # ix_result_copies_awaited, whose condition these two columns repeat, is enough to know that it waits.
    if phase is not Phase.FOLLOW_UP:
        return False
    awaited = exists().where(
        col(ResultCopy.cycle_id) == cycle_id, ~col(ResultCopy.finalised), ~col(ResultCopy.superseded)
    )
    return bool((await session.execute(select(awaited))).scalar_one())


async def _outliving(session: AsyncSession, cycle_id: UUID, phase: Phase | None = None) -> int:
    """Obligations that no cycle waits for: months of improvement go on when the cycle they came from is closed."""
    counting = (
        select(func.count())
        .select_from(ObligationRow)
        .where(
            col(ObligationRow.cycle_id) == cycle_id,
            col(ObligationRow.state) == "OPEN",
            col(ObligationRow.kind).in_([kind.value for kind in sorted(OUTLIVING)]),
        )
    )
    if phase is not None:
        counting = counting.where(col(ObligationRow.phase) == phase.value)
    count: int = (await session.execute(counting)).scalar_one()
    return count


async def _hearings(session: AsyncSession, cycle_id: UUID) -> int:
    """Objections about which nobody may owe anything at this moment, although they are not decided."""
    # Literal words, not the enum: they repeat the condition of the partial index ix_objections_waiting.
    waiting = (
        select(func.count())
        .select_from(Objection)
        .where(col(Objection.cycle_id) == cycle_id, col(Objection.state).in_(("FILED", "HEARING")))
    )
    count: int = (await session.execute(waiting)).scalar_one()
    return count


async def _unfinished(session: AsyncSession, cycle_id: UUID) -> int:
    """Members without a final result: only with the last one all consequences are known."""
    unfinished = select(func.count()).select_from(Member).where(col(Member.cycle_id) == cycle_id, ~_is_final())
    count: int = (await session.execute(unfinished)).scalar_one()
    return count


def _is_final() -> ColumnElement[bool]:
    final = select(literal(1)).where(
        col(ResultCopy.appraisal_id) == col(Member.appraisal_id), col(ResultCopy.finalised)
    )
    return final.correlate(Member).exists()
