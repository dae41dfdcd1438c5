"""Which answers can be judged, and how many of them are right."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from contracts.policy import Question
from kit.errors import Invalid, Refused, fault


def chosen(asked: Mapping[UUID, Question], answers: Sequence[tuple[UUID, int]]) -> dict[UUID, int]:
    """The option of each question; raises Refused without questions, Invalid unless each is answered once."""
    if not asked:
        raise Refused("this cycle has no quiz", "siklus ini tidak memiliki kuis")
    given = [question_id for question_id, _ in answers]
    errors = [
        fault(f"answers.{number}", *wrong)
        for number, (question_id, option) in enumerate(answers)
        if (wrong := _wrong(asked.get(question_id), option, times=given.count(question_id)))
    ]
    errors += [fault(f"answers.{one}", "not answered", "belum dijawab") for one in asked if one not in given]
    if errors:
        raise Invalid(
            f"answer each of the {len(asked)} questions once, with one of its options",
            f"jawab setiap soal ({len(asked)}) satu kali dengan salah satu pilihannya",
            errors=errors,
        )
    return dict(answers)


def _wrong(question: Question | None, option: int, *, times: int) -> tuple[str, str] | None:
    if question is None:
        return "no question of this quiz", "bukan soal kuis ini"
    if times > 1:
        return "answered more than once", "dijawab lebih dari sekali"
    there = len(question.options)
    return None if option <= there else (f"it has {there} options", f"pilihannya ada {there}")


def right(asked: Mapping[UUID, Question], picked: Mapping[UUID, int]) -> int:
    """How many answers are right."""
    return sum(asked[question_id].right == option for question_id, option in picked.items())
