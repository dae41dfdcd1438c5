"""The questions of a quiz, the own score, and what the office learns: counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.policy import Question
from directory.queries import cycle_policy, known_cycle
from kit.access import require_role
from kit.db import actor
from kit.errors import NotFound
from scoring.numbers import rounded
from services.feedback.quiz.models import QuizCount, QuizQuestion, QuizScore


async def asked(session: AsyncSession, cycle_id: UUID) -> dict[UUID, Question]:
    """The questions of a cycle that the city has; raises NotFound."""
    await known_cycle(session, cycle_id)
    return await questions(session, cycle_id)


async def questions(session: AsyncSession, cycle_id: UUID) -> dict[UUID, Question]:
    """What is asked now, in order."""
    looking = (
        select(QuizQuestion)
        .where(col(QuizQuestion.cycle_id) == cycle_id, col(QuizQuestion.retired_at).is_(None))
        .order_by(col(QuizQuestion.number))
    )
    return {row.id: Question.model_validate(row.content) for row in (await session.scalars(looking)).all()}


async def own_score(session: AsyncSession, cycle_id: UUID) -> QuizScore | None:
    """How the acting person did, if he or she has answered."""
    mine = select(QuizScore).where(col(QuizScore.cycle_id) == cycle_id, col(QuizScore.servant_id) == actor(session).id)
    return (await session.scalars(mine)).first()


async def locked(session: AsyncSession, question_id: UUID) -> QuizQuestion:
    """The question, locked; raises NotFound."""
    looking = select(QuizQuestion).where(col(QuizQuestion.id) == question_id).with_for_update()
    if (found := (await session.scalars(looking)).first()) is None:
        raise NotFound(f"no question {question_id}", f"soal {question_id} tidak ada")
    return found


@dataclass(frozen=True, slots=True)
class Counted:
    """One question: how many chose each option when they answered first; none of too few people."""

    id: UUID
    question: Question
    of_policy: bool
    chosen: Sequence[int] | None


@dataclass(frozen=True, slots=True)
class Counts:
    """The quiz in numbers; None of fewer people than ``minimum``."""

    minimum: int
    people: int | None
    attempts: int | None
    mean_best: Decimal | None
    questions: Sequence[Counted]


async def counts(session: AsyncSession, cycle_id: UUID) -> Counts:
    """How the quiz went, for the office and the leadership: never who answered what."""
    what = ("read how the quiz went", "membaca hasil kuis")
    require_role(session, Role.PERFORMANCE_OFFICE, Role.CITY_LEADER, what=what)
    await known_cycle(session, cycle_id)
    minimum = (await cycle_policy(session, cycle_id)).listening.pulse_minimum
    summing = select(
        func.count(), func.coalesce(func.sum(col(QuizScore.attempts)), 0), func.avg(col(QuizScore.best))
    ).where(col(QuizScore.cycle_id) == cycle_id)
    people, attempts, best = (await session.execute(summing)).one()
    enough = people >= minimum
    return Counts(
        minimum=minimum,
        people=people if enough else None,
        attempts=int(attempts) if enough else None,
        mean_best=rounded(Decimal(best), 1) if enough else None,
        questions=await _counted(session, cycle_id, minimum=minimum),
    )


async def _counted(session: AsyncSession, cycle_id: UUID, *, minimum: int) -> list[Counted]:
    options = (
        select(func.jsonb_object_agg(col(QuizCount.option), col(QuizCount.people)))
        .where(col(QuizCount.question_id) == col(QuizQuestion.id))
        .correlate(QuizQuestion)
        .scalar_subquery()
    )
    looking = (
        select(QuizQuestion, options)
        .where(col(QuizQuestion.cycle_id) == cycle_id, col(QuizQuestion.retired_at).is_(None))
        .order_by(col(QuizQuestion.number))
    )
    found = []
    for row, chosen in (await session.execute(looking)).all():
        question = Question.model_validate(row.content)
        numbers = [int((chosen or {}).get(str(one), 0)) for one in range(1, len(question.options) + 1)]
        shown = numbers if sum(numbers) >= minimum else None
        found.append(Counted(row.id, question, row.kept_by is None, shown))
    return found
