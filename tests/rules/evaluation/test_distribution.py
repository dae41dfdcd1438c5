"""Predicates of a unit beside the guidance (SE MenPANRB 3/2023; domain 2.6 and the examples of 6.5)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.base import OrgPerformance, Predicate
from contracts.policy.distribution import Distribution
from services.evaluation.findings.rules.distribution import deviations, guide_of, head_counts, is_checked
from services.evaluation.findings.rules.wording import all_in_words

GUIDANCE = Distribution()
ORG = OrgPerformance


def unit(very_good: int, good: int, improve: int = 0, poor: int = 0, very_poor: int = 0) -> dict[Predicate, int]:
    return dict(zip(Predicate, (very_good, good, improve, poor, very_poor), strict=True))


def found(performance: OrgPerformance | None, *people: int) -> list[str]:
    listed = deviations(GUIDANCE, performance, unit(*people))
    return [f"{one.code.value} {','.join(one.about)}" for one in listed]


@pytest.mark.parametrize(
    ("performance", "people", "expected"),
    [
        (ORG.GOOD, (4, 14, 2), []),  # domain 6.5: n = 20, exactly 70 %
        (ORG.GOOD, (3, 15, 2), ["TOO_MANY GOOD"]),  # domain 6.5: above 70 %
        (ORG.GOOD, (6, 14, 0, 0), ["TOO_FEW NEEDS_IMPROVEMENT,POOR"]),  # domain 6.5: "must exist"
        (ORG.GOOD, (6, 13, 0, 1), []),  # one poor is enough
        (ORG.GOOD, (12, 6, 2), ["NOT_LARGEST GOOD"]),
        (ORG.OUTSTANDING, (14, 6), []),
        (ORG.OUTSTANDING, (15, 5), ["TOO_MANY VERY_GOOD"]),
        (ORG.OUTSTANDING, (9, 11), ["NOT_LARGEST VERY_GOOD"]),
        (ORG.NEEDS_IMPROVEMENT, (2, 6, 12), []),
        (ORG.NEEDS_IMPROVEMENT, (3, 6, 11), ["TOO_FEW NEEDS_IMPROVEMENT", "TOO_MANY VERY_GOOD"]),
        (ORG.POOR, (2, 4, 2, 12), []),
        (ORG.POOR, (2, 5, 1, 12), ["TOO_FEW NEEDS_IMPROVEMENT"]),
        (ORG.VERY_POOR, (0, 4, 2, 2, 12), []),
        (ORG.VERY_POOR, (1, 4, 1, 0, 14), ["TOO_FEW NEEDS_IMPROVEMENT,POOR", "TOO_MANY VERY_GOOD"]),
    ],
)
def test_the_guidance_of_each_achievement(
    performance: OrgPerformance, people: tuple[int, ...], expected: list[str]
) -> None:
    """PermenPANRB 6/2022 arts 24-25; SE MenPANRB 3/2023: most get the predicate of the achievement, others are not excluded."""
    assert found(performance, *people) == expected


def test_a_small_unit_is_not_checked() -> None:
    """Domain 6.5: n = 6 -> check off; the smallest unit is 10."""
    assert found(ORG.GOOD, 6, 0) == []
    assert found(ORG.GOOD, 9, 0) == []
    assert found(ORG.GOOD, 10, 0) != []
    assert not is_checked(GUIDANCE, unit(6, 0))


def test_nothing_is_said_while_the_achievement_is_not_set() -> None:
    assert guide_of(GUIDANCE, None) is None
    assert found(None, 20, 0) == []


def test_a_deviation_is_worded_in_both_languages() -> None:
    words = all_in_words(deviations(GUIDANCE, ORG.GOOD, unit(3, 15, 2)))
    assert words.id == "Baik 75,00 persen, di atas pedoman 70 persen"
    assert words.en == "Good 75.00 per cent, above the guidance of 70 per cent"


@pytest.mark.parametrize(
    ("people", "expected"),
    [(20, (4, 14, 2, 0, 0)), (10, (2, 7, 1, 0, 0)), (7, (1, 5, 1, 0, 0)), (3, (1, 2, 0, 0, 0)), (0, (0, 0, 0, 0, 0))],
)
def test_head_counts_are_by_largest_remainder(people: int, expected: tuple[int, ...]) -> None:
    assert tuple(head_counts(GUIDANCE.guides[ORG.GOOD].shares, people).values()) == expected


@given(people=st.integers(0, 5_000), performance=st.sampled_from(ORG))
def test_head_counts_add_up_and_stay_within_one_of_the_share(people: int, performance: OrgPerformance) -> None:
    shares = GUIDANCE.guides[performance].shares
    heads = head_counts(shares, people)
    assert sum(heads.values()) == people
    assert all(abs(heads[one] - shares[one] * people / Decimal(100)) < 1 for one in Predicate)
