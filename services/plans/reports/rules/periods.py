"""The reporting periods of a cycle, and from which day on there is something to report."""

from calendar import monthrange
from datetime import date, timedelta

from contracts.base import Frozen
from kit.errors import Refused


class Period(Frozen):
    """One reporting period of a cycle."""

    number: int
    starts_on: date
    ends_on: date
    final: bool


def periods(start: date, end: date, every: int) -> tuple[Period, ...]:
    """The periods of so many months from start to end; the last one ends with the cycle, however long it is."""
    starts = [start]
    while (following := _months_later(start, every * len(starts))) <= end:
        starts.append(following)
    ends = [*(one - timedelta(days=1) for one in starts[1:]), end]
    return tuple(
        Period(number=number, starts_on=first, ends_on=last, final=number == len(starts))
        for number, (first, last) in enumerate(zip(starts, ends, strict=True), start=1)
    )


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_day(period_ends: date, ended_on: date | None) -> date:
    """The day from which on a report is the whole truth: the period's last, or the last that counts of who has left."""
    return period_ends if ended_on is None else min(period_ends, ended_on)


def require_ended(ends: date, today: date) -> None:
    """Raises Refused before the last day of the period: until then everything said of it is a draft."""
    if today < ends:
        raise Refused(
            f"the period ends on {ends}: until then the report stays a draft, and is handed in from that day on",
            f"periode berakhir {ends}: sampai saat itu laporan tetap draf, dan disampaikan sejak hari itu",
        )


def require_begun(period_starts: date, today: date) -> None:
    """Raises Refused before the first day of the period."""
    if today < period_starts:
        raise Refused(
            f"the period begins on {period_starts}: there is nothing to report yet",
            f"periode baru dimulai {period_starts}: belum ada yang dapat dilaporkan",
        )
