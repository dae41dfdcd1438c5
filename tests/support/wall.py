"""A wall whose hands a test moves: what is measured on it does not hang on how busy the machine is."""

from datetime import UTC, datetime

import pytest


class Wall:
    """Stands in for the module ``time``, e.g. in kit.clock, where business clocks ask for the wall."""

    def __init__(self, moment: datetime) -> None:
        self._seconds = moment.timestamp()

    def time(self) -> float:
        """Seconds since 1970, as ``time.time``."""
        return self._seconds

    monotonic = time

    def pass_by(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self._seconds += seconds

    def now(self) -> datetime:
        """The instant that it shows."""
        return datetime.fromtimestamp(self._seconds, UTC)


def stand_in(monkeypatch: pytest.MonkeyPatch, moment: datetime, *, where: str = "kit.clock.time") -> Wall:
    """Put a wall up that shows this instant until the test is over, where a module asks its ``time``."""
    wall = Wall(moment)
    monkeypatch.setattr(where, wall)
    return wall
