"""What the statistics of a rater say, and from where on it is a finding (domain 5.2: outlier view; PLB-11, SWL-9, DMI-9)."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.base import new_id
from contracts.policy import Moderation
from services.evaluation.findings.rules.fairness import (
    AllRaters,
    Finding,
    FindingCode,
    RaterStatistics,
    difference,
    findings_about,
    is_judged,
)
from services.evaluation.findings.rules.wording import all_in_words, in_words

POLICY = Moderation()
FAIR: dict[str, Any] = {
    "people": 6,
    "complete": True,
    "total": Decimal(600),
    "spread": Decimal(7),
    "central_points": Decimal(50),
    "correlation": Decimal("0.6"),
    "alike": Decimal(0),
    "gap": Decimal(4),
    "gap_people": 6,
}
OTHERS = AllRaters(people=100, total=Decimal(10_000))


def line(**change: Any) -> RaterStatistics:
    return RaterStatistics.model_validate(FAIR | {"rater_id": new_id()} | change)


def codes(rater: RaterStatistics, policy: Moderation = POLICY) -> list[str]:
    everybody = AllRaters(people=OTHERS.people + rater.people, total=OTHERS.total + rater.total)
    return [one.code.value for one in findings_about(policy, rater, everybody)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"total": Decimal("660.06")}, "LENIENCY"),
        ({"total": Decimal("539.94")}, "SEVERITY"),
        ({"spread": Decimal("1.99")}, "NARROW_SPREAD"),
        ({"central_points": Decimal(80)}, "CENTRAL_TENDENCY"),
        ({"correlation": Decimal("0.95")}, "HALO"),
        ({"correlation": None, "alike": Decimal(1)}, "HALO"),
        ({"gap": Decimal(15)}, "SOURCE_GAP"),
        ({"gap": Decimal(-15)}, "SOURCE_GAP"),
    ],
)
def test_each_measure_beyond_its_limit_is_a_finding(change: dict[str, Any], code: str) -> None:
    assert codes(line(**change)) == [code]
    assert codes(line()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"total": Decimal(660)},
        {"total": Decimal(540)},
        {"spread": Decimal(2)},
        {"central_points": Decimal("79.99")},
        {"correlation": Decimal("0.9499")},
        {"correlation": None, "alike": None},
        {"gap": Decimal("14.99")},
        {"gap": Decimal(40), "gap_people": 4},
        {"gap": None, "gap_people": 0},
    ],
)
def test_at_the_limit_nothing_is_found(change: dict[str, Any]) -> None:
    assert codes(line(**change)) == []


def test_a_rater_is_compared_with_all_others_and_not_with_oneself() -> None:
    """A rater of half the city would otherwise pull the mean along."""
    rater = line(people=100, total=Decimal(11_000))
    both = AllRaters(people=200, total=Decimal(21_000))
    assert difference(rater, both) == Decimal("10.00")
    assert difference(rater, AllRaters(people=100, total=Decimal(11_000))) is None


@given(
    people=st.integers(1, 4),
    total=st.decimals(0, 480, places=2),
    spread=st.none() | st.decimals(0, 60, places=2),
    central=st.decimals(0, 100, places=2),
)
def test_a_small_group_is_never_judged(people: int, total: Decimal, spread: Decimal | None, central: Decimal) -> None:
    rater = line(people=people, total=total, spread=spread, central_points=central, alike=Decimal(1), gap=Decimal(60))
    assert not is_judged(POLICY, rater)
    assert codes(rater) == []


def test_the_policy_sets_every_limit() -> None:
    strict = POLICY.model_copy(update={"leniency": Decimal(1), "minimum_rated": 2})
    assert codes(line(people=2, total=Decimal(204)), strict) == ["LENIENCY"]


def test_a_finding_is_worded_in_both_languages_with_its_numbers() -> None:
    rater = line(total=Decimal(690), alike=Decimal(1))
    everybody = AllRaters(people=106, total=Decimal(10_690))
    words = all_in_words(findings_about(POLICY, rater, everybody))
    assert words.id.startswith("rata-rata nilai 15,00 poin di atas penilai lain (batas 10)")
    assert words.en.startswith("a mean 15.00 points above that of the other raters (limit 10); ")
    assert "association 1.00" in words.en


@pytest.mark.parametrize("code", FindingCode)
def test_every_finding_has_words(code: FindingCode) -> None:
    words = in_words(Finding(code=code, value=Decimal("12.50"), limit=Decimal(10), about=("GOOD",)))
    assert "12,50" in words.id
    assert "12.50" in words.en
