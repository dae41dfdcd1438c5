"""When a phase opens and is due: the policy's moments on the city's calendar."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from contracts.calendar import LegalCalendar
from contracts.policy import Anchor, Moment, PhaseRule
from obligations.legal_dates import add_days, end_of_day, local_date, start_of_day


@dataclass(frozen=True, slots=True)
class Period:
    """The period that is appraised, first and last day."""

    start: date
    end: date


def opens_at(
    rule: PhaseRule, period: Period, *, previous_ended: datetime | None, calendar: LegalCalendar
) -> datetime | None:
    """The instant from which the phase may open; None means at once.

    After a phase that ran until its limit, the last second of a day, the next one opens with the next day: whatever it
    counts from its opening must not hang on how many milliseconds the change took.
    """
    moment = rule.opens
    if moment.anchor is Anchor.PREVIOUS_PHASE and (moment.days == 0 or previous_ended is None):
        return None if previous_ended is None else _not_in_the_last_second(previous_ended, calendar)
    start = period.start if previous_ended is None else local_date(previous_ended, calendar)
    return start_of_day(_day(moment, period, start, calendar), calendar)


def _not_in_the_last_second(ended: datetime, calendar: LegalCalendar) -> datetime:
    day = local_date(ended, calendar)
    return ended if ended < end_of_day(day, calendar) else start_of_day(day + timedelta(days=1), calendar)


def due_at(
    rule: PhaseRule,
    period: Period,
    *,
    opened_at: datetime,
    calendar: LegalCalendar,
    not_before: datetime | None = None,
) -> datetime:
    """The end of the day on which the phase is due, but never before ``not_before`` (a window that must run out)."""
    day = _day(rule.due, period, local_date(opened_at, calendar), calendar)
    due = end_of_day(max(day, local_date(opened_at, calendar)), calendar)
    return due if not_before is None else max(due, not_before)


def last_of_month(day: date) -> date:
    """The last day of its month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _day(moment: Moment, period: Period, relative: date, calendar: LegalCalendar) -> date:
    anchors = {
        Anchor.PERIOD_START: period.start,
        Anchor.PERIOD_END: period.end,
        # Of the calendar and not so many days: months differ, and law names their last day.
        Anchor.FIRST_MONTH_END: last_of_month(period.start),
        Anchor.NEXT_MONTH_END: last_of_month(last_of_month(period.end) + timedelta(days=1)),
    }
    return add_days(anchors.get(moment.anchor, relative), moment.days, moment.kind, calendar)
