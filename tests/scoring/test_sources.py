"""Rules of the regulation and worked examples of the domain, each test named by its source (see docs/scoring.md)."""

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from contracts.base import OrgPerformance, Predicate, Rating
from contracts.calendar import DayKind
from contracts.plans.plans import Direction
from kinerja.commands.places import national_calendar, policy
from kit.errors import Invalid
from obligations.legal_dates import add_days
from scoring.achievement import achievement
from scoring.bands import band_of
from scoring.credit_points import COEFFICIENTS, PERCENTAGES, credit
from scoring.formula import Formula
from scoring.indicator_value import value
from scoring.numbers import rounded
from scoring.outcome import outcome
from scoring.pp30 import pp30, weights
from scoring.quadrant import code_of, predicate
from scoring.ratings import guided, of_unit_head, suggested

PLACES = ("palembang", "plaju", "sawahlunto", "binjai", "dumai")
CELLS = {
    # (results, behaviour): regulation.md "Evaluation", domain.md 2.4
    ("ABOVE", "ABOVE"): ("VERY_GOOD", 1),
    ("ABOVE", "MEETS"): ("GOOD", 2),
    ("ABOVE", "BELOW"): ("POOR", 4),
    ("MEETS", "ABOVE"): ("GOOD", 2),
    ("MEETS", "MEETS"): ("GOOD", 2),
    ("MEETS", "BELOW"): ("POOR", 4),
    ("BELOW", "ABOVE"): ("NEEDS_IMPROVEMENT", 3),
    ("BELOW", "MEETS"): ("NEEDS_IMPROVEMENT", 3),
    ("BELOW", "BELOW"): ("VERY_POOR", 5),
}
EDGES = (
    ("120.00", "VERY_GOOD", "GOOD"),
    ("110.00", "VERY_GOOD", "GOOD"),
    ("109.99", "GOOD", "GOOD"),
    ("90.00", "GOOD", "GOOD"),
    ("89.99", "FAIR", "FAIR"),
    ("70.00", "FAIR", "FAIR"),
    ("69.99", "POOR", "POOR"),
    ("50.00", "POOR", "POOR"),
    ("49.99", "VERY_POOR", "VERY_POOR"),
    ("0.00", "VERY_POOR", "VERY_POOR"),
)


@pytest.mark.parametrize(("cell", "expected"), CELLS.items(), ids=lambda one: "-".join(map(str, one)))
def test_permenpanrb_6_2022_l_iv_b_every_cell_of_the_table(cell: tuple[str, str], expected: tuple[str, int]) -> None:
    """Domain.md 2.4: nine vectors."""
    found = predicate(Rating(cell[0]), Rating(cell[1]))
    assert (found.value, code_of(found)) == expected


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("score", "with_idea", "without"), EDGES)
def test_pp_30_2019_art_41_every_edge_of_a_band_and_the_idea_as_a_condition_of_the_best(
    place: str, score: str, with_idea: str, without: str
) -> None:
    for edges in (None, Formula.of(policy(place)).bands):
        about: dict[str, Any] = {} if edges is None else {"edges": edges}
        assert band_of(Decimal(score), **about, innovation_recognised=True) == with_idea
        assert band_of(Decimal(score), **about, innovation_recognised=False) == without


def test_pp_30_2019_art_41_2_to_4_the_weights_follow_from_who_assesses() -> None:
    assert weights(considers_peers_and_reports=False) == (70, 30)
    assert weights(considers_peers_and_reports=True) == (60, 40)
    assert {place for place in PLACES if policy(place).considers_peers_and_reports} == {"sawahlunto"}


def test_pp_30_2019_nothing_counts_above_120() -> None:
    """Domain.md 6.4, 4."""
    made = pp30(Decimal(135), Decimal(500), considers_peers_and_reports=True, innovation_recognised=True)
    assert made.score == Decimal("120.00")


