"""What happens by itself when an obligation of this service lapses; a silent side, for one, does not stop the hearing."""

from collections.abc import Mapping, Sequence

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.development import DevelopmentUnreported
from contracts.feedback.support import SupportKind, SupportLapsed
from contracts.obligations import ObligationKind
from kit.db import clock
from kit.outbox import emit
from obligations.rows import ObligationRow
from obligations.sweep import Lapse
from services.feedback.cycles.commands.clearing import check_cleared_of
from services.feedback.development.models import DevelopmentAction
from services.feedback.development.rules.states import ActionState
from services.feedback.sessions.models import TrainingSession
from services.feedback.sessions.rules import Act, SessionState, before
from services.feedback.support.models import SupportRequest


async def _sessions_lapse(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Nobody reported the session."""
    missed = [row.subject_id for row in rows]
    # Not those reported meanwhile: the sweep locked the obligations, not the sessions. Who reports one at the same moment
    # has locked the session and waits for the obligation: PostgreSQL ends one of the two, which runs again.
    planned = col(TrainingSession.state).in_(before(Act.LAPSE))
    lapsing = update(TrainingSession).where(col(TrainingSession.id).in_(missed), planned)
    await session.execute(lapsing.values(state=SessionState.LAPSED.value))


async def _support_lapses(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Nobody answered: the request ends here, which its servant is told, who may carry it on."""
    ending = (
        update(SupportRequest)
        .where(col(SupportRequest.id).in_([row.subject_id for row in rows]), col(SupportRequest.answer).is_(None))
        .values(ended_at=clock(session).now())
        .returning(SupportRequest)
    )
    ended = (await session.scalars(ending, execution_options={"synchronize_session": False})).all()
    for one in sorted(ended, key=lambda one: one.id):
        lapsed = SupportLapsed(
            tenant_id=one.tenant_id,
            cycle_id=one.cycle_id,
            servant_id=one.servant_id,
            request_id=one.id,
            leader_id=one.leader_id,
            kind=SupportKind(one.kind),
        )
        emit(session, lapsed)


async def _actions_lapse(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Nobody recorded what came of it: that is its end, and a late record still takes its place."""
    planned = col(DevelopmentAction.state) == ActionState.PLANNED.value
    ending = (
        update(DevelopmentAction)
        .where(col(DevelopmentAction.id).in_([row.subject_id for row in rows]), planned)
        .values(state=ActionState.UNREPORTED.value, ended_at=clock(session).now())
        .returning(DevelopmentAction)
    )
    ended = (await session.scalars(ending, execution_options={"synchronize_session": False})).all()
    for one in sorted(ended, key=lambda one: one.id):
        unreported = DevelopmentUnreported(
            tenant_id=one.tenant_id,
            cycle_id=one.cycle_id,
            servant_id=one.servant_id,
            action_id=one.id,
            planned_by=one.planned_by or one.rater_id,
        )
        emit(session, unreported)


async def _check_cleared(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """The phase still waits for objections on their way and for results, not for obligations alone."""
    check_cleared_of(session, rows)


LAPSES: Mapping[ObligationKind, Lapse] = {
    ObligationKind.HOLD_SESSION: _sessions_lapse,
    ObligationKind.GIVE_STATEMENT: _check_cleared,
    ObligationKind.DECIDE_OBJECTION: _check_cleared,
    ObligationKind.PLAN_DEVELOPMENT: _check_cleared,
    ObligationKind.COMPLETE_DEVELOPMENT: _actions_lapse,
    ObligationKind.ANSWER_SUPPORT: _support_lapses,
}
"""ACKNOWLEDGE_STANDARD, GIVE_FEEDBACK, ANSWER_IDEA and ANSWER_CLARIFICATION lapse without anything to do."""
