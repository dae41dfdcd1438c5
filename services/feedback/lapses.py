"""What happens by itself when an obligation of this service lapses; a silent side, for one, does not stop the hearing."""

from collections.abc import Mapping, Sequence

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.obligations import ObligationKind
from obligations.rows import ObligationRow
from obligations.sweep import Lapse
from services.feedback.cycles.commands.progress import settle
from services.feedback.sessions.models import TrainingSession
from services.feedback.states import SessionState


async def _sessions_lapse(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Nobody reported the session."""
    missed = [row.subject_id for row in rows]
    planned = col(TrainingSession.state) == SessionState.PLANNED.value
    lapsing = update(TrainingSession).where(col(TrainingSession.id).in_(missed), planned)
    await session.execute(lapsing.values(state=SessionState.LAPSED.value))


async def _look_again(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """The phase still waits for objections on their way and for results, not for obligations alone."""
    for tenant_id, cycle_id, phase in {(row.tenant_id, row.cycle_id, row.phase) for row in rows}:
        settle(session, tenant_id=tenant_id, cycle_id=cycle_id, phase=Phase(phase))


LAPSES: Mapping[ObligationKind, Lapse] = {
    ObligationKind.HOLD_SESSION: _sessions_lapse,
    ObligationKind.GIVE_STATEMENT: _look_again,
    ObligationKind.DECIDE_OBJECTION: _look_again,
    ObligationKind.PLAN_DEVELOPMENT: _look_again,
}
"""ACKNOWLEDGE_STANDARD, GIVE_FEEDBACK, ANSWER_IDEA and ANSWER_CLARIFICATION lapse without anything to do."""
