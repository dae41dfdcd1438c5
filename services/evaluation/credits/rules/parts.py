"""Which months of a period count for which level of a functional position (Peraturan BKN 3/2023: n/12 of a year).

Only civil servants (PNS) in a functional position collect credit points: not those with a work agreement (PPPK), and
nobody on leave without pay, suspended or gone. A month counts for the level that was held on its first day, so that no
month counts twice; appointments and pensions begin on a first day, and an allowance of a position is paid in the same way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.registry.personnel import COVERED
from scoring.credit_points import COEFFICIENTS

_PNS = "PNS"


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody was from a day on; None: since before anything is known."""

    since: date | None
    employment_type: str
    position_kind: str
    status: str


@dataclass(frozen=True, slots=True)
class LevelMonths:
    """A level with the months that count for it, in the order in which the levels were reached."""

    level: str
    first: date
    """First day of the first month."""
    last: date
    """First day of the last month."""
    months: int


def months_by_level(held: Sequence[Held], start: date, end: date) -> tuple[LevelMonths, ...]:
    """The levels of a period with their months; ``held`` lies in the order of its days. Empty where nothing counts."""
    found: dict[str, LevelMonths] = {}
    for month in months_of(start, end):
        level = _level_on(held, month)
        if level is not None:
            before = found.get(level, LevelMonths(level, month, month, 0))
            found[level] = LevelMonths(level, before.first, month, before.months + 1)
    return tuple(found.values())


def months_of(start: date, end: date) -> Iterator[date]:
    """First days of the months from the one in which it begins to the one in which it ends."""
    month = start.replace(day=1)
    while month <= end:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def held_on(held: Sequence[Held], day: date) -> Held | None:
    """What the person was on a day; None before he or she came."""
    now = None
    for one in held:
        if one.since is None or one.since <= day:
            now = one
    return now


def _level_on(held: Sequence[Held], day: date) -> str | None:
    now = held_on(held, day)
    if now is None or now.employment_type != _PNS or now.status not in COVERED:
        return None
    return now.position_kind if now.position_kind in COEFFICIENTS else None
