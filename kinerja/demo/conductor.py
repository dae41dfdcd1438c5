"""Holds the clock back while people or services are behind: on a slow machine the same half year plays, only slower."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta

LOOK_SECONDS = 0.1
LINGER_SECONDS = 0.5
BEHIND = timedelta(days=1)
"""Ladders count in working days, so a day changes little of what happens."""


class Conductor:
    """Lets the clock linger while somebody is behind, for so many seconds in all at the most.

    ``behind`` tells by how much business time; ``linger`` is asked to hold the clock for some seconds of the wall.
    """

    def __init__(self, behind: Callable[[], timedelta], linger: Callable[[float], None], *, longest: float) -> None:
        self._behind = behind
        self._linger = linger
        self._left = longest

    async def run(self) -> None:
        """Watch for ever."""
        before = time.monotonic()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now = time.monotonic()
            self.look(now - before)
            before = now

    def look(self, passed: float) -> None:
        """Hold the clock if somebody is behind and there is time left for waiting; seconds of the wall since the last look.

        Not the seconds that were meant to pass: on a busy machine each look comes late.
        """
        if self._left > 0 and self._behind() > BEHIND:
            self._linger(LINGER_SECONDS)
            self._left -= passed
