"""Phases open and end on the city's calendar."""

from datetime import UTC, date, datetime, timedelta

from contracts.base import Phase
from contracts.calendar import DayKind
from contracts.policy import Anchor, Moment, PhaseRule
from services.evaluation.cycles.rules.phases import Period, due_at, opens_at
from tests.support.policies import calendar

PERIOD = Period(date(2026, 1, 1), date(2026, 6, 30))
CALENDAR = calendar()


def _rule(opens: Moment, due: Moment) -> PhaseRule:
    return PhaseRule(phase=Phase.PLANNING, opens=opens, due=due)


def test_a_phase_counted_from_the_period_opens_at_the_start_of_a_working_day() -> None:
    rule = _rule(Moment(anchor=Anchor.PERIOD_START), Moment(anchor=Anchor.PERIOD_START, days=30))
    opens = opens_at(rule, PERIOD, previous_ended=None, calendar=CALENDAR)
    assert opens == datetime(2026, 1, 1, 17, tzinfo=UTC)  # 2 January 00:00 in Jakarta; the 1st is a holiday
    due = due_at(rule, PERIOD, opened_at=opens, calendar=CALENDAR)
    assert due == datetime(2026, 2, 2, 16, 59, 59, tzinfo=UTC)  # 31 January 2026 is a Saturday


def test_a_phase_after_another_opens_at_once() -> None:
    ended = datetime(2026, 7, 3, 2, tzinfo=UTC)
    rule = _rule(
        Moment(anchor=Anchor.PREVIOUS_PHASE), Moment(anchor=Anchor.PHASE_OPENING, days=5, kind=DayKind.WORKING)
    )
    assert opens_at(rule, PERIOD, previous_ended=ended, calendar=CALENDAR) == ended
    assert opens_at(rule, PERIOD, previous_ended=None, calendar=CALENDAR) is None
    due = due_at(rule, PERIOD, opened_at=ended, calendar=CALENDAR)
    assert due == datetime(2026, 7, 10, 16, 59, 59, tzinfo=UTC)


def test_after_a_phase_that_ran_until_its_limit_the_next_one_opens_with_the_next_day() -> None:
    rule = _rule(Moment(anchor=Anchor.PREVIOUS_PHASE), Moment(anchor=Anchor.PHASE_OPENING))
    midnight = datetime(2026, 7, 3, 17, tzinfo=UTC)
    for milliseconds in (0, 40, 999, 1001):  # 3 July 23:59:59 in Jakarta, and what the change of phases takes
        ended = datetime(2026, 7, 3, 16, 59, 59, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
        opens = opens_at(rule, PERIOD, previous_ended=ended, calendar=CALENDAR)
        assert opens == max(midnight, ended)


def test_a_phase_is_never_due_before_it_opened_nor_before_a_window_that_must_run_out() -> None:
    rule = _rule(Moment(anchor=Anchor.PREVIOUS_PHASE), Moment(anchor=Anchor.PERIOD_START))
    opened = datetime(2026, 3, 2, 2, tzinfo=UTC)
    assert due_at(rule, PERIOD, opened_at=opened, calendar=CALENDAR) == datetime(2026, 3, 2, 16, 59, 59, tzinfo=UTC)
    window = datetime(2026, 4, 1, 16, 59, 59, tzinfo=UTC)
    assert due_at(rule, PERIOD, opened_at=opened, calendar=CALENDAR, not_before=window) == window
