"""Requests that nobody should send, from a process of their own: ``python -m bench.flood KIND PORT SECONDS < tokens``.

All of them go to this machine and end by themselves. What came of them is printed as JSON.
"""

import asyncio
import json
import sys
import time
from asyncio import StreamReader, StreamWriter
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress

import uvloop

from kinerja.stack.ports import HOST

SLOW = 200
"""Requests at the same time, half of them slow with their headers, half with their bodies."""
HUGE = 200
HUGE_BYTES = 200_000_000
INVENTED = 20_000
_AT_ONCE = 16
_PIECE = bytes(1_000_000)
_PATH = "/v1/cycles/00000000-0000-7000-8000-000000000000/acknowledgement"
_JSON = "Content-Type: application/json"

Talk = Callable[[StreamReader, StreamWriter], Awaitable[None]]


class Flood:
    """One kind of attack, for so many seconds at most."""

    def __init__(self, port: int, seconds: float, tokens: Sequence[str]) -> None:
        self._port, self._tokens = port, tokens
        self._until = time.monotonic() + seconds
        self.seen = Counter[str]()

    async def slow(self) -> None:
        """Headers or bodies, a byte at a time, again as soon as somebody hangs up."""

        async def one(number: int) -> None:
            begin = self._head(number, f"{_JSON}\r\nContent-Length: 900000\r\n\r\n" if number % 2 else "X-Slow: ")
            while not self._over:
                await self._connected(lambda reader, writer: self._dribble(begin, reader, writer))

        await asyncio.gather(*(one(number) for number in range(SLOW)))

    async def huge(self) -> None:
        """Bodies of 200 MB: of people who may write and say how much, who do not say it, and of nobody."""
        await self._several(iter(range(HUGE)), self._pour)

    async def invented(self) -> None:
        """Methods that nobody knows, on connections that are kept."""
        numbers = iter(range(INVENTED))

        async def some(reader: StreamReader, writer: StreamWriter) -> None:
            for number in numbers:
                writer.write(f"M{number} /nowhere/{number} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n".encode())
                head = await reader.readuntil(b"\r\n\r\n")
                await reader.readexactly(int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]))
                self.seen[head.split()[1].decode()] += 1

        await asyncio.gather(*(self._connected(some) for _ in range(_AT_ONCE)))

    async def unknown(self) -> None:
        """Tokens whose key is nowhere, so that somebody might ask the issuer for it."""
        await self._several(iter(range(1_000_000)), self._sign_in)

    @property
    def _over(self) -> bool:
        return time.monotonic() >= self._until

    def _head(self, number: int, *headers: str) -> bytes:
        token = self._tokens[number % len(self._tokens)]
        return "\r\n".join([f"POST {_PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}", *headers]).encode()

    async def _several(self, numbers: Iterator[int], one: Callable[[int], Awaitable[None]]) -> None:
        async def some() -> None:
            for number in numbers:
                if self._over:
                    return
                await one(number)

        await asyncio.gather(*(some() for _ in range(_AT_ONCE)))

    async def _connected(self, talk: Talk) -> None:
        """Whoever hangs up, or is not there, is an outcome and no error."""
        try:
            reader, writer = await asyncio.open_connection(HOST, self._port)
        except OSError:
            self.seen["no connection"] += 1
            await asyncio.sleep(0.05)
            return
        try:
            await talk(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            self.seen["hung up"] += 1
        finally:
            writer.close()

    async def _dribble(self, begin: bytes, reader: StreamReader, writer: StreamWriter) -> None:
        writer.write(begin)
        answer = asyncio.create_task(reader.readuntil(b"\r\n"))
        while not self._over and not answer.done():
            writer.write(b" ")
            await asyncio.sleep(0.1)
        await self._note(answer, patience=0)

    async def _pour(self, number: int) -> None:
        said = number % 2 == 1
        begin = self._head(
            number, _JSON, f"{f'Content-Length: {HUGE_BYTES}' if said else 'Transfer-Encoding: chunked'}"
        )
        if number % 4 > 1:
            begin = begin.replace(b"Bearer", b"Nobody")
        piece = _PIECE if said else b"%x\r\n%b\r\n" % (len(_PIECE), _PIECE)

        async def talk(reader: StreamReader, writer: StreamWriter) -> None:
            writer.write(begin + b"\r\n\r\n")
            answer = asyncio.create_task(reader.readuntil(b"\r\n"))
            with suppress(OSError):
                for _ in range(HUGE_BYTES // len(_PIECE)):
                    writer.write(piece)
                    await writer.drain()
                    self.seen["MB taken"] += 1
            await self._note(answer, patience=5)

        await self._connected(talk)

    async def _sign_in(self, number: int) -> None:
        async def talk(reader: StreamReader, writer: StreamWriter) -> None:
            writer.write(self._head(number, "Content-Length: 0\r\n\r\n"))
            await self._note(asyncio.create_task(reader.readuntil(b"\r\n")), patience=5)

        await self._connected(talk)
        await asyncio.sleep(0.05)

    async def _note(self, answer: "asyncio.Task[bytes]", *, patience: float) -> None:
        await asyncio.wait([answer], timeout=patience)
        if not answer.done():
            answer.cancel()
            self.seen["no answer"] += 1
            return
        self.seen[(await answer).split()[1].decode()] += 1


KINDS: dict[str, Callable[[Flood], Awaitable[None]]] = {
    "slow": Flood.slow,
    "huge": Flood.huge,
    "invented": Flood.invented,
    "unknown": Flood.unknown,
}


async def main(kind: str, port: int, seconds: float) -> None:
    """Attack, and say what came of it."""
    flood = Flood(port, seconds, json.load(sys.stdin))
    await KINDS[kind](flood)
    print(json.dumps(flood.seen))


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
