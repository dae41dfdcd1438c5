"""Which months count for which level, and how far somebody is from the next one (Peraturan BKN 3/2023)."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.policy.follow_up import NEXT_LEVEL_POINTS
from scoring.credit_points import credit
from services.evaluation.credits.rules.account import Earned, account
from services.evaluation.credits.rules.parts import Held, months_by_level

JANUARY, APRIL, JUNE = date(2026, 1, 1), date(2026, 4, 1), date(2026, 6, 30)


def held(since: date | None, kind: str, *, status: str = "ACTIVE", employment: str = "PNS") -> Held:
    return Held(since, employment, kind, status)


@pytest.mark.parametrize(
    ("positions", "predicate", "points"),
    [
        ((held(None, "AHLI_PERTAMA"), held(APRIL, "AHLI_MUDA")), "GOOD", ["3.125", "6.250"]),
        ((held(None, "TERAMPIL"), held(APRIL, "TERAMPIL", status="RETIRED")), "VERY_GOOD", ["1.875"]),
        ((held(None, "AHLI_MUDA"), held(APRIL, "PENGAWAS")), "GOOD", ["6.250"]),
        (
            (held(None, "AHLI_PERTAMA", status="UNPAID_LEAVE"), held(APRIL, "AHLI_PERTAMA")),
            "GOOD",
            ["3.125"],
        ),
        ((held(APRIL, "AHLI_PERTAMA"),), "GOOD", ["3.125"]),
        ((held(None, "AHLI_MUDA", employment="PPPK"),), "GOOD", []),
        ((held(None, "AHLI_MUDA", employment="PPPK"), held(APRIL, "AHLI_MUDA")), "GOOD", ["6.250"]),
        ((held(None, "PENGAWAS"),), "GOOD", []),
        ((held(None, "AHLI_MUDA"), held(date(2026, 4, 2), "PENGAWAS")), "GOOD", ["8.333"]),
    ],
)
def test_each_level_held_in_a_half_year_counts_for_its_months(
    positions: tuple[Held, ...], predicate: str, points: list[str]
) -> None:
    """Peraturan BKN 3/2023; docs/domain.md 2.7: percentage x coefficient x n/12; a month belongs to the level of its first day."""
    counted = months_by_level(positions, JANUARY, JUNE)
    assert [str(credit(one.level, predicate, one.months)) for one in counted] == points


def test_an_appraisal_that_ended_earlier_counts_until_then() -> None:
    [counted] = months_by_level([held(None, "AHLI_MADYA")], JANUARY, date(2026, 3, 31))
    assert (counted.months, counted.first, counted.last) == (3, JANUARY, date(2026, 3, 1))


def earned(level: str, points: str, year: int, *, decided: bool = True) -> Earned:
    return Earned(level, Decimal(points), date(year, 1, 1), date(year, 12, 1), decided)


def test_the_running_total_says_what_is_missing_and_begins_again_with_a_new_level() -> None:
    """Peraturan BKN 3/2023; docs/domain.md 2.7: 18.75 and 2.083 are 20.833; a new level begins with nothing."""
    first = (earned("AHLI_PERTAMA", "18.750", 2023), earned("AHLI_PERTAMA", "2.083", 2024))
    found = account("AHLI_PERTAMA", first, NEXT_LEVEL_POINTS)
    assert (found.points, found.needed, found.missing) == (Decimal("20.833"), Decimal(100), Decimal("79.167"))
    assert (found.next_level, [one.total for one in found.lines]) == (
        "AHLI_MUDA",
        [Decimal("18.750"), Decimal("20.833")],
    )
    promoted = account("AHLI_MUDA", first, NEXT_LEVEL_POINTS)
    assert (promoted.points, promoted.missing) == (Decimal(0), Decimal(200))
    assert promoted.next_level == "AHLI_MADYA"
    later = account("AHLI_MUDA", (*first, earned("AHLI_MUDA", "25.000", 2025)), NEXT_LEVEL_POINTS)
    assert (later.points, later.missing) == (Decimal(25), Decimal(175))
    assert [one.total for one in later.lines] == [Decimal("18.750"), Decimal("20.833"), Decimal("25.000")]


def test_what_is_only_proposed_is_no_point_yet_and_the_highest_level_needs_nothing() -> None:
    found = account("AHLI_UTAMA", (earned("AHLI_UTAMA", "50", 2025, decided=False),), NEXT_LEVEL_POINTS)
    assert (found.points, found.proposed) == (Decimal(0), Decimal(50))
    assert (found.needed, found.missing, found.next_level) == (None, None, None)
    assert account(None, (), NEXT_LEVEL_POINTS).missing is None
