"""Since when nobody listens at a service: one that is started anew is waited for, one that stays away is told of at once."""

import time
from collections.abc import Callable

PATIENCE_SECONDS = 10.0
"""In which a process that was asked to end is back (`kinerja operations restart`, `deploy/restart`)."""
_FORGOTTEN_SECONDS = 60.0
"""Whoever was last missed so long ago may have come back and gone again: nobody asked meanwhile."""


class Absences:
    """Of all services, as their refused connections tell them."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._missed: dict[str, tuple[float, float]] = {}
        """First and last, in seconds."""

    def is_short(self, service: str) -> bool:
        """Somebody has found nobody there; whether the first who did so is not long ago, so that waiting is worth it."""
        now = self._now()
        first, last = self._missed.get(service, (now, now))
        if now - last > _FORGOTTEN_SECONDS:
            first = now
        self._missed[service] = first, now
        return now - first < PATIENCE_SECONDS

    def over(self, service: str) -> None:
        """It answers."""
        self._missed.pop(service, None)
