"""When a provisional result may be asked about, and what an answer must bring."""

from datetime import UTC, datetime, timedelta

import pytest

from contracts.base import Rating
from kit.errors import Invalid, Refused
from services.feedback.clarifications.rules import MOVES, ClarificationState, check_answer, is_open, may_clarify

UNTIL = datetime(2026, 7, 24, 16, 59, 59, tzinfo=UTC)


def test_a_question_is_possible_while_the_result_is_provisional() -> None:
    may_clarify(enabled=True, issued=False, clarify_until=UNTIL, now=UNTIL)


@pytest.mark.parametrize(
    ("enabled", "issued", "seconds", "words"),
    [
        (False, False, 0, "no clarification step"),
        (True, True, 0, "objection"),
        (True, False, 1, "closed on 2026-07-24"),
    ],
)
def test_else_no_question(enabled: bool, issued: bool, seconds: int, words: str) -> None:  # noqa: FBT001
    with pytest.raises(Refused, match=words):
        may_clarify(enabled=enabled, issued=issued, clarify_until=UNTIL, now=UNTIL + timedelta(seconds=seconds))


def test_an_answer_explains_or_amends() -> None:
    explained, amended = ClarificationState.EXPLAINED, ClarificationState.AMENDED
    check_answer(explained, result_rating=None, behaviour_rating=None, issued=True)
    check_answer(amended, result_rating=Rating.MEETS, behaviour_rating=Rating.MEETS, issued=False)
    with pytest.raises(Invalid):
        check_answer(explained, result_rating=Rating.MEETS, behaviour_rating=None, issued=False)
    with pytest.raises(Invalid):
        check_answer(amended, result_rating=Rating.MEETS, behaviour_rating=None, issued=False)
    with pytest.raises(Invalid):
        check_answer(ClarificationState.OPEN, result_rating=None, behaviour_rating=None, issued=False)
    with pytest.raises(Refused, match="objection"):
        check_answer(amended, result_rating=Rating.MEETS, behaviour_rating=Rating.MEETS, issued=True)


def test_a_question_is_answered_once() -> None:
    assert [state for state in ClarificationState if is_open(state)] == [ClarificationState.OPEN]
    assert set(MOVES[ClarificationState.OPEN].values()) == {ClarificationState.EXPLAINED, ClarificationState.AMENDED}
