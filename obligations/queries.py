"""Who owes what: how many obligations are open in a cycle, and whether a person is the debtor of one."""

from uuid import UUID

from sqlalchemy import bindparam, func, literal, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.obligations import ObligationKind
from obligations.rows import IS_OPEN, ROWS, ObligationRow

_OWED_IN_PHASE = select(literal(1)).where(
    ROWS.c.cycle_id == bindparam("cycle_id"), ROWS.c.phase == bindparam("phase"), IS_OPEN
)

_COUNT_UP_TO = select(func.count()).select_from(_OWED_IN_PHASE.limit(bindparam("most")).subquery())


async def count_up_to(session: AsyncSession, cycle_id: UUID, phase: Phase, most: int) -> int:
    asked = {"cycle_id": cycle_id, "phase": phase.value, "most": most + 1}
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


_HOLDS = (
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
    return (await session.execute(_HOLDS, asked)).first() is not None
