"""Holds the clock back while people or services are behind: on a slow machine the same half year plays, only slower."""

import asyncio
from collections.abc import Callable, Collection
from datetime import timedelta

from kinerja.demo.crowd import Crowd

LOOK_SECONDS = 0.1
LINGER_SECONDS = 0.5
BEHIND = timedelta(days=1)
"""Ladders count in working days, so a day changes little of what happens."""


class Conductor:
    """Lets the clock of the stack linger for its crowds, for a bounded time in all."""

    def __init__(self, crowds: Collection[Crowd], linger: Callable[[float], None], *, longest: float) -> None:
        self._crowds = crowds
        self._linger = linger
        self._left = longest

    async def run(self) -> None:
        """Watch for ever."""
        while True:
            if self._left > 0 and any(crowd.behind() > BEHIND for crowd in self._crowds):
                self._linger(LINGER_SECONDS)
                self._left -= LOOK_SECONDS
            await asyncio.sleep(LOOK_SECONDS)
