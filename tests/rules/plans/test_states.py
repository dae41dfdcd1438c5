"""The state table of plans, compared with the one that was agreed on."""

import json
from pathlib import Path

import pytest

from kit.errors import Refused
from services.plans.plans.rules.states import Act, State, move

GOLDEN = Path(__file__).parent / "states.json"
TABLE: dict[str, dict[str, str | None]] = json.loads(GOLDEN.read_text())


def test_the_table_names_every_state_and_every_act() -> None:
    assert list(TABLE) == [state.value for state in State]
    assert all(list(row) == [act.value for act in Act] for row in TABLE.values())


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_every_move_is_the_one_agreed_on(state: State, act: Act) -> None:
    there = TABLE[state][act]
    if there is None:
        with pytest.raises(Refused) as refused:
            move(state, act)
        assert state.value.lower() in refused.value.en
        assert refused.value.indonesian != refused.value.en
    else:
        assert move(state, act) == there


def test_nothing_leads_out_of_a_closed_plan() -> None:
    assert set(TABLE["CLOSED"].values()) == {None}
