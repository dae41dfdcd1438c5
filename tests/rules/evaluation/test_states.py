"""The state tables of appraisals and cycles, compared with the ones that were agreed on."""

import json
from pathlib import Path

import pytest

from kit.errors import Refused
from services.evaluation.appraisals.rules.states import (
    COMPUTED,
    MOVES,
    NOT_FINAL,
    RELEASED,
    SIGNED,
    UNSIGNED,
    Act,
    AppraisalState,
    before,
    can,
    move,
)
from services.evaluation.cycles.rules import states as cycles
from services.evaluation.cycles.rules.states import CycleAct, CycleState

GOLDEN = Path(__file__).parent / "appraisal_states.json"
TABLE: dict[str, dict[str, str | None]] = json.loads(GOLDEN.read_text())


def test_the_table_names_every_state_and_every_act() -> None:
    assert list(TABLE) == [state.value for state in AppraisalState] == [state.value for state in MOVES]
    assert all(list(row) == [act.value for act in Act] for row in TABLE.values())


@pytest.mark.parametrize("state", AppraisalState)
@pytest.mark.parametrize("act", Act)
def test_every_move_is_the_one_agreed_on(state: AppraisalState, act: Act) -> None:
    there = TABLE[state][act]
    assert can(state, act) is (there is not None)
    if there is None:
        with pytest.raises(Refused) as refused:
            move(state, act)
        assert refused.value.extra == {"state": state.value}
        assert refused.value.indonesian != refused.value.en
    else:
        assert move(state, act) == there


def test_no_act_takes_a_signature_back() -> None:
    left = {there for state in SIGNED for there in MOVES[state].values()}
    assert left <= set(SIGNED)
    assert set(UNSIGNED) | set(SIGNED) == set(AppraisalState)
    assert not set(UNSIGNED) & set(SIGNED)


def test_the_sets_say_what_their_names_say() -> None:
    assert set(COMPUTED) == set(UNSIGNED) - {AppraisalState.OPEN}
    assert set(RELEASED) == set(SIGNED) | {AppraisalState.PROVISIONAL}
    assert set(NOT_FINAL) == set(AppraisalState) - {AppraisalState.FINAL}


def test_a_set_based_update_touches_only_what_the_table_leads_on() -> None:
    assert before(AppraisalState.PROVISIONAL) == ("OPEN", "MODERATION", "PROVISIONAL")
    assert before(AppraisalState.FINAL) == ("RECEIVED",)


@pytest.mark.parametrize(
    ("act", "there"),
    [
        (CycleAct.WORK, CycleState.OPEN),
        (CycleAct.STEER, CycleState.OPEN),
        (CycleAct.CANCEL, CycleState.CANCELLED),
        (CycleAct.CLOSE, CycleState.CLOSED),
    ],
)
def test_only_an_open_cycle_moves(act: CycleAct, there: CycleState) -> None:
    assert cycles.move(CycleState.OPEN, act) == there
    for over, word in ((CycleState.CLOSED, "closed"), (CycleState.CANCELLED, "cancelled")):
        with pytest.raises(Refused, match=f"the cycle is {word}"):
            cycles.move(over, act)
