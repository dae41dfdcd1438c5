"""The business clock of a running stack: started at a tempo, saved each second, found again at the next start."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

from kinerja.stack.state import State
from kinerja.stack.tempo import HOLD, MARGIN, Tempo, resume, save

SAVE_EVERY = 1.0


class Clockwork:
    """Real time unless a tempo was saved in this directory or is given now; what was saved wins."""

    def __init__(self, state: State, given: Tempo | None, *, hold: float = HOLD) -> None:
        self._path = state.clock
        tempo = resume(state.clock) or given
        self._tempo = tempo.held(hold) if tempo else None
        self._anchor = datetime.now(UTC)
        self._saver: asyncio.Task[None] | None = None

    @property
    def setting(self) -> str:
        """KINERJA_CLOCK; empty for real time."""
        return self._tempo.setting(self._anchor) if self._tempo else ""

    def now(self) -> datetime:
        """What the processes of the stack take for now."""
        wall = datetime.now(UTC)
        return self._tempo.at((wall - self._anchor).total_seconds()) if self._tempo else wall

    def start(self) -> None:
        """Begin now; before this the business stood still."""
        self._anchor = datetime.now(UTC)
        if self._tempo:
            self._saver = asyncio.create_task(self._save_each_second(), name="save the business clock")

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
            ahead = (datetime.now(UTC) + MARGIN - self._anchor).total_seconds()
            save(self._path, self._tempo, self._tempo.at(ahead))
            await asyncio.sleep(SAVE_EVERY)
