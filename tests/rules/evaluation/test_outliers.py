"""Outlying scores: by median absolute deviations and by points, and of few colleagues nothing."""

from decimal import Decimal

import pytest

from contracts.policy import Moderation
from services.evaluation.assessments.rules.outliers import outlying

RULE = Moderation()


def _sides(*points: float, rule: Moderation = RULE) -> list[tuple[str, int]]:
    found = outlying([{"teamwork": str(one)} for one in points], rule)
    return [(one.side.value, one.scores) for one in found]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ((90, 92, 91, 60), [("BELOW", 1)]),
        ((90, 90, 90, 60), [("BELOW", 1)]),  # the others agree to the point
        ((90, 90, 90, 81), []),  # too near to be worth a question
        ((60, 75, 90, 105), []),  # everybody apart from everybody: nobody stands out
        ((90, 91, 92, 93, 120, 40), [("ABOVE", 1), ("BELOW", 1)]),
        ((90, 92, 60), []),  # of three nothing is said
    ],
)
def test_a_score_far_from_the_others(points: tuple[int, ...], expected: list[tuple[str, int]]) -> None:
    assert _sides(*points) == expected


def test_the_edge_is_the_policys() -> None:
    """Median 90.5, deviations 0.5, 0.5, 1.5 and 29.5, of which the median is 1: 0.6745 x 29.5 = 19.9."""
    points = (90, 91, 92, 61)
    assert _sides(*points) == [("BELOW", 1)]
    assert _sides(*points, rule=RULE.model_copy(update={"peer_outlier": Decimal(20)})) == []
    assert _sides(*points, rule=RULE.model_copy(update={"peer_outlier_points": Decimal(30)})) == []


def test_each_criterion_is_looked_at_by_itself_and_one_that_few_scored_says_nothing() -> None:
    given = [{"teamwork": "90", "leadership": "90"}, {"teamwork": "91"}, {"teamwork": "92"}, {"teamwork": "40"}]
    assert [one.code for one in outlying(given, RULE)] == ["teamwork"]
