"""What happens by itself when an obligation of this service lapses; a silent side, for one, does not stop the hearing."""

from collections.abc import Mapping, Sequence

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from obligations.rows import ObligationRow
from obligations.sweep import Lapse
from services.feedback.cycles.commands.clearing import check_cleared_of
from services.feedback.sessions.models import TrainingSession
from services.feedback.sessions.rules import Act, SessionState, before


async def _sessions_lapse(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Nobody reported the session."""
    missed = [row.subject_id for row in rows]
    # Not those reported meanwhile: the sweep locked the obligations, not the sessions. Who reports one at the same moment
    # has locked the session and waits for the obligation: PostgreSQL ends one of the two, which runs again.
    planned = col(TrainingSession.state).in_(before(Act.LAPSE))
    lapsing = update(TrainingSession).where(col(TrainingSession.id).in_(missed), planned)
    await session.execute(lapsing.values(state=SessionState.LAPSED.value))


async def _check_cleared(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """The phase still waits for objections on their way and for results, not for obligations alone."""
    check_cleared_of(session, rows)


LAPSES: Mapping[ObligationKind, Lapse] = {
    ObligationKind.HOLD_SESSION: _sessions_lapse,
    ObligationKind.GIVE_STATEMENT: _check_cleared,
    ObligationKind.DECIDE_OBJECTION: _check_cleared,
    ObligationKind.PLAN_DEVELOPMENT: _check_cleared,
}
"""ACKNOWLEDGE_STANDARD, GIVE_FEEDBACK, ANSWER_IDEA and ANSWER_CLARIFICATION lapse without anything to do."""