def test_domain_6_4_3_the_shown_number_is_banded_so_that_anyone_can_recompute_it_by_hand() -> None:
    below, at = (
        pp30(Decimal(90), Decimal(behaviour), considers_peers_and_reports=False, innovation_recognised=False)
        for behaviour in ("89.98", "89.99")
    )
    assert (below.score, below.predicate, at.score, at.predicate) == (
        Decimal("89.99"),
        "FAIR",
        Decimal("90.00"),
        "GOOD",
    )


@pytest.mark.parametrize(
    ("achieved", "expected"),
    [
        ("120.5", "120.00"),
        ("107.14", "116.82"),
        ("102.22", "111.36"),
        ("101", "110.00"),
        ("100", "109.00"),
        ("99", "89.00"),
        ("98", "88.00"),
        ("87.5", "77.50"),
        ("80", "70.00"),
        ("79", "69.00"),
        ("60", "50.00"),
        ("59", "49.00"),
        ("30", "24.92"),
        ("0", "0.00"),
        ("99.5", "89.50"),
        ("79.5", "69.50"),
        ("59.5", "49.42"),
        ("100.5", "109.00"),
    ],
)
def test_permenpanrb_8_2021_value_of_an_indicator(achieved: str, expected: str) -> None:
    """Domain.md 6.5, IKI value."""
    assert str(rounded(value(Decimal(achieved)))) == expected


def test_permenpanrb_8_2021_a_target_that_is_the_most_attainable_is_worth_120_when_met() -> None:
    """Domain.md 2.5."""
    assert value(100, most_attainable=True) == 120
    assert value(99, most_attainable=True) == 89


def test_permenpanrb_8_2021_the_printed_113_for_92_of_80_to_90_is_an_erratum() -> None:
    """Domain.md 2.5."""
    made = achievement(Direction.HIGHER_BETTER, Decimal(80), Decimal(90), Decimal(92))
    assert str(rounded(made.used)) == "102.22"


def test_domain_6_4_1_a_target_of_0_where_more_is_better_measures_nothing() -> None:
    with pytest.raises(Invalid, match="target of 0"):
        achievement(Direction.HIGHER_BETTER, Decimal(0), Decimal(0), Decimal(1))


def test_domain_6_4_5_a_number_suggests_a_rating_at_110_and_90() -> None:
    numbers = ("120", "110", "109.99", "90", "89.99", "0")
    expected = ["ABOVE", "ABOVE", "MEETS", "MEETS", "BELOW", "BELOW"]
    assert [suggested(Decimal(number)).value for number in numbers] == expected


def test_permenpanrb_6_2022_l_iv_b_guidance_for_the_rating_of_results() -> None:
    above, meets, below = Rating
    assert guided([above, meets], primary=[above]) is above
    assert guided([above, above, above], primary=[below]) is meets
    assert guided([above, meets]) is meets
    assert guided([meets, meets], primary=[below]) is meets
    assert guided([below], primary=[below, meets]) is below
    assert guided([]) is meets


@pytest.mark.parametrize(
    ("performance", "rating"),
    [
        ("OUTSTANDING", "ABOVE"),
        ("GOOD", "MEETS"),
        ("NEEDS_IMPROVEMENT", "BELOW"),
        ("POOR", "BELOW"),
        ("VERY_POOR", "BELOW"),
    ],
)
def test_se_menpanrb_3_2023_the_head_of_a_unit_is_rated_by_the_organisation(performance: str, rating: str) -> None:
    """Domain.md 6.4, 6."""
    assert of_unit_head(OrgPerformance(performance)).value == rating
    for typed in (*Rating, None):
        made = outcome(typed, Rating.MEETS, unit_head=True, org_performance=OrgPerformance(performance))
        assert made.result_rating.value == rating


