"""How many processes aside there are at once: their memory is bounded together, and no city takes the places of others."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from kit.errors import NotReady


class Places:
    """So many at once, so many of them for one city; one more waits a while, then is told to come again."""

    def __init__(self, most: int, *, each: int, patience: float) -> None:
        """``patience`` in seconds."""
        self._all, self._patience = asyncio.Semaphore(most), patience
        self._each: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(each))

    @asynccontextmanager
    async def one(self, city: str) -> AsyncIterator[None]:
        """A place for a process of this city; raises NotReady."""
        async with AsyncExitStack() as held:
            try:
                async with asyncio.timeout(self._patience):
                    # Its own first: who waits for his city's other work takes no place from anybody else.
                    await held.enter_async_context(self._each[city])
                    await held.enter_async_context(self._all)
            except TimeoutError:
                raise NotReady(
                    "other files are being read: try again in a minute",
                    "berkas lain sedang dibaca: coba lagi sebentar lagi",
                ) from None
            yield
