"""How fast the business clock of a stack runs, and how it goes on after the stack stood still."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from kinerja.stack.state import replace

HOLD = 10.0
"""Wall seconds that the processes need to start; the clock runs at most at the speed of the wall meanwhile."""
PACE = 0.02
"""The share of its speed that a lingering clock keeps: it must rise."""
_REMEMBERED = 4
"""Nobody asks for instants that have long passed, so a tempo that lingers often need not grow."""
MARGIN = timedelta(seconds=1.5)
"""The saved instant lies this far ahead: after a crash the clock may skip a little, it never runs backwards."""


@dataclass(frozen=True)
class Tempo:
    """Business instants at seconds after the start; straight lines between them, the last slope goes on.

    One point alone runs at the speed of the wall from that instant.
    """

    points: tuple[tuple[float, datetime], ...]

    def __post_init__(self) -> None:
        if not self.points:
            raise ValueError("a tempo needs at least one point")
        if any(instant.tzinfo is None for _, instant in self.points):
            raise ValueError("the instants of a tempo need a time zone")
        rising = all(a[0] < b[0] and a[1] < b[1] for a, b in zip(self.points, self.points[1:], strict=False))
        if not rising:
            raise ValueError("a tempo must rise in both seconds and instants")

    @classmethod
    def at_speed(cls, start: datetime, factor: float) -> Self:
        """One straight line: so many business seconds in a second."""
        return cls(((0.0, start), (1.0, start + timedelta(seconds=factor))))

    def at(self, seconds: float) -> datetime:
        """The business instant so many seconds after the start."""
        first, last = self._piece([point for point, _ in self.points], seconds)
        return first[1] + (seconds - first[0]) * self._slope(first, last)

    def seconds_at(self, instant: datetime) -> float:
        """When, in seconds after the start, that instant comes."""
        first, last = self._piece([point.timestamp() for _, point in self.points], instant.timestamp())
        return first[0] + (instant - first[1]) / self._slope(first, last)

    def from_instant(self, instant: datetime) -> "Tempo":
        """What is left of it when the business is at that instant, counted from zero again."""
        passed = self.seconds_at(instant)
        ahead = [(seconds - passed, point) for seconds, point in self.points if point > instant]
        if not ahead and len(self.points) > 1:
            ahead = [(1.0, self.at(passed + 1.0))]
        return Tempo(((0.0, instant), *ahead))

    def held(self, seconds: float = HOLD) -> "Tempo":
        """The same, after a while at the speed of the wall at most."""
        if len(self.points) == 1 or seconds <= 0:
            return self
        (origin, start), (_, following) = self.points[:2]
        crept = start + min(timedelta(seconds=seconds), (following - start) / 100)
        shifted = tuple((point + seconds, instant) for point, instant in self.points[1:])
        return Tempo(((origin, start), (origin + seconds, crept), *shifted))

    def knots(self, wall: datetime) -> list[tuple[datetime, datetime]]:
        """Pairs of wall and business time when it starts at that wall time."""
        return [(wall + timedelta(seconds=seconds), instant) for seconds, instant in self.points]

    def setting(self, wall: datetime) -> str:
        """What ``KINERJA_CLOCK`` may say, or the file that it names, for a start at that wall time."""
        return json.dumps({"knots": [[a.astimezone(UTC).isoformat(), b.isoformat()] for a, b in self.knots(wall)]})

    def lingering(self, begin: float, *, seconds: float, pace: float = PACE) -> "Tempo":
        """The same, but from ``begin`` on so many seconds run at a fraction of their speed; all that follows is later.

        Raises ValueError if the pace is not between 0 and 1.
        """
        if not 0 < pace < 1:
            raise ValueError(f"a tempo lingers at a pace between 0 and 1, not at {pace}")
        if len(self.points) == 1:
            return self
        elapsed = begin + seconds * pace
        before = [point for point in self.points if point[0] < begin][-_REMEMBERED:]
        after = [(at + seconds - seconds * pace, instant) for at, instant in self.points if at > elapsed]
        if not after:  # the last slope goes on
            after = [(begin + seconds + 1.0, self.at(elapsed + 1.0))]
        slow = [(begin, self.at(begin)), (begin + seconds, self.at(elapsed))]
        return Tempo((*before, *slow, *after))

    def _piece(self, marks: Sequence[float], value: float) -> tuple[tuple[float, datetime], tuple[float, datetime]]:
        index = sum(mark <= value for mark in marks) - 1
        index = min(max(index, 0), max(len(marks) - 2, 0))
        return self.points[index], self.points[min(index + 1, len(marks) - 1)]

    @staticmethod
    def _slope(first: tuple[float, datetime], last: tuple[float, datetime]) -> timedelta:
        """Business time a second of the wall."""
        return timedelta(seconds=1) if first == last else (last[1] - first[1]) / (last[0] - first[0])


def save(path: Path, tempo: Tempo, instant: datetime) -> None:
    """Keep what is left of the tempo and where it stands."""
    left = tempo.from_instant(instant)
    points = [[seconds, point.isoformat()] for seconds, point in left.points]
    replace(path, json.dumps({"business": instant.isoformat(), "points": points}, indent=2))


def resume(path: Path) -> Tempo | None:
    """The tempo that was saved, to start now; nothing if this directory runs at the wall's time."""
    try:
        saved = json.loads(path.read_text())
    except FileNotFoundError:
        return None
    return Tempo(tuple((seconds, datetime.fromisoformat(instant)) for seconds, instant in saved["points"]))
