"""Which answers can be judged, and how many of them are right."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from contracts.policy import Question
from kit.errors import Invalid, Refused

FIRST_OF_OFFICE = 1_001
"""Numbers below it are for the policy's own, whenever those are laid out."""


def chosen(asked: Mapping[UUID, Question], answers: Sequence[tuple[UUID, int]]) -> dict[UUID, int]:
    """The option of each question; raises Refused without questions, Invalid unless each is answered once."""
    if not asked:
        raise Refused("this cycle has no quiz", "siklus ini tidak memiliki kuis")
    given = [question_id for question_id, _ in answers]
    errors = [
        {"where": f"answers.{number}", "detail": wrong}
        for number, (question_id, option) in enumerate(answers)
        if (wrong := _wrong(asked.get(question_id), option, times=given.count(question_id)))
    ]
    errors += [{"where": f"answers.{one}", "detail": "not answered"} for one in asked if one not in given]
    if errors:
        raise Invalid(
            f"answer each of the {len(asked)} questions once, with one of its options",
            f"jawab setiap soal ({len(asked)}) satu kali dengan salah satu pilihannya",
            errors=errors,
        )
    return dict(answers)


def _wrong(question: Question | None, option: int, *, times: int) -> str | None:
    if question is None:
        return "no question of this quiz"
    if times > 1:
        return "answered more than once"
    return None if option <= len(question.options) else f"it has {len(question.options)} options"


def right(asked: Mapping[UUID, Question], picked: Mapping[UUID, int]) -> int:
    """How many answers are right."""
    return sum(asked[question_id].right == option for question_id, option in picked.items())
