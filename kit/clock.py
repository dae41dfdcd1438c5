"""What time it is for the business: the wall, or a piecewise-linear map of it for demos and training days."""

import json
import time
from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

Knot = tuple[float, float]
"""Wall and business time in POSIX seconds."""
LOOK_SECONDS = 0.05
"""A clock that follows a file is never further behind it than this."""


class Clock:
    """Business time as a monotone piecewise-linear function of wall time.

    ``knots`` are pairs (wall, business) of POSIX seconds, ascending in both. After the last knot the slope of the last
    piece goes on; a single knot runs at the speed of the wall; none at all is the wall itself.
    """

    def __init__(self, knots: Sequence[Knot] = ()) -> None:
        self._wall: list[float] = []
        self._business: list[float] = []
        self._take(knots)

    @classmethod
    def from_setting(cls, text: str) -> "Clock":
        """Parse ``{"knots": [["<wall ISO 8601>", "<business ISO 8601>"], ...]}``; empty text is the wall.

        ``{"follow": "<path>"}`` names a file with such knots that may change while the process runs.
        """
        if not text:
            return cls()
        document = json.loads(text)
        return Following(Path(document["follow"])) if "follow" in document else cls(_knots(document))

    def now(self) -> datetime:
        """The business instant, aware, in UTC."""
        return datetime.fromtimestamp(self._map(time.time(), self._wall, self._business), UTC)

    def seconds_until(self, instant: datetime) -> float:
        """Wall seconds until a business instant; 0 if it has passed."""
        wall = self._map(instant.timestamp(), self._business, self._wall)
        return max(0.0, wall - time.time())

    def _take(self, knots: Sequence[Knot]) -> None:
        wall, business = [wall for wall, _ in knots], [business for _, business in knots]
        if not all(a < b for line in (wall, business) for a, b in pairwise(line)):
            raise ValueError("the knots of a clock must rise in both wall and business time")
        self._wall, self._business = wall, business

    @staticmethod
    def _map(value: float, source: list[float], target: list[float]) -> float:
        if not source:
            return value
        piece = min(max(bisect_right(source, value) - 1, 0), max(len(source) - 2, 0))
        slope = 1.0
        if len(source) > 1:
            slope = (target[piece + 1] - target[piece]) / (source[piece + 1] - source[piece])
        return target[piece] + (value - source[piece]) * slope


class Following(Clock):
    """A clock whose knots stand in a file, read again when it changed.

    Whoever rewrites the file lets the new knots differ from the old ones only later than ``LOOK_SECONDS`` from now, so
    that all processes agree at every instant.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._look_at = 0.0
        self._changed = 0
        super().__init__()
        self._look()

    def now(self) -> datetime:
        """As :meth:`Clock.now`."""
        self._look()
        return super().now()

    def seconds_until(self, instant: datetime) -> float:
        """As :meth:`Clock.seconds_until`, as far as the file says at this moment."""
        self._look()
        return super().seconds_until(instant)

    def _look(self) -> None:
        moment = time.monotonic()
        if moment < self._look_at:
            return
        self._look_at = moment + LOOK_SECONDS
        changed = self._path.stat().st_mtime_ns
        if changed != self._changed:
            self._take(_knots(json.loads(self._path.read_text())))
            self._changed = changed


def _knots(document: dict[str, list[list[str]]]) -> list[Knot]:
    return [(_seconds(wall), _seconds(business)) for wall, business in document["knots"]]


def _seconds(text: str) -> float:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text}: a knot needs a time zone")
    return moment.timestamp()
