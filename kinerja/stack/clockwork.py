"""The business clock of a running stack: started at a tempo, saved each second, found again at the next start."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from kinerja.stack.state import State, replace
from kinerja.stack.tempo import HOLD, MARGIN, Tempo, resume, save
from kit.clock import LOOK_SECONDS, Clock

WALL = Clock()
SAVE_EVERY = 1.0
STANDING_SECONDS = 1.0
"""Held back so far ahead at a time: an event loop that is busy for less leaves no gap."""
AHEAD = 5 * LOOK_SECONDS
"""A change is announced so many seconds before it begins: every process has read it by then."""


class Clockwork:
    """Real time unless a tempo was saved in this directory or is given now; what was saved wins."""

    def __init__(self, state: State, given: Tempo | None, *, hold: float = HOLD) -> None:
        self._path = state.clock
        self._knots = state.knots
        tempo = resume(state.clock) or given
        self._tempo = tempo.held(hold) if tempo else None
        self._anchor = WALL.now()
        self._lingers_until = 0.0
        self._saver: asyncio.Task[None] | None = None

    @property
    def setting(self) -> str:
        """KINERJA_CLOCK; empty for real time."""
        return json.dumps({"follow": str(self._knots)}) if self._tempo else ""

    def now(self) -> datetime:
        """What the processes of the stack take for now."""
        wall = WALL.now()
        return self._tempo.at((wall - self._anchor).total_seconds()) if self._tempo else wall

    def start(self) -> None:
        """Begin now; before this the business stood still."""
        self._anchor = WALL.now()
        if self._tempo:
            replace(self._knots, self._tempo.setting(self._anchor))
            self._saver = asyncio.create_task(self._save_each_second(), name="save the business clock")

    def linger(self, seconds: float) -> None:
        """Let business time nearly stand still for so long, from a moment ahead on; real time does not linger.

        Asked again and again it lingers on without a gap; asked while enough of it lies ahead, nothing changes.
        """
        if self._tempo is None:
            return
        now = (WALL.now() - self._anchor).total_seconds()
        begin = max(now + AHEAD, self._lingers_until)
        if begin > now + seconds:
            return
        self._tempo = self._tempo.lingering(begin, seconds=seconds)
        self._lingers_until = begin + seconds
        replace(self._knots, self._tempo.setting(self._anchor))

    @asynccontextmanager
    async def standing(self) -> AsyncIterator[None]:
        """Business time nearly stands still within, however long it takes: nobody comes late because a machine is slow."""

        async def hold() -> None:
            while True:
                self.linger(STANDING_SECONDS)
                await asyncio.sleep(STANDING_SECONDS / 4)

        holding = asyncio.create_task(hold(), name="hold the business clock")
        try:
            yield
        finally:
            holding.cancel()
            with suppress(asyncio.CancelledError):
                await holding

    async def stop(self) -> None:
        """Stand still from now on."""
        saver, self._saver = self._saver, None
        if saver is None:
            return
        saver.cancel()
        with suppress(asyncio.CancelledError):
            await saver
        if self._tempo:
            save(self._path, self._tempo, self.now())

    async def _save_each_second(self) -> None:
        while self._tempo:
            ahead = (WALL.now() + MARGIN - self._anchor).total_seconds()
            save(self._path, self._tempo, self._tempo.at(ahead))
            await asyncio.sleep(SAVE_EVERY)
