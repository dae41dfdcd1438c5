"""Who owes what: how many obligations are open in a cycle, and whether a person is the debtor of one."""

from uuid import UUID

from sqlalchemy import bindparam, func, literal, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.obligations import ObligationKind
from obligations.rows import IS_OPEN, ROWS, ObligationRow

_FEW = 64
"""So few left that the last ones may be closing at the same time: only then is a lock worth taking."""
_OPEN_IN_PHASE = select(literal(1)).where(
    ROWS.c.cycle_id == bindparam("cycle_id"), ROWS.c.phase == bindparam("phase"), IS_OPEN
)
# The limit inside: with a hundred thousand still open, whoever closes one must not count them all.
_COUNT_UP_TO = select(func.count()).select_from(_OPEN_IN_PHASE.limit(bindparam("most")).subquery())


async def more_than_a_few_open(session: AsyncSession, cycle_id: UUID, phase: Phase) -> bool:
    """Whether so much is open in a phase that it cannot be cleared at this moment."""
    return await _count_up_to(session, cycle_id, phase, _FEW + 1) > _FEW


async def anything_open(session: AsyncSession, cycle_id: UUID, phase: Phase) -> bool:
    """Whether anything is open in a phase."""
    return await _count_up_to(session, cycle_id, phase, 1) > 0


async def _count_up_to(session: AsyncSession, cycle_id: UUID, phase: Phase, most: int) -> int:
    asked = {"cycle_id": cycle_id, "phase": phase.value, "most": most}
    counted: int = (await session.execute(_COUNT_UP_TO, asked)).scalar_one()
    return counted


async def count_open(session: AsyncSession, cycle_id: UUID, phase: Phase | None = None) -> int:
    """How many obligations of a cycle (of one phase of it) are open in this service."""
    counting = (
        select(func.count())
        .select_from(ObligationRow)
        .where(col(ObligationRow.cycle_id) == cycle_id, col(ObligationRow.state) == "OPEN")
    )
    if phase is not None:
        counting = counting.where(col(ObligationRow.phase) == phase.value)
    counted: int = (await session.execute(counting)).scalar_one()
    return counted


_OWES = (
    select(literal(1))
    .where(
        ROWS.c.kind == bindparam("kind"),
        ROWS.c.subject_id == bindparam("subject_id"),
        ROWS.c.debtor_id == bindparam("person_id"),
        IS_OPEN,
    )
    .limit(1)
)


async def owes(session: AsyncSession, kind: ObligationKind, subject_id: UUID, person_id: UUID) -> bool:
    """Whether this person owes this obligation now, as the first debtor or after a hand-over."""
    asked = {"kind": kind.value, "subject_id": subject_id, "person_id": person_id}
    return (await session.execute(_OWES, asked)).first() is not None
