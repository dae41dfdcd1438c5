"""Every kind of obligation ends: its ladder leads to a lapse, or one table says why somebody owes it until it is done."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from contracts.default_ladders import LAPSE_WITHOUT_EFFECT, OPEN_ENDED, default_ladder
from contracts.obligations import Ladder, ObligationKind, Step
from contracts.policy import Policy
from kinerja.library import CITIES
from kinerja.places import all_places
from kinerja.policy_source import of_files
from services.evaluation.lapses import LAPSES as EVALUATION
from services.feedback.lapses import LAPSES as FEEDBACK
from services.plans.cycles.commands.lapses import LAPSES as PLANS
from tests.support.policies import policy

REGULATION = CITIES.parent / "regulations" / "permenpanrb-6-2022.yaml"


def endless(ladder_of: Mapping[ObligationKind, Ladder]) -> list[ObligationKind]:
    """Kinds that neither lapse nor are handed on to somebody, though they are declared open-ended."""
    found = []
    for kind, ladder in ladder_of.items():
        last = ladder.rungs[-1].step if ladder.rungs else None
        ends = (Step.LAPSE, Step.OFFICE, Step.HAND_OVER) if kind in OPEN_ENDED else (Step.LAPSE,)
        if last not in ends:
            found.append(kind)
    return found


def of_policy(policy: Policy) -> dict[ObligationKind, Ladder]:
    return {kind: policy.ladder(kind) for kind in ObligationKind}


@pytest.mark.parametrize("path", [place.policy for place in all_places()], ids=lambda path: path.parent.name)
def test_every_kind_ends_in_every_place(path: Path) -> None:
    assert endless(of_policy(of_files(str(path)).policy)) == []


def test_every_kind_ends_under_the_bare_regulation_which_names_them_all() -> None:
    written = yaml.safe_load(REGULATION.read_text(encoding="utf-8"))["ladders"]
    ladders = {ObligationKind(kind): Ladder.model_validate(ladder) for kind, ladder in written.items()}
    assert set(ladders) == set(ObligationKind)
    assert endless(ladders) == []


def test_every_kind_ends_where_a_frozen_policy_names_none() -> None:
    frozen = policy().model_copy(update={"ladders": {}})
    assert endless(of_policy(frozen)) == []
    for kind, ladder in of_policy(frozen).items():
        assert [rung.days for rung in ladder.rungs] == sorted(rung.days for rung in ladder.rungs), kind


def test_what_is_not_named_takes_at_least_as_long_as_law_has_it() -> None:
    assert default_ladder(ObligationKind.ACKNOWLEDGE_RESULT).due_days == 14  # clock 4
    assert default_ladder(ObligationKind.DECIDE_OBJECTION).due_days == 7  # clock 9
    assert default_ladder(ObligationKind.REPORT_UPWARD).due_days == 30  # clock 7
    issuing = default_ladder(ObligationKind.ISSUE_RESULT)  # clock 3
    assert issuing.due_days + max(r.days for r in issuing.rungs if r.step is Step.HAND_OVER) == 14


def test_the_default_never_decides_for_the_law() -> None:
    """Nothing is deemed decided, signed, rated or set by silence."""
    for kind in (
        ObligationKind.DECIDE_OBJECTION,
        ObligationKind.ISSUE_RESULT,
        ObligationKind.ASSESS,
        ObligationKind.ANSWER_PLAN,
        ObligationKind.DECIDE_IMPROVEMENT,
    ):
        assert Step.LAPSE not in [rung.step for rung in default_ladder(kind).rungs]


def test_whatever_lapses_has_an_effect_or_is_declared_to_have_none() -> None:
    effects = {*EVALUATION, *FEEDBACK, *PLANS}
    assert set(ObligationKind) - set(OPEN_ENDED) - effects == set(LAPSE_WITHOUT_EFFECT)


def test_every_reason_is_given() -> None:
    assert all(reason.strip() for reason in (*OPEN_ENDED.values(), *LAPSE_WITHOUT_EFFECT.values()))
