"""What happened in a cycle, in numbers, for the performance office and the city's leadership."""

from uuid import UUID

from sqlalchemy import Select, func, select
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from directory.queries import known_cycle
from kit.access import require_role
from kit.columns import table_of
from services.feedback.clarifications.models import Clarification
from services.feedback.clarifications.rules import ClarificationState
from services.feedback.development.models import DevelopmentAction, Recognition
from services.feedback.development.rules.states import ActionState, RecognitionState
from services.feedback.feedback.models import FeedbackItem
from services.feedback.feedback.rules import Direction
from services.feedback.ideas.models import Idea
from services.feedback.objections.models import Objection
from services.feedback.objections.rules.states import Stage
from services.feedback.quiz.models import QuizScore
from services.feedback.sessions.models import Acknowledgement, Attendance, TrainingSession
from services.feedback.sessions.rules import SessionState
from services.feedback.survey.models import SurveyTurn

Counts = dict[str, int]


async def summary(session: AsyncSession, cycle_id: UUID) -> Counts:
    """Counts of everything this service has of a cycle; raises NotFound if the city has none such."""
    what = ("read the summary", "membaca ringkasan")
    require_role(session, Role.PERFORMANCE_OFFICE, Role.CITY_LEADER, what=what)
    await known_cycle(session, cycle_id)
    return (
        await _sessions(session, cycle_id)
        | await _feedback(session, cycle_id)
        | await _ideas(session, cycle_id)
        | await _answered(session, cycle_id)
        | await _clarifications(session, cycle_id)
        | await _objections(session, cycle_id)
        | await _consequences(session, cycle_id)
    )


async def _sessions(session: AsyncSession, cycle_id: UUID) -> Counts:
    states = await _by_word(session, TrainingSession, TrainingSession.state, cycle_id)
    # Attendances know their session only, so the cycle comes by way of it.
    came = (
        select(func.count())
        .select_from(Attendance)
        .join(TrainingSession, col(TrainingSession.id) == col(Attendance.session_id))
        .where(col(TrainingSession.cycle_id) == cycle_id)
    )
    read = select(func.count()).select_from(Acknowledgement).where(col(Acknowledgement.cycle_id) == cycle_id)
    return {
        "sessions": sum(states.values()),
        "sessions_held": states.get(SessionState.HELD, 0),
        "sessions_lapsed": states.get(SessionState.LAPSED, 0),
        "attendance": await _one(session, came),
        "acknowledgements": await _one(session, read),
    }


async def _feedback(session: AsyncSession, cycle_id: UUID) -> Counts:
    ways = await _by_word(session, FeedbackItem, FeedbackItem.direction, cycle_id)
    return {"feedback": sum(ways.values())} | {f"feedback_{way.lower()}": ways.get(way, 0) for way in Direction}


async def _ideas(session: AsyncSession, cycle_id: UUID) -> Counts:
    counting = select(func.count(), func.count(col(Idea.answer)), func.count().filter(col(Idea.adopted).is_(True)))
    row = (await session.execute(counting.where(col(Idea.cycle_id) == cycle_id))).one()
    return dict(zip(("ideas_submitted", "ideas_answered", "ideas_adopted"), row, strict=True))


async def _answered(session: AsyncSession, cycle_id: UUID) -> Counts:
    """How many had their turn in the quiz and in the survey of the system; never with what."""
    quiz = select(func.count()).select_from(QuizScore).where(col(QuizScore.cycle_id) == cycle_id)
    survey = select(func.count()).select_from(SurveyTurn).where(col(SurveyTurn.cycle_id) == cycle_id)
    return {"quiz_answered": await _one(session, quiz), "survey_answered": await _one(session, survey)}


async def _clarifications(session: AsyncSession, cycle_id: UUID) -> Counts:
    states = await _by_word(session, Clarification, Clarification.state, cycle_id)
    named = {f"clarifications_{state.lower()}": states.get(state, 0) for state in ClarificationState}
    return {"clarifications": sum(states.values())} | named


async def _objections(session: AsyncSession, cycle_id: UUID) -> Counts:
    states = await _by_word(session, Objection, Objection.state, cycle_id)
    ended = (Stage.UPHELD, Stage.AMENDED, Stage.WITHDRAWN)
    named = {f"objections_{state.lower()}": states.get(state, 0) for state in ended}
    return {"objections_filed": sum(states.values())} | named


async def _consequences(session: AsyncSession, cycle_id: UUID) -> Counts:
    """What followed from a result that got a newer version is counted apart: it follows anew from that one."""
    actions = await _by_word(session, DevelopmentAction, DevelopmentAction.state, cycle_id)
    recognised = await _by_word(session, Recognition, Recognition.state, cycle_id)
    completed = actions.get(ActionState.COMPLETED, 0)
    actions_superseded = actions.pop(ActionState.SUPERSEDED, 0)
    recognitions_superseded = recognised.pop(RecognitionState.SUPERSEDED, 0)
    return {
        "development_actions": sum(actions.values()),
        "development_planned": actions.get(ActionState.PLANNED, 0) + completed,
        "development_completed": completed,
        "development_superseded": actions_superseded,
        "recognitions": sum(recognised.values()),
        "recognitions_approved": recognised.get(RecognitionState.APPROVED, 0),
        "recognitions_declined": recognised.get(RecognitionState.DECLINED, 0),
        "recognitions_superseded": recognitions_superseded,
    }


async def _by_word(session: AsyncSession, table: type[SQLModel], word: str, cycle_id: UUID) -> Counts:
    """How many rows of a cycle carry each word of one column."""
    # One grouped statement for all words: a state that is added is counted without a line here.
    cycle = table_of(table).c.cycle_id
    counting = select(col(word), func.count()).where(cycle == cycle_id).group_by(col(word))
    return {str(value): count for value, count in (await session.execute(counting)).all()}


async def _one(session: AsyncSession, counting: Select[int]) -> int:
    count: int = (await session.execute(counting)).scalar_one()
    return count
