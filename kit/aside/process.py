"""Starts a process aside, asks it, and ends it whatever happens."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from asyncio import StreamReader, StreamWriter
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

from kit.aside.bounds import OUT_OF_MEMORY, Bounds, Broken, Exhausted

LINE = 8_000_000
"""Bytes in one line of an answer at most."""
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes that go with a question, read a piece at a time: nobody holds a whole file."""

    size: int
    read: Callable[[int], Awaitable[bytes]]

    @classmethod
    def of(cls, content: bytes) -> "Part":
        """Bytes that are there already."""
        left = memoryview(content)

        async def read(size: int) -> bytes:
            nonlocal left
            piece, left = left[:size], left[size:]
            return bytes(piece)

        return cls(len(content), read)


class Aside:
    """One process aside."""

    def __init__(self, process: Process, bounds: Bounds) -> None:
        self._process, self._bounds = process, bounds
        self._left = bounds.answer
        self._to, self._from = cast("StreamWriter", process.stdin), cast("StreamReader", process.stdout)

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    async def ask(self, method: str, about: object, *parts: Part) -> AsyncIterator[Any]:
        """What the method of the process's class yields; raises Exhausted or Broken, after which there is no more."""
        sending = asyncio.create_task(self._send(method, about, parts))
        try:
            while True:
                line = await self._line()
                if line.startswith(b"="):
                    break
                yield json.loads(line)
        finally:
            sending.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await sending
        _judge(line[1:].decode().strip())

    async def _send(self, method: str, about: object, parts: tuple[Part, ...]) -> None:
        writer = self._to
        writer.write(json.dumps({"ask": method, "about": about}).encode() + b"\n")
        for part in parts:
            writer.write(b"%d\n" % part.size)
            while piece := await part.read(_PIECE):
                writer.write(piece)
                await writer.drain()
        writer.write(b"\n")
        await writer.drain()

    async def _line(self) -> bytes:
        try:
            line = await asyncio.wait_for(self._from.readline(), self._bounds.patience)
        except TimeoutError:
            raise Exhausted("time") from None
        except ValueError:
            raise Broken("a line of the answer is too long") from None
        self._left -= len(line)
        if self._left < 0:
            raise Exhausted("memory")
        if not line.endswith(b"\n"):
            raise await self._ended()
        return line

    async def _ended(self) -> Exception:
        code = await self._process.wait()
        if code == -signal.SIGXCPU:
            return Exhausted("time")
        # Killed by the system, which had no more, or by a library that got none.
        spent = (OUT_OF_MEMORY, -signal.SIGKILL, -signal.SIGSEGV, -signal.SIGABRT)
        return Exhausted("memory") if code in spent else Broken(f"ended with {code}")


@asynccontextmanager
async def aside(work: str, bounds: Bounds) -> AsyncIterator[Aside]:
    """A process with an object of ``package.module:Class``; it is gone when this is left."""
    # Nothing of our own environment: no password is where a hostile file is read.
    environment = {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "MALLOC_ARENA_MAX": "2",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "kit.aside", work, str(bounds.memory), str(bounds.seconds)),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env=environment,
        limit=LINE,
    )
    try:
        yield Aside(process, bounds)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        # Shielded: somebody who gives up waiting leaves no process behind.
        await asyncio.shield(process.wait())


def _judge(ended: str) -> None:
    if ended == "memory":
        raise Exhausted("memory")
    if ended != "done":
        raise Broken(ended)
