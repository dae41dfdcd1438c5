"""Routes of the quiz."""

from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, Field

from contracts.base import Relation, Words
from contracts.policy import Question
from contracts.policy.learning import MOST_OPTIONS
from kit import web
from kit.access import permits
from services.feedback.quiz import commands, queries
from services.feedback.quiz.models import QuizQuestion, QuizScore

router = web.router(tags=["learning"])

_ALIKE = "the quiz is for everybody"


class AskedQuestion(BaseModel):
    """A question without its answer."""

    id: UUID
    text: Words
    options: list[Words]


class QuizResponse(BaseModel):
    """What is asked, and how one did so far."""

    questions: list[AskedQuestion]
    attempts: int
    best: int | None
    """Per cent."""


class QuizAnswer(BaseModel):
    """The option that somebody chose."""

    question_id: UUID
    option: int = Field(ge=1, le=MOST_OPTIONS)
    """1 for the first."""


class QuizAnswersRequest(BaseModel):
    """An option for each question."""

    answers: list[QuizAnswer] = Field(min_length=1, max_length=500)


class JudgedQuestion(AskedQuestion):
    """A question with what was chosen, what is right, and why."""

    chosen: int
    right: int
    is_right: bool
    why: Words


class QuizScoreResponse(BaseModel):
    """How an attempt went, for whoever made it."""

    attempt: int
    right: int
    asked: int
    best: int
    """Per cent, of all attempts."""
    questions: list[JudgedQuestion]

    @classmethod
    def of(cls, judged: commands.Judged) -> "QuizScoreResponse":
        """Made from what was judged."""
        score: QuizScore = judged.score
        return cls(
            attempt=score.attempts,
            right=score.last,
            asked=score.asked,
            best=score.best,
            questions=[_judged(one, question, judged.chosen[one]) for one, question in judged.asked.items()],
        )


def _judged(question_id: UUID, question: Question, option: int) -> JudgedQuestion:
    return JudgedQuestion(
        id=question_id,
        text=question.text,
        options=list(question.options),
        chosen=option,
        right=question.right,
        is_right=option == question.right,
        why=question.why,
    )


class QuizQuestionRequest(Question):
    """A question with one right option."""


class QuizQuestionResponse(Question):
    """A question as the office keeps it."""

    id: UUID
    number: int
    of_policy: bool
    retired: bool

    @classmethod
    def of(cls, row: QuizQuestion) -> "QuizQuestionResponse":
        """From its row."""
        content = Question.model_validate(row.content).model_dump()
        retired = row.retired_at is not None
        return cls(**content, id=row.id, number=row.number, of_policy=row.kept_by is None, retired=retired)


class CountedQuestion(Question):
    """A question, and how many chose each option when they answered for the first time."""

    id: UUID
    of_policy: bool
    chosen: list[int] | None


class QuizCountsResponse(BaseModel):
    """The quiz in numbers; None of fewer people than ``minimum``."""

    minimum: int
    people: int | None
    attempts: int | None
    mean_best: Decimal | None
    """Per cent."""
    questions: list[CountedQuestion]


@router.get("/cycles/{cycle_id}/quiz", summary="The quiz, and how one did so far", **permits(Relation.ANYONE))
async def read(cycle_id: UUID, session: web.Session) -> QuizResponse:
    asked = await queries.asked(session, cycle_id)
    score = await queries.own_score(session, cycle_id)
    return QuizResponse(
        questions=[AskedQuestion(id=one, text=q.text, options=list(q.options)) for one, q in asked.items()],
        attempts=score.attempts if score else 0,
        best=score.best if score else None,
    )


@router.post(
    "/cycles/{cycle_id}/quiz",
    status_code=201,
    summary="Answer the quiz, and be told what was right and why",
    **permits(Relation.ANYONE, note="whoever takes part in the cycle, as often as he or she likes"),
)
async def answer(cycle_id: UUID, body: QuizAnswersRequest, session: web.Session) -> QuizScoreResponse:
    given = [(one.question_id, one.option) for one in body.answers]
    return QuizScoreResponse.of(await commands.answer(session, cycle_id, answers=given))


@router.get(
    "/cycles/{cycle_id}/quiz/counts",
    summary="How the quiz went, in counts (office, leadership)",
    **permits(Relation.OFFICE, Relation.LEADER, note="never who answered what; no number of a few people"),
)
async def read_counts(cycle_id: UUID, session: web.Session) -> QuizCountsResponse:
    found = await queries.counts(session, cycle_id)
    listed = [
        CountedQuestion(
            **one.question.model_dump(),
            id=one.id,
            of_policy=one.of_policy,
            chosen=None if one.chosen is None else list(one.chosen),
        )
        for one in found.questions
    ]
    return QuizCountsResponse(
        minimum=found.minimum,
        people=found.people,
        attempts=found.attempts,
        mean_best=found.mean_best,
        questions=listed,
    )


@router.post(
    "/cycles/{cycle_id}/quiz-questions",
    status_code=201,
    summary="Add a question to the quiz (office)",
    **permits(Relation.OFFICE, alike=_ALIKE),
)
async def keep(cycle_id: UUID, body: QuizQuestionRequest, session: web.Session) -> QuizQuestionResponse:
    return QuizQuestionResponse.of(await commands.keep(session, cycle_id, body))


@router.post(
    "/quiz-questions/{question_id}/retirement",
    summary="Ask a question no more (office)",
    **permits(Relation.OFFICE, alike=_ALIKE),
)
async def retire(question_id: UUID, session: web.Session) -> QuizQuestionResponse:
    return QuizQuestionResponse.of(await commands.retire(session, question_id))
