"""How the half year is spread over the seconds of a demonstration: slow where many act at once, fast where little happens."""

from datetime import date, datetime, timedelta, timezone

from kinerja.stack.tempo import Tempo

WIB = timezone(timedelta(hours=7))
PERIOD_START = date(2027, 1, 1)
MONTHS = 6
STARTING_SECONDS = 14.0
"""The places have just been imported: their people get to know what they owe while business time hardly moves."""

# Share of the seconds from the date of this row to the date of the next one.
_SHARES = (
    (date(2026, 11, 30), 0.08),  # preparation: sessions, criteria read
    (date(2026, 12, 19), 0.01),
    (date(2027, 1, 2), 0.18),  # planning
    (date(2027, 2, 4), 0.14),  # first quarter's report, feedback, ideas, visits
    (date(2027, 4, 20), 0.05),  # feedback that silent raters leave to their superiors
    (date(2027, 5, 28), 0.01),
    (date(2027, 6, 29), 0.24),  # second report, assessments
    (date(2027, 7, 24), 0.22),  # clarifications, results, receipt, objections
    (date(2027, 9, 5), 0.08),  # decisions, development, review
    (date(2027, 10, 15), 0.0),
)


def tempo(seconds: float) -> Tempo:
    """A tempo that plays the cycle in about so many seconds after the start."""
    points = [(0.0, _morning(_SHARES[0][0]) - timedelta(hours=6))]
    at = STARTING_SECONDS
    for day, share in _SHARES:
        points.append((at, _morning(day)))
        at += share * seconds
    return Tempo(tuple(points))


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=WIB)
