"""On which day a panel may come, and when that day is announced and counts as missed."""

from datetime import date, datetime
from typing import NamedTuple

from contracts.calendar import DayKind, LegalCalendar
from contracts.policy.visits import VisitRule
from kit.errors import Invalid
from obligations.legal_dates import add_days, end_of_day, is_working_day, start_of_day


class DateLimits(NamedTuple):
    """The instants around a visit's date."""

    announced_at: datetime
    missed_at: datetime


def check_date(visit_on: date, *, today: date, until: date, calendar: LegalCalendar) -> None:
    """Raises Invalid unless the day lies in the window and is worked in the unit."""
    if not today <= visit_on <= until:
        raise Invalid(
            f"a visit takes place from today until {until}, when it is due",
            f"kunjungan dilaksanakan mulai hari ini sampai batasnya {until}",
            where="visit_on",
        )
    if not is_working_day(visit_on, calendar):
        raise Invalid(
            f"{visit_on} is no working day of this unit: choose another",
            f"{visit_on} bukan hari kerja unit ini: pilih hari lain",
            where="visit_on",
        )


def limits(visit_on: date, rule: VisitRule, calendar: LegalCalendar) -> DateLimits:
    """When a date is announced, and when it counts as missed."""
    announced_on = add_days(visit_on, -rule.announce_days, DayKind.WORKING, calendar)
    report_until = add_days(visit_on, rule.report_days, DayKind.WORKING, calendar)
    return DateLimits(start_of_day(announced_on, calendar), end_of_day(report_until, calendar))
