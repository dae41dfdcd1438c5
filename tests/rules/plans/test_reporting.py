"""Reporting periods, complete reports, and what is known of an indicator so far."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.base import new_id
from kit.errors import Invalid, Refused
from services.plans.reports.rules.figures import Figure, Known, require_all, so_far
from services.plans.reports.rules.periods import periods, require_begun

HALF_YEAR = (date(2026, 1, 1), date(2026, 6, 30))
FIRST, SECOND = UUID(int=1), UUID(int=2)
WANTED = [(FIRST, "Surat yang dijawab"), (SECOND, "Keluhan")]


def test_a_half_year_with_quarterly_reports_has_two_periods() -> None:
    found = [(one.number, one.starts_on, one.ends_on, one.final) for one in periods(*HALF_YEAR, 3)]
    assert found == [
        (1, date(2026, 1, 1), date(2026, 3, 31), False),
        (2, date(2026, 4, 1), date(2026, 6, 30), True),
    ]


def test_a_cycle_no_longer_than_a_period_has_one_and_it_is_the_last() -> None:
    (only,) = periods(*HALF_YEAR, 6)
    assert (only.starts_on, only.ends_on, only.final) == (*HALF_YEAR, True)


def test_a_period_that_does_not_divide_the_cycle_leaves_a_shorter_last_one() -> None:
    assert [one.ends_on for one in periods(*HALF_YEAR, 4)] == [date(2026, 4, 30), date(2026, 6, 30)]


def test_a_cycle_that_begins_at_the_end_of_a_month_has_no_gap_in_february() -> None:
    found = periods(date(2026, 1, 31), date(2026, 7, 30), 1)
    assert [one.starts_on for one in found][:3] == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 400), st.integers(1, 13))
def test_periods_follow_each_other_without_gap_and_only_the_last_is_final(start: date, days: int, every: int) -> None:
    end = start + timedelta(days=days)
    found = periods(start, end, every)
    assert (found[0].starts_on, found[-1].ends_on) == (start, end)
    assert all(a.ends_on + timedelta(days=1) == b.starts_on for a, b in pairwise(found))
    assert [one.final for one in found] == [False] * (len(found) - 1) + [True]


def test_a_report_says_something_about_every_indicator() -> None:
    whole = [Figure(indicator_id=FIRST, actual=Decimal(0)), Figure(indicator_id=SECOND, reason="Belum terbit")]
    require_all(WANTED, whole)
    require_all([], [])


@pytest.mark.parametrize(
    ("figures", "wrong"),
    [
        ([], [FIRST, SECOND]),
        ([Figure(indicator_id=FIRST, actual=Decimal(1))], [SECOND]),
        ([Figure(indicator_id=FIRST, actual=Decimal(1)), Figure(indicator_id=SECOND, reason=" ")], [SECOND]),
        ([Figure(indicator_id=one, actual=Decimal(1)) for one in (FIRST, SECOND, UUID(int=3))], [UUID(int=3)]),
        ([Figure(indicator_id=one, actual=Decimal(1)) for one in (FIRST, SECOND, SECOND)], [SECOND]),
    ],
)
def test_a_report_that_is_not_complete_names_what_is_missing(figures: list[Figure], wrong: list[UUID]) -> None:
    with pytest.raises(Invalid) as refused:
        require_all(WANTED, figures)
    assert [error["where"] for error in refused.value.extra["errors"]] == [f"actuals.{one}" for one in wrong]


def test_nothing_is_reported_before_the_first_day_of_its_period() -> None:
    require_begun(date(2026, 4, 1), date(2026, 4, 1))
    with pytest.raises(Refused):
        require_begun(date(2026, 4, 1), date(2026, 3, 31))


def _known(period: int, value: int | None) -> Known:
    return Known(
        indicator_id=FIRST,
        period=period,
        value=None if value is None else Decimal(value),
        reason=None if value is not None else f"alasan {period}",
    )


@pytest.mark.parametrize(
    ("known", "newest"),
    [
        ([_known(1, 10), _known(2, 20)], _known(2, 20)),
        ([_known(2, 20), _known(1, 10)], _known(2, 20)),
        ([_known(1, 10), _known(2, None)], _known(1, 10)),
        ([_known(1, None), _known(2, None)], _known(2, None)),
        ([_known(1, None), _known(2, 0)], _known(2, 0)),
    ],
)
def test_the_newest_value_counts_and_a_missing_one_never_wipes_it_out(known: list[Known], newest: Known) -> None:
    assert so_far(known) == {FIRST: newest}


def test_what_nobody_reported_is_not_known() -> None:
    assert new_id() not in so_far([_known(1, 10)])
