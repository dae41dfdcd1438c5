"""Legal dates: the worked examples of the Indonesian calendar, and what must hold for any."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.calendar import DayKind, LegalCalendar
from contracts.obligations import Ladder, Rung, Step
from obligations.ladders import climb, next_instant
from obligations.legal_dates import add_days, due_after, end_of_day, is_working_day, next_working_day
from tests.support.policies import calendar

WORKED = [
    # start, 14 calendar days, 10, 14 and 21 working days
    (date(2026, 3, 10), date(2026, 3, 25), date(2026, 3, 31), date(2026, 4, 7), date(2026, 4, 16)),
    (date(2026, 12, 31), date(2027, 1, 14), date(2027, 1, 18), date(2027, 1, 22), date(2027, 2, 2)),
    (date(2027, 2, 26), date(2027, 3, 16), date(2027, 3, 22), date(2027, 3, 30), date(2027, 4, 8)),
]


@pytest.mark.parametrize(("start", "calendar14", "working10", "working14", "working21"), WORKED)
def test_limits_on_the_indonesian_calendar(
    start: date, calendar14: date, working10: date, working14: date, working21: date
) -> None:
    days = calendar(2026)
    assert add_days(start, 14, DayKind.CALENDAR, days) == calendar14
    counted = [add_days(start, count, DayKind.WORKING, days) for count in (10, 14, 21)]
    assert counted == [working10, working14, working21]


def test_a_deadline_on_a_sunday_moves_to_monday() -> None:
    assert next_working_day(date(2027, 1, 31), calendar(2026)) == date(2027, 2, 1)


def test_collective_leave_counts_as_days_off() -> None:
    import holidays  # noqa: PLC0415

    public = LegalCalendar(holidays=frozenset(holidays.country_holidays("ID", years=2026)))
    assert add_days(date(2026, 3, 10), 14, DayKind.WORKING, public) == date(2026, 3, 31)
    assert add_days(date(2026, 3, 10), 14, DayKind.WORKING, calendar(2026)) == date(2026, 4, 7)


def test_a_limit_ends_at_the_end_of_the_day_in_the_citys_zone() -> None:
    late_evening = datetime(2026, 1, 5, 18, 30, tzinfo=UTC)  # Tuesday 01:30 in Jakarta
    assert due_after(late_evening, 1, DayKind.WORKING, calendar()) == datetime(2026, 1, 7, 16, 59, 59, tzinfo=UTC)


def test_reminders_before_the_opening_are_left_out() -> None:
    ladder = Ladder(
        due_days=1,
        rungs=(Rung(days=2, step=Step.ESCALATE), Rung(days=-5, step=Step.REMIND), Rung(days=0, step=Step.REMIND)),
    )
    opened = datetime(2026, 1, 5, 2, tzinfo=UTC)
    due = end_of_day(date(2026, 1, 6), calendar())
    rungs = climb(ladder, due, opened, calendar())
    assert [(rung.step, rung.at.date()) for rung in rungs] == [
        (Step.REMIND, date(2026, 1, 6)),
        (Step.ESCALATE, date(2026, 1, 8)),
    ]
    assert next_instant(rungs, 0) == due
    assert next_instant(rungs, 2) is None


DATES = st.dates(date(2026, 1, 1), date(2027, 10, 31))
COUNTS = st.integers(0, 40)


@given(DATES, COUNTS, st.sampled_from(DayKind))
def test_every_limit_ends_on_a_working_day_not_before_its_count(start: date, count: int, kind: DayKind) -> None:
    end = add_days(start, count, kind, calendar(2026))
    assert is_working_day(end, calendar(2026))
    assert end >= start + timedelta(days=count)


@given(DATES, st.integers(1, 40))
def test_working_days_are_counted_one_by_one(start: date, count: int) -> None:
    days = calendar(2026)
    end = add_days(start, count, DayKind.WORKING, days)
    between = [start + timedelta(days=number) for number in range(1, (end - start).days + 1)]
    assert sum(is_working_day(day, days) for day in between) == count


@given(DATES, COUNTS, st.sampled_from(DayKind))
def test_who_starts_later_never_ends_earlier(start: date, count: int, kind: DayKind) -> None:
    days = calendar(2026)
    later = start + timedelta(days=1)
    assert add_days(later, count, kind, days) >= add_days(start, count, kind, days)


@given(DATES, st.integers(1, 20))
def test_counting_back_stays_before_the_start(start: date, count: int) -> None:
    back = add_days(start, -count, DayKind.WORKING, calendar(2026))
    assert back < start
    assert is_working_day(back, calendar(2026))
