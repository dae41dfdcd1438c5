"""Cases of the vectors' shape that nobody wrote down: right against the domain's formulas in plain fractions."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kinerja.commands.compute import answers
from scoring.recomputation import recomputed
from scoring.trace import Step
from tests.support import reference
from tests.support.cases import SHARES, cases

COUNT = 10_000
VECTORS = [json.loads(line) for line in (Path(__file__).parent / "vectors.jsonl").read_text().splitlines()]


def _answered(*asked: Any) -> list[dict[str, Any]]:
    return list(answers(json.dumps(one).encode() for one in asked))


def _answer(**case: Any) -> dict[str, Any]:
    (made,) = _answered(case)
    made.pop("trace", None)
    return made


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["case"]["name"])
def test_the_reference_itself_gives_every_vector(vector: dict[str, Any]) -> None:
    assert reference.answer(vector["case"]) == vector["expected"]


def test_ten_thousand_random_cases_of_every_kind_come_out_right_and_their_traces_recompute() -> None:
    """Domain.md 6.4."""
    asked = list(cases(COUNT, seed=30_2019))
    assert Counter(case["compute"] for case in asked).keys() == SHARES.keys()
    for case, made in zip(asked, _answered(*asked), strict=True):
        trace = [Step.model_validate(step) for step in made.pop("trace")]
        assert made == reference.answer(case), case
        assert all(recomputed(step) == step.value for step in trace), case


def test_the_random_cases_meet_every_turn_that_a_score_can_take() -> None:
    made = [one for one in _answered(*cases(2000, seed=1)) if "local_score" in one]
    assert {one["local_band"] for one in made} == {None, "VERY_GOOD", "GOOD", "FAIR", "POOR", "VERY_POOR"}
    assert {role for one in made for role in one["sources_dropped"]} == {"SUPERIOR", "PEER", "PANEL"}
    assert {one["moderation"] for one in made} == {True, False}
    assert any(one["incomplete"] for one in made)


def test_domain_6_4_1_a_range_from_0_is_measured_by_its_nearest_bound() -> None:
    about: dict[str, Any] = {"compute": "achievement", "direction": "HIGHER_BETTER", "target": [0, 5]}
    assert _answer(**about, actual=6)["used"] == "120.00"
    assert _answer(**about, actual=0)["used"] == "100.00"
    assert _answer(**about, actual=-1) == {"raw": "0.00", "used": "0.00"}


def test_domain_6_4_1_a_missing_actual_has_no_value_and_is_never_0() -> None:
    case: dict[str, Any] = {"compute": "achievement", "direction": "HIGHER_BETTER", "target": 100, "actual": None}
    assert _answer(**case) == {"raw": None, "used": None}


def test_domain_6_4_1_numbers_of_any_sensible_size_stay_exact() -> None:
    about: dict[str, Any] = {"compute": "achievement", "direction": "HIGHER_BETTER"}
    assert _answer(**about, target=3, actual="1" + "0" * 60)["raw"] == "33" + "3" * 60 + ".33"
    assert _answer(**about, target="1e-30", actual="1.00005e-30")["raw"] == "100.01"
    assert _answer(**about, target=3, actual=1)["raw"] == "33.33"
    assert _answer(**about, target="40000", actual="39998")["raw"] == "100.00"  # 99.995


def _sawahlunto(*assessments: dict[str, Any]) -> dict[str, Any]:
    return {
        "compute": "score",
        "policy": "sawahlunto",
        "indicators": [{"id": "k", "weight": 100, "direction": "HIGHER_BETTER", "target": 100, "actual": 100}],
        "assessments": list(assessments),
        "result_rating": "MEETS",
        "behaviour_rating": "MEETS",
    }


def _by(source: str, *, points: float = 80, without: str = "") -> dict[str, Any]:
    codes = ("technical_competence", "communication", "teamwork", "leadership")
    return {"source": source, "scores": {code: points for code in codes if code != without}}


def test_domain_6_4_2_where_no_source_counts_the_criteria_are_open_and_the_score_is_no_number() -> None:
    made = _answer(**_sawahlunto(_by("PEER"), _by("PEER")))
    assert made["sources_dropped"] == ["SUPERIOR", "PEER"]
    assert made["incomplete"] == ["technical_competence", "non_technical_competence"]
    assert (made["local_score"], made["local_band"], made["criteria"]["results"]) == (None, None, "100.00")
    assert made["predicate"] == "GOOD"


def test_domain_6_4_2_the_peers_alone_carry_the_whole_share() -> None:
    made = _answer(**_sawahlunto(*[_by("PEER", points=90)] * 3))
    assert made["sources_dropped"] == ["SUPERIOR"]
    assert made["local_score"] == "95.00"


def test_domain_6_4_2_peers_of_whom_too_few_scored_a_criterion_do_not_count_for_it() -> None:
    peers = [_by("PEER", points=60), _by("PEER", points=70), _by("PEER", points=71.25, without="teamwork")]
    (made,) = _answered(_sawahlunto(_by("SUPERIOR", points=95), *peers))
    assert made["sources_dropped"] == ["PEER"]
    assert made["criteria"]["non_technical_competence"] == "95.00"
    assert made["criteria"]["technical_competence"] == "86.63"  # 95 x 70 + 67.08333 x 30, over 100
    shown = json.dumps([step for step in made["trace"] if step["subject"] != "technical_competence/PEER"])
    assert "71.25" not in shown
    assert "65" not in shown


def test_an_assessor_may_leave_out_a_criterion_of_a_named_source_which_is_then_open() -> None:
    made = _answer(**_sawahlunto(_by("SUPERIOR", without="technical_competence")))
    assert made["incomplete"] == ["technical_competence"]
    assert made["criteria"]["non_technical_competence"] == "80.00"


def test_study_leave_without_a_degree_is_kurang_or_sangat_kurang_only() -> None:
    """PermenPANRB 6/2022, regulation.md, Evaluation."""
    for result, row in reference.TABLE.items():
        for behaviour in row:
            case: dict[str, Any] = {"compute": "quadrant", "result_rating": result, "behaviour_rating": behaviour}
            made = _answer(**case, study_leave_without_degree=True)
            assert made["predicate"] in ("POOR", "VERY_POOR")
            assert made == reference.answer(case | {"study_leave_without_degree": True})
