"""How a case of improvement moves, and when its months are over."""

from datetime import date

import pytest

from contracts.feedback.improvement import ImprovementOutcome
from kit.errors import Invalid, Refused
from services.feedback.improvement import rules
from services.feedback.improvement.rules import MOVES, Act, CaseState


def test_the_table_speaks_of_every_state() -> None:
    assert set(MOVES) == set(CaseState)
    assert {state for state in CaseState if rules.is_open(state)} == {CaseState.RUNNING, CaseState.DECIDABLE}


@pytest.mark.parametrize("state", ["ENDED_WELL", "FURTHER_MEASURES", "SUPERSEDED"])
def test_a_case_that_has_ended_takes_no_review(state: str) -> None:
    with pytest.raises(Refused, match="ended"):
        rules.moved(state, Act.REVIEW)


@pytest.mark.parametrize(
    ("outcome", "months", "state"),
    [("EXTENDED", 6, "RUNNING"), ("ENDED_WELL", None, "ENDED_WELL"), ("FURTHER_MEASURES", None, "FURTHER_MEASURES")],
)
def test_the_decision_follows_when_the_months_are_over(outcome: str, months: int | None, state: str) -> None:
    decision = ImprovementOutcome(outcome)
    assert rules.decided(CaseState.DECIDABLE, decision, months) == state
    with pytest.raises(Refused, match="months are over"):
        rules.decided(CaseState.RUNNING, decision, months)
    with pytest.raises(Refused, match="newer version"):
        rules.decided(CaseState.SUPERSEDED, decision, months)


@pytest.mark.parametrize(
    ("outcome", "months"), [("EXTENDED", None), ("EXTENDED", 0), ("EXTENDED", 7), ("ENDED_WELL", 1)]
)
def test_an_extension_alone_says_by_how_many_months(outcome: str, months: int | None) -> None:
    with pytest.raises(Invalid):
        rules.decided(CaseState.DECIDABLE, ImprovementOutcome(outcome), months)


def test_a_month_ends_on_its_last_day_where_the_day_is_missing() -> None:
    assert rules.months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert rules.months_later(date(2026, 1, 5), 6) == date(2026, 7, 5)
