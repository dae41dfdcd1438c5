"""The state tables of plans, reports and initiatives; that of plans is compared with the one that was agreed on."""

import json
from pathlib import Path

import pytest

from kinerja.documents.state_tables import filled
from kit.errors import Refused
from services.plans.initiatives import rules as initiatives
from services.plans.initiatives.rules import InitiativeState, verified
from services.plans.plans.rules.states import Act, PlanState, move
from services.plans.reports.rules import states as reports

GOLDEN = Path(__file__).parent / "states.json"
README = Path(__file__).parents[3] / "services/plans/README.md"
TABLE: dict[str, dict[str, str | None]] = json.loads(GOLDEN.read_text())


def test_the_table_names_every_state_and_every_act() -> None:
    assert list(TABLE) == [state.value for state in PlanState]
    assert all(list(row) == [act.value for act in Act] for row in TABLE.values())


@pytest.mark.parametrize("state", PlanState)
@pytest.mark.parametrize("act", Act)
def test_every_move_is_the_one_agreed_on(state: PlanState, act: Act) -> None:
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


def test_the_readme_has_the_three_tables_as_the_rules_decide_by_them() -> None:
    text = README.read_text()
    assert text.count("<!-- states:services.plans.") == 3
    assert filled(text) == text, "run `make contracts`"


def test_every_state_of_reports_and_initiatives_has_a_row() -> None:
    assert list(reports.MOVES) == list(reports.ReportState)
    assert list(initiatives.MOVES) == list(InitiativeState)


def test_a_report_that_was_handed_in_is_never_taken_over() -> None:
    taken = [state for state, acts in reports.MOVES.items() if reports.Act.TAKE_OVER in acts]
    assert taken == [reports.ReportState.OPEN, reports.ReportState.DRAFT]
    assert not set(taken) & reports.CORRECTABLE


@pytest.mark.parametrize(
    ("state", "recognised", "then"),
    [
        (InitiativeState.RECORDED, True, InitiativeState.RECOGNISED),
        (InitiativeState.RECORDED, False, InitiativeState.NOT_RECOGNISED),
        (InitiativeState.NOT_RECOGNISED, True, InitiativeState.RECOGNISED),
        (InitiativeState.NOT_RECOGNISED, False, InitiativeState.NOT_RECOGNISED),
    ],
)
def test_an_initiative_that_nobody_decided_on_may_be_verified(
    *, state: InitiativeState, recognised: bool, then: InitiativeState
) -> None:
    assert verified(state, recognised=recognised, decided=False) is then


@pytest.mark.parametrize("state", [InitiativeState.RECOGNISED, InitiativeState.NOT_RECOGNISED])
def test_a_decision_about_an_initiative_is_repeated_but_never_turned(state: InitiativeState) -> None:
    recognised = state is InitiativeState.RECOGNISED
    assert verified(state, recognised=recognised, decided=True) is state
    with pytest.raises(Refused):
        verified(state, recognised=not recognised, decided=True)