def test_permenpanrb_6_2022_study_leave_without_a_degree_is_kurang_or_sangat_kurang_only() -> None:
    """As regulation.md has it under Evaluation."""
    for result, behaviour in product(Rating, Rating):
        plain = outcome(result, behaviour)
        made = outcome(result, behaviour, no_degree=True)
        expected = Predicate.VERY_POOR if plain.predicate is Predicate.VERY_POOR else Predicate.POOR
        assert (made.predicate, made.quadrant) == (expected, code_of(expected))


def test_peraturan_bkn_3_2023_every_level_and_predicate_of_credit_points() -> None:
    """Domain.md 2.7."""
    for (level, coefficient), (grade, percent) in product(COEFFICIENTS.items(), PERCENTAGES.items()):
        for months in range(1, 13):
            exact = coefficient * percent * months
            assert abs(credit(level, grade, months) * 1200 - exact) <= Decimal("0.6")
    assert credit("AHLI_PERTAMA", "GOOD", 2) == Decimal("2.083")
    assert credit("PEMULA", "VERY_POOR", 1) == Decimal("0.078")  # 0.078125


@pytest.mark.parametrize(
    ("start", "calendar", "ten", "fourteen", "twenty_one"),
    [
        ("2026-03-10", "2026-03-25", "2026-03-31", "2026-04-07", "2026-04-16"),
        ("2026-12-31", "2027-01-14", "2027-01-18", "2027-01-22", "2027-02-02"),
        ("2027-02-26", "2027-03-16", "2027-03-22", "2027-03-30", "2027-04-08"),
    ],
)
def test_domain_4_every_worked_date(start: str, calendar: str, ten: str, fourteen: str, twenty_one: str) -> None:
    """PermenPANRB 6/2022 counts working days."""
    day, days_off = date.fromisoformat(start), national_calendar(date.fromisoformat(start), 21)
    assert add_days(day, 14, DayKind.CALENDAR, days_off).isoformat() == calendar
    for days, expected in ((10, ten), (14, fourteen), (21, twenty_one)):
        assert add_days(day, days, DayKind.WORKING, days_off).isoformat() == expected


def test_domain_4_a_limit_that_ends_on_a_sunday_ends_on_the_next_working_day() -> None:
    sunday = date(2027, 1, 31)
    assert add_days(sunday, 0, DayKind.CALENDAR, national_calendar(sunday, 0)) == date(2027, 2, 1)


def test_domain_4_a_week_of_six_days_counts_saturdays() -> None:
    five = national_calendar(date(2026, 8, 6), 10)
    six = five.model_copy(update={"work_days": (0, 1, 2, 3, 4, 5)})
    thursday = date(2026, 8, 6)
    assert add_days(thursday, 2, DayKind.WORKING, five) == date(2026, 8, 10)
    assert add_days(thursday, 2, DayKind.WORKING, six) == date(2026, 8, 8)


def test_domain_5_1_attendance_has_weight_0_and_takes_no_part_in_binjai() -> None:
    """Article 003."""
    binjai = policy("binjai")
    assert binjai.criterion("attendance").weight == 0
    assert [one.code for one in Formula.of(binjai).criteria] == ["indicators", "innovation"]


def test_domain_5_1_the_weights_of_the_five_places() -> None:
    expected: dict[str, dict[str, int]] = {
        "palembang": {
            "target_fulfilment": 40,
            "productivity": 20,
            "community_impact": 20,
            "creativity": 10,
            "collaboration": 10,
        },
        "plaju": {
            "target_achievement": 25,
            "programme_contribution": 15,
            "discipline": 20,
            "competence": 20,
            "service_quality": 20,
        },
        "sawahlunto": {"results": 50, "technical_competence": 25, "non_technical_competence": 25},
        "binjai": {"indicators": 90, "innovation": 10},
        "dumai": {"effectiveness": 50, "efficiency": 50},
    }
    assert {place: {one.code: one.weight for one in Formula.of(policy(place)).criteria} for place in PLACES} == expected
