"""Questions laid out from the policy, added and retired by the office; answers judged, of which the score alone is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role, new_id
from contracts.feedback.learning import QuestionKept, QuestionRetired
from contracts.policy import Question
from kit.access import require_role
from kit.db import actor, clock
from kit.outbox import emit
from services.feedback.cycles.queries.context import CycleContext, open_cycle, own_membership
from services.feedback.quiz.models import QuizQuestion, QuizScore
from services.feedback.quiz.queries import locked, questions
from services.feedback.quiz.rules import FIRST_OF_OFFICE, chosen, right

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
    """The questions of the policy; a second time, or at the same time, none anew."""
    rows = [
        {
            "tenant_id": context.cycle.tenant_id,
            "id": new_id(),
            "cycle_id": context.cycle.id,
            "number": number,
            "content": one.model_dump(mode="json"),
            "kept_at": clock(session).now(),
        }
        for number, one in enumerate(context.policy.learning.quiz, start=1)
    ]
    if rows:
        await session.execute(insert(QuizQuestion).values(rows).on_conflict_do_nothing())


async def keep(session: AsyncSession, cycle_id: UUID, question: Question) -> QuizQuestion:
    """Add a question to the quiz of a cycle."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=_WHAT)
    context = await open_cycle(session, cycle_id)
    kept = QuizQuestion(
        tenant_id=context.cycle.tenant_id,
        id=new_id(),
        cycle_id=cycle_id,
        number=await _next_number(session, cycle_id),
        content=question.model_dump(mode="json"),
        kept_by=actor(session).id,
        kept_at=clock(session).now(),
    )
    session.add(kept)
    about: dict[str, Any] = {"tenant_id": kept.tenant_id, "cycle_id": cycle_id, "question_id": kept.id}
    emit(session, QuestionKept(**about, text=question.text.id))
    return kept


async def _next_number(session: AsyncSession, cycle_id: UUID) -> int:
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"quiz/{cycle_id}"))))
    newest = select(func.max(col(QuizQuestion.number))).where(
        col(QuizQuestion.cycle_id) == cycle_id, col(QuizQuestion.number) >= FIRST_OF_OFFICE
    )
    last: int | None = (await session.execute(newest)).scalar_one()
    return FIRST_OF_OFFICE if last is None else last + 1


async def retire(session: AsyncSession, question_id: UUID) -> QuizQuestion:
    """Ask it no more, the policy's own as well; asked twice, once."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=_WHAT)
    found = await locked(session, question_id)
    if found.retired_at is None:
        found.retired_at = clock(session).now()
        about: dict[str, Any] = {"tenant_id": found.tenant_id, "cycle_id": found.cycle_id, "question_id": found.id}
        emit(session, QuestionRetired(**about))
    return found
