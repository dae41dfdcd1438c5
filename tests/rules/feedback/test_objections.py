"""Who may object and until when, who may judge, and how an objection moves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.base import Rating, new_id
from contracts.feedback import Decision, ObjectionOutcome
from kit.errors import Invalid, KinerjaError, NotReady, Refused
from services.feedback.rules import objections
from services.feedback.rules.objections import MOVES, Standing
from services.feedback.rules.states import Stage

UNTIL = datetime(2026, 7, 24, 16, 59, 59, tzinfo=UTC)
OPEN = Standing(
    received_at=UNTIL - timedelta(days=18),
    object_until=UNTIL,
    final_without_objection=False,
    finalised=False,
    superseded=False,
)
RATER, SERVANT, HEAD, OFFICE = (new_id() for _ in range(4))


def test_the_last_second_of_the_window_is_still_inside() -> None:
    objections.may_object(OPEN, now=UNTIL)


def test_after_the_window_an_objection_is_inadmissible_and_the_date_is_told() -> None:
    with pytest.raises(Refused, match=r"inadmissible.*2026-07-24"):
        objections.may_object(OPEN, now=UNTIL + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"received_at": None}, "receipt"),
        ({"object_until": None}, "receipt"),
        ({"final_without_objection": True}, "final without objection"),
        ({"finalised": True}, "final"),
        ({"superseded": True}, "later version"),
    ],
)
def test_some_results_cannot_be_objected_to(change: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        objections.may_object(replace(OPEN, **change), now=UNTIL)


def test_the_raters_superior_judges() -> None:
    assert objections.authority_for(HEAD, rater_id=RATER, servant_id=SERVANT, office=[OFFICE]) == HEAD


def test_without_a_superior_the_first_of_the_office_who_is_no_party_judges() -> None:
    office = [RATER, SERVANT, OFFICE]
    assert objections.authority_for(None, rater_id=RATER, servant_id=SERVANT, office=office) == OFFICE


@pytest.mark.parametrize(("authority", "office"), [(RATER, [OFFICE]), (SERVANT, [OFFICE]), (None, [RATER]), (None, [])])
def test_nobody_judges_the_own_case(authority: UUID | None, office: list[UUID]) -> None:
    with pytest.raises(Refused, match="conflict of interest"):
        objections.authority_for(authority, rater_id=RATER, servant_id=SERVANT, office=office)


@pytest.mark.parametrize("party", [RATER, SERVANT])
def test_a_party_that_holds_the_duty_still_cannot_decide(party: UUID) -> None:
    with pytest.raises(Refused, match="conflict of interest"):
        objections.no_conflict(party, rater_id=RATER, servant_id=SERVANT)


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("wanted", list(Stage))
def test_only_the_moves_of_the_table_are_possible(stage: Stage, wanted: Stage) -> None:
    if wanted in MOVES.get(stage, frozenset()):
        assert objections.move(stage, wanted) == wanted
    else:
        with pytest.raises(Refused):
            objections.move(stage, wanted)


@given(st.lists(st.sampled_from(list(Stage)), max_size=12))
def test_what_has_ended_stays_ended(wishes: list[Stage]) -> None:
    stage = Stage.FILED
    for wanted in wishes:
        try:
            moved = Stage(objections.move(stage, wanted))
        except KinerjaError:
            continue
        assert objections.is_open(stage)
        stage = moved


def test_a_silent_side_does_not_hold_up_the_hearing() -> None:
    assert not objections.hearing_is_over(complete=False, statements_by=UNTIL, now=UNTIL - timedelta(seconds=1))
    assert objections.hearing_is_over(complete=False, statements_by=UNTIL, now=UNTIL)
    assert objections.hearing_is_over(complete=True, statements_by=UNTIL, now=UNTIL - timedelta(days=3))


def test_no_decision_before_both_sides_were_asked_and_had_their_time() -> None:
    with pytest.raises(Refused, match="asked"):
        objections.may_decide(Stage.FILED, over=True)
    with pytest.raises(Refused, match="statements"):
        objections.may_decide(Stage.HEARING, over=False)
    objections.may_decide(Stage.HEARING, over=True)
    objections.may_decide(Stage.DECIDABLE, over=True)


def test_a_hearing_that_runs_is_asked_again_later() -> None:
    with pytest.raises(NotReady):
        objections.may_close_hearing(Stage.HEARING, over=False)
    with pytest.raises(Refused):
        objections.may_close_hearing(Stage.FILED, over=True)
    objections.may_close_hearing(Stage.DECIDABLE, over=True)


def _amended(result: Rating | None, behaviour: Rating | None) -> Decision:
    return Decision(outcome=ObjectionOutcome.AMENDED, reason="r", result_rating=result, behaviour_rating=behaviour)


def test_an_amendment_brings_both_ratings_and_changes_one() -> None:
    objections.check_decision(_amended(Rating.MEETS, Rating.MEETS), result_rating="BELOW", behaviour_rating="MEETS")
    with pytest.raises(Invalid, match="both"):
        objections.check_decision(_amended(Rating.MEETS, None), result_rating="BELOW", behaviour_rating="MEETS")
    with pytest.raises(Invalid, match="change"):
        objections.check_decision(_amended(Rating.MEETS, Rating.MEETS), result_rating="MEETS", behaviour_rating="MEETS")


def test_an_upheld_result_keeps_its_ratings() -> None:
    objections.check_decision(
        Decision(outcome=ObjectionOutcome.UPHELD, reason="r"), result_rating="BELOW", behaviour_rating="MEETS"
    )
    wrong = Decision(outcome=ObjectionOutcome.UPHELD, reason="r", result_rating=Rating.ABOVE)
    with pytest.raises(Invalid, match="keeps"):
        objections.check_decision(wrong, result_rating="BELOW", behaviour_rating="MEETS")
