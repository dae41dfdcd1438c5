"""Legal dates: working and calendar days on a city's calendar."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from contracts.calendar import DayKind, LegalCalendar

_END_OF_DAY = time(23, 59, 59)


def is_working_day(day: date, calendar: LegalCalendar) -> bool:
    """Neither weekend nor holiday nor collective leave."""
    return day.weekday() in calendar.work_days and day not in calendar.holidays


def next_working_day(day: date, calendar: LegalCalendar) -> date:
    """The day itself if it is worked, else the next that is."""
    while not is_working_day(day, calendar):
        day += timedelta(days=1)
    return day


def add_days(start: date, days: int, kind: DayKind, calendar: LegalCalendar) -> date:
    """``days`` after ``start`` (before, if negative), which itself is day 0.

    A limit in calendar days that ends on a day off is extended to the next working day.
    """
    if kind is DayKind.CALENDAR:
        return next_working_day(start + timedelta(days=days), calendar)
    step = timedelta(days=1 if days >= 0 else -1)
    day, left = start, abs(days)
    while left:
        day += step
        left -= is_working_day(day, calendar)
    return next_working_day(day, calendar) if days == 0 else day


def working_days(start: datetime, end: datetime, calendar: LegalCalendar) -> int:
    """How many days are worked after the day of ``start`` up to and with the day of ``end``; 0 if there is none.

    The day of ``start`` is day 0 as in :func:`add_days` and not counted, the day of ``end`` is: :func:`later` by so many
    days leads from the one to the other. Whoever counts both ends begins the day before.
    """
    first, last = local_date(start, calendar).toordinal(), local_date(end, calendar).toordinal()
    return sum(is_working_day(date.fromordinal(day), calendar) for day in range(first + 1, last + 1))


def later(instant: datetime, days: int, calendar: LegalCalendar) -> datetime:
    """The end of the day so many working days after the day of a limit; the limit itself if there are none.

    Not the same time of day: every limit and every rung ends with its day (:func:`end_of_day`), however it was moved.
    """
    if days <= 0:
        return instant
    return end_of_day(add_days(local_date(instant, calendar), days, DayKind.WORKING, calendar), calendar)


def local_date(instant: datetime, calendar: LegalCalendar) -> date:
    """The date in the city's zone."""
    return instant.astimezone(ZoneInfo(calendar.zone)).date()


def end_of_day(day: date, calendar: LegalCalendar) -> datetime:
    """23:59:59 of that date in the city's zone; the instant at which a limit ends."""
    return datetime.combine(day, _END_OF_DAY, ZoneInfo(calendar.zone))


def start_of_day(day: date, calendar: LegalCalendar) -> datetime:
    """00:00 of that date in the city's zone."""
    return datetime.combine(day, time(0), ZoneInfo(calendar.zone))


def due_after(start: datetime, days: int, kind: DayKind, calendar: LegalCalendar) -> datetime:
    """End of the day that lies so many days after the day of ``start``."""
    return end_of_day(add_days(local_date(start, calendar), days, kind, calendar), calendar)
