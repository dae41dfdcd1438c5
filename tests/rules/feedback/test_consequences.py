"""What each place's policy proposes after a final result."""

from decimal import Decimal

import pytest

from contracts.policy import Consequences
from services.feedback.development.rules.consequences import development_reason, recognition_basis

PLAJU = Consequences(development_below=Decimal(90), development_criterion="target")
DUMAI = Consequences(recognition_kind="GOOD_PRACTICE", recognition_at_least=Decimal(100))
DEFAULT = Consequences()


@pytest.mark.parametrize(
    ("target", "reason"), [("84", "target 84 below 90"), ("89.99", "target 89.99 below 90"), ("90", None), (None, None)]
)
def test_plaju_trains_who_is_below_the_target_whatever_the_score(target: str | None, reason: str | None) -> None:
    criteria = {"target": None if target is None else Decimal(target)}
    found = development_reason(PLAJU, predicate="GOOD", local_score=Decimal("95.00"), criteria=criteria)
    assert found == reason


def test_plaju_does_not_look_at_the_local_score() -> None:
    criteria = {"target": Decimal(95)}
    assert development_reason(PLAJU, predicate="GOOD", local_score=Decimal("88.00"), criteria=criteria) is None


def test_without_a_criterion_the_local_score_counts() -> None:
    policy = Consequences(development_below=Decimal(70))
    assert development_reason(policy, predicate="GOOD", local_score=Decimal(69), criteria={}) is not None
    assert development_reason(policy, predicate="GOOD", local_score=None, criteria={}) is None


@pytest.mark.parametrize("predicate", ["NEEDS_IMPROVEMENT", "POOR", "VERY_POOR"])
def test_a_low_predicate_always_asks_for_development(predicate: str) -> None:
    """PermenPANRB 6/2022 L V.A.12: results serve the development of competence."""
    assert development_reason(DEFAULT, predicate=predicate, local_score=None, criteria={}) == f"predicate {predicate}"


def test_the_best_are_proposed_for_recognition() -> None:
    assert recognition_basis(DEFAULT, predicate="VERY_GOOD", local_score=None) == "predicate VERY_GOOD"
    assert recognition_basis(DEFAULT, predicate="GOOD", local_score=Decimal(119)) is None


def test_a_high_local_score_is_proposed_where_the_policy_says_so() -> None:
    assert recognition_basis(DUMAI, predicate="GOOD", local_score=Decimal(100)) == "local score 100, from 100"
    assert recognition_basis(DUMAI, predicate="GOOD", local_score=Decimal("99.99")) is None
    assert recognition_basis(DUMAI, predicate="GOOD", local_score=None) is None
