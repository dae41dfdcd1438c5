"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

from kit.clock import Clock

MONDAY = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
"""Monday 5 January 2026, 09:00 in Jakarta: the first Monday of a half-year cycle."""


class SetClock(Clock):
    """Tells the instant it was set to; one business second is one second on the wall."""

    def __init__(self, at: datetime = MONDAY) -> None:
        super().__init__()
        self._at = at

    def now(self) -> datetime:
        """The instant that was set."""
        return self._at

    def seconds_until(self, instant: datetime) -> float:
        """Seconds from the instant that was set; 0 if it has passed."""
        return max(0.0, (instant - self._at).total_seconds())

    def set(self, at: datetime) -> None:
        """Jump to an instant, forth or back."""
        self._at = at

    def advance(self, *, days: float = 0, hours: float = 0, seconds: float = 0) -> datetime:
        """Move on, and say what time it is then."""
        self._at += timedelta(days=days, hours=hours, seconds=seconds)
        return self._at
