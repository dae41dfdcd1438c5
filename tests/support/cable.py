"""A cable between a client and an engine that a test pulls and plugs in again: connections break, new ones are refused."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Connected = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Cable:
    """``listen`` opens the near end with the handler it is given, ``connect`` the way to the engine."""

    def __init__(
        self, listen: Callable[[Connected], Awaitable[asyncio.Server]], connect: Callable[[], Awaitable[Ends]]
    ) -> None:
        self._listen = listen
        self._connect = connect
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.near = Path()
        """Where the near end is, if that is a socket in a directory."""

    async def plug_in(self) -> None:
        """Let connections through."""
        self._server = await self._listen(self._carry)

    async def pull(self) -> None:
        """Break every connection, and refuse others."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in self._open:
            writer.transport.abort()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        there, thither = await self._connect()
        self._open |= {writer, thither}
        await asyncio.gather(_pump(reader, thither), _pump(there, writer))
        self._open -= {writer, thither}
        self._tasks.discard(task)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while some := await reader.read(65_536):
            writer.write(some)
            await writer.drain()
    with suppress(OSError):
        writer.close()
        await writer.wait_closed()
