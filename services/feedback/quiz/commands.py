"""Questions laid out from the policy, added and retired by the office; answers judged, of which the score alone is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.feedback.learning import QuestionKept, QuestionRetired
from contracts.policy import Question
from kit.access import require_role
from kit.db import clock
from kit.outbox import emit
from services.feedback import lessons
from services.feedback.cycles.queries.context import CycleContext, open_cycle, own_membership
from services.feedback.quiz.models import QuizQuestion, QuizScore
from services.feedback.quiz.queries import locked, questions
from services.feedback.quiz.rules import chosen, right

_WHAT = ("keep questions of the quiz", "mengelola soal kuis")
# In the order of the questions: two who answer at once take the same counters in the same order.
_COUNT = text(
    """
    insert into quiz_counts (tenant_id, question_id, option, people)
    select :tenant, one.question, one.option, 1
    from unnest(cast(:questions as uuid[]), cast(:options as smallint[])) as one(question, option)
    order by one.question, one.option
    on conflict (tenant_id, question_id, option) do update set people = quiz_counts.people + 1
    """
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One attempt: what was asked and chosen, and the score after it."""

    asked: Mapping[UUID, Question]
    chosen: Mapping[UUID, int]
    score: QuizScore


async def answer(session: AsyncSession, cycle_id: UUID, *, answers: Sequence[tuple[UUID, int]]) -> Judged:
    """Judge the answers of the acting person, who may answer again; nothing of it is emitted, because it is nobody else's."""
    await open_cycle(session, cycle_id)
    mine = await own_membership(session, cycle_id)
    asked = await questions(session, cycle_id)
    picked = chosen(asked, answers)
    score = await _scored(session, cycle_id, mine.servant_id, mine.tenant_id, right(asked, picked), len(asked))
    if score.attempts == 1:
        values = {"tenant": mine.tenant_id, "questions": list(picked), "options": list(picked.values())}
        await session.execute(_COUNT, values)
    return Judged(asked, picked, score)


async def _scored(
    session: AsyncSession, cycle_id: UUID, servant_id: UUID, tenant_id: str, correct: int, asked: int
) -> QuizScore:
    row = {
        "tenant_id": tenant_id,
        "cycle_id": cycle_id,
        "servant_id": servant_id,
        "attempts": 1,
        "best": 100 * correct // asked,
        "last": correct,
        "asked": asked,
        "answered_at": clock(session).now(),
    }
    keeping = insert(QuizScore).values(row)
    new = keeping.excluded
    again = {
        "attempts": col(QuizScore.attempts) + 1,
        "best": func.greatest(col(QuizScore.best), new.best),
        "last": new.last,
        "asked": new.asked,
        "answered_at": new.answered_at,
    }
    upsert = keeping.on_conflict_do_update(index_elements=["tenant_id", "cycle_id", "servant_id"], set_=again)
    options = {"populate_existing": True}
    return (await session.scalars(upsert.returning(QuizScore), execution_options=options)).one()


async def lay_out(session: AsyncSession, context: CycleContext) -> None:
    """The questions of the policy."""
    await lessons.lay_out(session, context, QuizQuestion, context.policy.learning.quiz)


async def keep(session: AsyncSession, cycle_id: UUID, question: Question) -> QuizQuestion:
    """Add a question to the quiz of a cycle."""
    kept = await lessons.added(session, cycle_id, QuizQuestion, question, what=_WHAT)
    emit(session, QuestionKept(**_about(kept), text=question.text.id))
    return kept


async def retire(session: AsyncSession, question_id: UUID) -> QuizQuestion:
    """Ask it no more."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=_WHAT)
    found = await locked(session, question_id)
    if lessons.retired(session, found):
        emit(session, QuestionRetired(**_about(found)))
    return found


def _about(question: QuizQuestion) -> dict[str, Any]:
    return {"tenant_id": question.tenant_id, "cycle_id": question.cycle_id, "question_id": question.id}
