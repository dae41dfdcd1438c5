"""Legal dates around long holidays, worked out by hand on a calendar of 2026 and 2027, for five and six days a week."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.calendar import DayKind, LegalCalendar
from obligations.legal_dates import add_days, end_of_day, is_working_day, later, start_of_day, working_days
from tests.support.policies import calendar

FIVE = calendar(2026)
SIX = FIVE.for_week((0, 1, 2, 3, 4, 5))
AROUND = [
    # start, 14 calendar days; 7 and 14 working days of five days a week; of six
    # Nyepi, Idul Fitri and their collective leave: 18-24 March; Good Friday 3 April
    ("2026-03-17", "2026-03-31", "2026-04-02", "2026-04-14", "2026-04-01", "2026-04-10"),
    # Ascension 14-15 May, Idul Adha 27-28 May, Pancasila 1 June
    ("2026-05-13", "2026-05-29", "2026-05-26", "2026-06-09", "2026-05-23", "2026-06-04"),
    # Christmas 24-25 December, New Year, Isra Mikraj 5 January
    ("2026-12-23", "2027-01-06", "2027-01-07", "2027-01-18", "2027-01-04", "2027-01-13"),
    # Nyepi and Idul Fitri: 8-12 and 15 March; Good Friday 25-26 March
    ("2027-03-05", "2027-03-19", "2027-03-24", "2027-04-06", "2027-03-20", "2027-03-31"),
    # Idul Adha and Waisak: 17-20 May; Pancasila 1 June
    ("2027-05-14", "2027-05-28", "2027-05-31", "2027-06-10", "2027-05-27", "2027-06-05"),
]


@pytest.mark.parametrize(("start", "calendar14", "five7", "five14", "six7", "six14"), AROUND)
def test_limits_around_long_holidays(
    start: str, calendar14: str, five7: str, five14: str, six7: str, six14: str
) -> None:
    day = date.fromisoformat(start)
    assert add_days(day, 14, DayKind.CALENDAR, FIVE) == date.fromisoformat(calendar14)
    for days, seven, fourteen in ((FIVE, five7, five14), (SIX, six7, six14)):
        counted = [add_days(day, count, DayKind.WORKING, days) for count in (7, 14)]
        assert counted == [date.fromisoformat(seven), date.fromisoformat(fourteen)]


DATES = st.dates(date(2026, 1, 1), date(2027, 10, 31))
WEEKS = st.sampled_from((FIVE, SIX))


@given(DATES, st.integers(1, 40), WEEKS)
def test_from_a_working_day_there_and_back_is_where_one_began(start: date, count: int, days: LegalCalendar) -> None:
    begins = add_days(start, 0, DayKind.WORKING, days)
    there = add_days(begins, count, DayKind.WORKING, days)
    assert add_days(there, -count, DayKind.WORKING, days) == begins


@given(DATES, st.integers(0, 20), st.integers(0, 20), WEEKS)
def test_two_limits_in_a_row_are_one_of_their_sum(start: date, one: int, two: int, days: LegalCalendar) -> None:
    begins = add_days(start, 0, DayKind.WORKING, days)
    in_two = add_days(add_days(begins, one, DayKind.WORKING, days), two, DayKind.WORKING, days)
    assert in_two == add_days(begins, one + two, DayKind.WORKING, days)


@given(DATES, st.integers(0, 40), st.integers(0, 40), st.sampled_from(DayKind), WEEKS)
def test_more_days_never_end_earlier(start: date, one: int, two: int, kind: DayKind, days: LegalCalendar) -> None:
    few, many = sorted((one, two))
    assert add_days(start, few, kind, days) <= add_days(start, many, kind, days)


@given(DATES, st.integers(0, 40), WEEKS)
def test_a_limit_never_ends_on_a_day_off(start: date, count: int, days: LegalCalendar) -> None:
    assert is_working_day(add_days(start, count, DayKind.WORKING, days), days)


@given(DATES, st.integers(1, 40))
def test_six_days_a_week_are_never_slower_than_five(start: date, count: int) -> None:
    assert add_days(start, count, DayKind.WORKING, SIX) <= add_days(start, count, DayKind.WORKING, FIVE)


@given(DATES, st.integers(0, 60), WEEKS)
def test_working_days_of_a_span_are_those_a_limit_counts(start: date, length: int, days: LegalCalendar) -> None:
    last = start + timedelta(days=length)
    first, end = start_of_day(start, days), end_of_day(last, days)
    counted = [is_working_day(start + timedelta(days=one), days) for one in range(length + 1)]
    assert working_days(first, end, days) == sum(counted[1:])
    assert working_days(first - timedelta(days=1), end, days) == sum(counted)
    assert working_days(end, first, days) == working_days(end, end, days) == 0


@given(DATES, st.integers(1, 60), WEEKS)
def test_as_many_working_days_later_as_lie_between_is_where_one_wanted_to_go(
    start: date, length: int, days: LegalCalendar
) -> None:
    until = end_of_day(add_days(start + timedelta(days=length), 0, DayKind.WORKING, days), days)
    begin = end_of_day(start, days)
    assert later(begin, working_days(begin, until, days), days) == until


def test_a_limit_that_moves_ends_at_the_end_of_a_working_day() -> None:
    friday = datetime(2026, 3, 13, 16, 59, 59, tzinfo=UTC)
    assert later(friday, 2, FIVE) == datetime(2026, 3, 17, 16, 59, 59, tzinfo=UTC)
    assert later(friday, 3, FIVE) == datetime(2026, 3, 25, 16, 59, 59, tzinfo=UTC)
    assert later(friday, 0, FIVE) == friday


def test_the_same_day_ends_earlier_in_the_east() -> None:
    east = FIVE.model_copy(update={"zone": "Asia/Jayapura"})
    evening = datetime(2026, 1, 5, 16, 0, tzinfo=UTC)  # Monday 23:00 in Jakarta, Tuesday 01:00 in Jayapura
    assert later(evening, 1, FIVE) == datetime(2026, 1, 6, 16, 59, 59, tzinfo=UTC)
    assert later(evening, 1, east) == datetime(2026, 1, 7, 14, 59, 59, tzinfo=UTC)
