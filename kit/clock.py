"""What time it is for the business: the wall, or a piecewise-linear map of it for demos and training days."""

import json
import time
from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise


class Clock:
    """Business time as a monotone piecewise-linear function of wall time.

    ``knots`` are pairs (wall, business) of POSIX seconds, ascending in both. After the last knot the slope of the last
    piece goes on; a single knot runs at the speed of the wall; none at all is the wall itself.
    """

    def __init__(self, knots: Sequence[tuple[float, float]] = ()) -> None:
        self._wall = [wall for wall, _ in knots]
        self._business = [business for _, business in knots]
        rising = all(a < b for line in (self._wall, self._business) for a, b in pairwise(line))
        if not rising:
            raise ValueError("the knots of a clock must rise in both wall and business time")

    @classmethod
    def from_setting(cls, text: str) -> "Clock":
        """Parse ``{"knots": [["<wall ISO 8601>", "<business ISO 8601>"], ...]}``; empty text is the wall."""
        if not text:
            return cls()
        pairs = json.loads(text)["knots"]
        return cls([(_seconds(wall), _seconds(business)) for wall, business in pairs])

    def now(self) -> datetime:
        """The business instant, aware, in UTC."""
        return datetime.fromtimestamp(self._map(time.time(), self._wall, self._business), UTC)

    def seconds_until(self, instant: datetime) -> float:
        """Wall seconds until a business instant; 0 if it has passed."""
        wall = self._map(instant.timestamp(), self._business, self._wall)
        return max(0.0, wall - time.time())

    @staticmethod
    def _map(value: float, source: list[float], target: list[float]) -> float:
        if not source:
            return value
        piece = min(max(bisect_right(source, value) - 1, 0), max(len(source) - 2, 0))
        slope = 1.0
        if len(source) > 1:
            slope = (target[piece + 1] - target[piece]) / (source[piece + 1] - source[piece])
        return target[piece] + (value - source[piece]) * slope


def _seconds(text: str) -> float:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text}: a knot needs a time zone")
    return moment.timestamp()
