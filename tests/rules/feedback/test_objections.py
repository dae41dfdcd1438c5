"""Who may object and until when, who may decide, and how an objection moves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.base import Rating, new_id
from contracts.feedback.objections import DecidedItem, ObjectionOutcome
from kit.errors import Invalid, KinerjaError, NotReady, Refused
from services.feedback.objections.rules import authorities, hearings, states, windows
from services.feedback.objections.rules.decisions import ScoredDecision, check_decision, itemised
from services.feedback.objections.rules.states import MOVES, Act, Stage
from services.feedback.objections.rules.windows import ObjectionWindow

UNTIL = datetime(2026, 7, 24, 16, 59, 59, tzinfo=UTC)
OPEN = ObjectionWindow(
    received_at=UNTIL - timedelta(days=18),
    object_until=UNTIL,
    final_without_objection=False,
    finalised=False,
    superseded=False,
)
RATER, SERVANT, HEAD, OFFICE = (new_id() for _ in range(4))
PARTIES = frozenset({RATER, SERVANT})


def test_the_last_second_of_the_window_is_still_inside() -> None:
    windows.may_object(OPEN, now=UNTIL)


def test_after_the_window_an_objection_is_inadmissible_and_the_date_is_said() -> None:
    with pytest.raises(Refused, match=r"inadmissible.*2026-07-24"):
        windows.may_object(OPEN, now=UNTIL + timedelta(seconds=1))


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
        windows.may_object(replace(OPEN, **change), now=UNTIL)


def test_the_raters_superior_decides() -> None:
    assert authorities.authority_for([HEAD, OFFICE], parties=PARTIES) == HEAD


def test_the_first_who_is_no_party_decides() -> None:
    assert authorities.authority_for([RATER, SERVANT, OFFICE], parties=PARTIES) == OFFICE


@pytest.mark.parametrize("candidates", [[RATER], [SERVANT, RATER], []])
def test_nobody_decides_the_own_case(candidates: list[UUID]) -> None:
    with pytest.raises(Refused, match="conflict of interest"):
        authorities.authority_for(candidates, parties=PARTIES)


@pytest.mark.parametrize("party", [RATER, SERVANT])
def test_a_party_that_owes_the_decision_still_cannot_decide(party: UUID) -> None:
    with pytest.raises(Refused, match="conflict of interest"):
        authorities.no_conflict(party, parties=PARTIES)


def test_what_the_authority_let_in_is_admissible_until_its_own_limit() -> None:
    again = replace(OPEN, finalised=True, admitted_until=UNTIL + timedelta(days=20))
    windows.may_object(again, now=UNTIL + timedelta(days=20))
    with pytest.raises(Refused, match="inadmissible"):
        windows.may_object(again, now=UNTIL + timedelta(days=21))


def test_a_result_that_is_final_without_objection_is_not_let_in_late_either() -> None:
    for never in (replace(OPEN, final_without_objection=True), replace(OPEN, superseded=True)):
        with pytest.raises(Refused):
            windows.may_admit_late(never, now=UNTIL + timedelta(days=1))
    windows.may_admit_late(OPEN, now=UNTIL + timedelta(days=1))
    with pytest.raises(Refused, match="still open"):
        windows.may_admit_late(OPEN, now=UNTIL)


def _decided(outcome: str, **items: bool) -> ScoredDecision:
    about = tuple(DecidedItem(item=name, amended=amended, reason="so") for name, amended in items.items())
    return ScoredDecision(outcome=ObjectionOutcome(outcome), reason="read", items=about)


def test_without_single_items_all_are_decided_alike() -> None:
    whole = itemised(_decided("AMENDED"), ["result", "behaviour"])
    assert [(one.item, one.amended, one.reason) for one in whole.items] == [
        ("result", True, "read"),
        ("behaviour", True, "read"),
    ]


def test_items_come_back_in_the_order_in_which_they_were_contested() -> None:
    whole = itemised(_decided("AMENDED", behaviour=True, result=False), ["result", "behaviour"])
    assert [(one.item, one.amended) for one in whole.items] == [("result", False), ("behaviour", True)]


@pytest.mark.parametrize(
    ("outcome", "items", "words"),
    [
        ("AMENDED", {"result": True}, "each contested item once"),
        ("AMENDED", {"result": True, "behaviour": False, "other": True}, "each contested item once"),
        ("UPHELD", {"result": True, "behaviour": False}, "if, and only if"),
        ("AMENDED", {"result": False, "behaviour": False}, "if, and only if"),
    ],
)
def test_a_decision_by_item_fits_what_was_contested_and_the_whole(
    outcome: str, items: dict[str, bool], words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        itemised(_decided(outcome, **items), ["result", "behaviour"])


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("act", list(Act))
def test_only_the_moves_of_the_table_are_possible(stage: Stage, act: Act) -> None:
    if act in MOVES[stage]:
        assert states.move(stage, act) == MOVES[stage][act]
    else:
        with pytest.raises(Refused):
            states.move(stage, act)


def test_the_table_speaks_of_every_stage_and_a_decision_is_final() -> None:
    """PP 30/2019 art. 59: no remand, no way back."""
    assert set(MOVES) == set(Stage)
    assert {stage for stage in Stage if not states.is_open(stage)} == {Stage.UPHELD, Stage.AMENDED, Stage.WITHDRAWN}
    with pytest.raises(Refused, match="upheld cannot be withdrawn"):
        states.move(Stage.UPHELD, Act.WITHDRAW)


@pytest.mark.parametrize(("outcome", "stage"), [("UPHELD", Stage.UPHELD), ("AMENDED", Stage.AMENDED)])
def test_only_a_hearing_that_is_over_is_decided(outcome: str, stage: Stage) -> None:
    assert states.decided(Stage.DECIDABLE, ObjectionOutcome(outcome)) == stage
    with pytest.raises(Refused, match="cannot be decided"):
        states.decided(Stage.HEARING, ObjectionOutcome(outcome))


@given(st.lists(st.sampled_from(list(Act)), max_size=12))
def test_what_has_ended_stays_ended(acts: list[Act]) -> None:
    stage = Stage.FILED
    for act in acts:
        try:
            moved = Stage(states.move(stage, act))
        except KinerjaError:
            continue
        assert states.is_open(stage)
        stage = moved


def test_a_silent_side_does_not_hold_up_the_hearing() -> None:
    assert not hearings.hearing_is_over(complete=False, statements_by=UNTIL, now=UNTIL - timedelta(seconds=1))
    assert hearings.hearing_is_over(complete=False, statements_by=UNTIL, now=UNTIL)
    assert hearings.hearing_is_over(complete=True, statements_by=UNTIL, now=UNTIL - timedelta(days=3))


def test_no_decision_before_both_sides_were_asked_and_had_their_time() -> None:
    with pytest.raises(Refused, match="asked"):
        hearings.may_decide(Stage.FILED, over=True)
    with pytest.raises(Refused, match="statements"):
        hearings.may_decide(Stage.HEARING, over=False)
    hearings.may_decide(Stage.HEARING, over=True)
    hearings.may_decide(Stage.DECIDABLE, over=True)


def test_a_hearing_that_runs_is_asked_again_later() -> None:
    with pytest.raises(NotReady):
        hearings.may_close_hearing(Stage.HEARING, over=False)
    with pytest.raises(Refused):
        hearings.may_close_hearing(Stage.FILED, over=True)
    hearings.may_close_hearing(Stage.DECIDABLE, over=True)


def _amended(result: Rating | None, behaviour: Rating | None) -> ScoredDecision:
    return ScoredDecision(
        outcome=ObjectionOutcome.AMENDED, reason="r", result_rating=result, behaviour_rating=behaviour
    )


def test_an_amendment_brings_both_ratings_and_changes_one() -> None:
    check_decision(_amended(Rating.MEETS, Rating.MEETS), result_rating="BELOW", behaviour_rating="MEETS")
    with pytest.raises(Invalid, match="both"):
        check_decision(_amended(Rating.MEETS, None), result_rating="BELOW", behaviour_rating="MEETS")
    with pytest.raises(Invalid, match="change"):
        check_decision(_amended(Rating.MEETS, Rating.MEETS), result_rating="MEETS", behaviour_rating="MEETS")


def test_an_upheld_result_keeps_its_ratings() -> None:
    check_decision(
        ScoredDecision(outcome=ObjectionOutcome.UPHELD, reason="r"), result_rating="BELOW", behaviour_rating="MEETS"
    )
    wrong = ScoredDecision(outcome=ObjectionOutcome.UPHELD, reason="r", result_rating=Rating.ABOVE)
    with pytest.raises(Invalid, match="keeps"):
        check_decision(wrong, result_rating="BELOW", behaviour_rating="MEETS")
