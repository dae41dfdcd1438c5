"""Days as the law counts them, apart from the code: for tables that say what a limit is.

Nothing of the code's own arithmetic is used: a day is worked that is no Saturday, no Sunday and no day off of the
calendar, the day of an event is day 0, and a limit on a day off ends on the next working day.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

WIB = ZoneInfo("Asia/Jakarta")


@cache
def days_off(year: int) -> frozenset[date]:
    """National holidays and collective leave of a year and the next: facts, as the calendars say them."""
    return frozenset(holidays.country_holidays("ID", years=(year, year + 1), categories=("public", "government")))


def worked(year: int, since: date) -> Iterator[date]:
    """The working days from a day on, that day included."""
    for days in range(400):
        day = since + timedelta(days=days)
        if day.isoweekday() < 6 and day not in days_off(year):
            yield day


def rolled(year: int, day: date) -> date:
    """The day, or the next one that is worked."""
    return next(worked(year, day))


def counted(year: int, day: date, days: int) -> date:
    """So many working days after a day."""
    found = worked(year, day + timedelta(days=1))
    return [next(found) for _ in range(days)][-1]


def day_of(at: datetime) -> date:
    """The day in Jakarta with whose last second a limit ends."""
    here = at.astimezone(WIB)
    assert f"{here:%H:%M:%S}" == "23:59:59"
    return here.date()
