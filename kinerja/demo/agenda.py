"""When people act: each at the business time that is his or hers, a bounded number at once, and again when it was too early."""

import asyncio
import heapq
import itertools
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

from kinerja.demo.http import Declined
from kinerja.demo.players import Played
from kit.clock import Clock

AT_ONCE = 12
"""People who act at the same moment: more would only queue on two cores."""
TICK_SECONDS = 0.05
TRY_AGAIN = timedelta(days=1)
"""First pause of somebody whose act was refused because its time had not come; each next one is half as long again."""
PATIENCE = 14
_LATER = frozenset({409, 429, 503})

Act = Callable[[], Awaitable[None]]


class Agenda:
    """What the people of one city will do."""

    def __init__(self, clock: Clock) -> None:
        self.declined: Counter[str] = Counter()
        """What was refused for good, by what the API said."""
        self._clock = clock
        self._acts: list[tuple[datetime, int, Act, int]] = []
        self._order = itertools.count()

    def plan(self, when: datetime, act: Act, tries: int = 0) -> None:
        """Have somebody do it then."""
        heapq.heappush(self._acts, (when, next(self._order), act, tries))

    def behind(self) -> timedelta:
        """How late the next act is; negative while its time has not come."""
        return self._clock.now() - self._acts[0][0] if self._acts else timedelta(0)

    async def run(self, group: asyncio.TaskGroup) -> None:
        """Start each act when its time has come, for ever."""
        running: set[asyncio.Task[None]] = set()
        while True:
            while self._acts and self._acts[0][0] <= self._clock.now() and len(running) < AT_ONCE:
                _, _, act, tries = heapq.heappop(self._acts)
                task = group.create_task(self._try(act, tries))
                running.add(task)
                task.add_done_callback(running.discard)
            await asyncio.sleep(TICK_SECONDS)

    async def _try(self, act: Act, tries: int) -> None:
        try:
            with suppress(Played):
                await act()
        except Declined as problem:
            self._take_no(problem, act, tries)

    def _take_no(self, problem: Declined, act: Act, tries: int) -> None:
        if problem.status in _LATER and tries < PATIENCE:
            self.plan(self._clock.now() + TRY_AGAIN * 1.5**tries, act, tries + 1)
        else:
            self.declined[str(problem)[:160]] += 1
