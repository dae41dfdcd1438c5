"""Which period comes next: half years and years begin where they divide the calendar year."""

from datetime import date

YEAR = 12


def months_later(day: date, months: int) -> date:
    """The first of the month so many months later; ``day`` is the first of a month."""
    years, month = divmod(day.month - 1 + months, YEAR)
    return date(day.year + years, month + 1, 1)


def next_start(today: date, months: int, *, newest: date | None) -> date:
    """First day of the period after the newest one (``newest``), or of the first that begins after today.

    Periods that ended while nobody opened them are passed over: nobody plans for what is over.
    """
    start = date(today.year, 1, 1) if newest is None else months_later(newest, months)
    while (start <= today) if newest is None else (months_later(start, months) <= today):
        start = months_later(start, months)
    return start
