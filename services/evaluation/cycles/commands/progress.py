"""What a phase still waits for here beside open obligations, and the event that wakes the workflow when nothing is left."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.activities import PhaseState
from contracts.base import Phase
from contracts.evaluation.obligations import OBLIGATIONS
from obligations import queries as obligations
from obligations.clearing import emit_when_cleared
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import NOT_FINAL, UNSIGNED, AppraisalState

_WAITED_FOR: dict[Phase, tuple[AppraisalState, ...]] = {
    Phase.EVALUATION: (AppraisalState.OPEN,),
    Phase.MODERATION: (AppraisalState.MODERATION,),
    Phase.DISCLOSURE: (*UNSIGNED, AppraisalState.ISSUED),
    Phase.FINALISATION: NOT_FINAL,
}
"""States of an appraisal that keep a phase from being done."""


async def state(session: AsyncSession, cycle_id: UUID, phase: Phase) -> PhaseState:
    """What this service still waits for in a phase."""
    waiting = await _waiting(session, cycle_id, phase)
    in_phase = await obligations.count_open(session, cycle_id, phase)
    return PhaseState(owed=in_phase + waiting, in_cycle=await obligations.count_open(session, cycle_id))


async def not_final(session: AsyncSession, cycle_id: UUID) -> int:
    """Appraisals without a final result."""
    return await _waiting(session, cycle_id, Phase.FINALISATION)


def watch(session: AsyncSession, *, tenant_id: str, cycle_id: UUID, phase: Phase) -> None:
    """Look at the end of the transaction whether the phase is cleared.

    Takes the place of the kit's own look at the same phase, which knows of obligations only.
    """
    emit_when_cleared(
        session,
        OBLIGATIONS,
        tenant_id=tenant_id,
        cycle_id=cycle_id,
        phase=phase,
        surely_waits=_some_wait,
        waits=_anybody_waits,
    )


async def _anybody_waits(session: AsyncSession, cycle_id: UUID, phase: Phase) -> bool:
    return (await state(session, cycle_id, phase)).owed > 0


def _is_waiting(cycle_id: UUID, phase: Phase) -> ColumnElement[bool]:
    states = [state.value for state in _WAITED_FOR.get(phase, ())]
    return (col(Appraisal.cycle_id) == cycle_id) & col(Appraisal.state).in_(states)


async def _waiting(session: AsyncSession, cycle_id: UUID, phase: Phase) -> int:
    if phase not in _WAITED_FOR:
        return 0
    # The index (tenant, cycle, state) is made for this count: it is asked after nearly every command of a phase.
    counting = select(func.count()).select_from(Appraisal).where(_is_waiting(cycle_id, phase))
    waiting: int = (await session.execute(counting)).scalar_one()
    return waiting


_FEW = 64
"""So few left that the last ones may be changing at the same time: only then is the lock worth taking."""


async def _some_wait(session: AsyncSession, cycle_id: UUID, phase: Phase) -> bool:
    """Surely more than a few: a cheap look at the index, since counting them all for each would be quadratic."""
    far = select(exists(select(col(Appraisal.id)).where(_is_waiting(cycle_id, phase)).offset(_FEW)))
    return bool((await session.execute(far)).scalar_one())
