"""A small load generator: keep-alive HTTP/1.1 connections to this machine, either as fast as answers come or at a pace."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from typing import NamedTuple

from kinerja.stack.ports import HOST

_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"content-length:"


@dataclass
class Outcome:
    """What a run of requests gave."""

    seconds: float = 0.0
    server_cpu: float = 0.0
    """Seconds of processor time that the answering process took."""
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    @property
    def cpu(self) -> float:
        """Of the answering process for one request, in milliseconds; hardly depends on who else uses the machine."""
        return self.server_cpu / len(self.latencies) * 1000

    def percentile(self, percent: int) -> float:
        """In milliseconds."""
        return quantiles(self.latencies, n=100)[percent - 1] * 1000


def request(method: str, path: str, headers: Sequence[tuple[str, str]], body: bytes = b"") -> bytes:
    """A request as it goes over the wire; a body is JSON."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", f"Content-Length: {len(body)}"]
    lines += ["Content-Type: application/json"] if body else []
    lines += [f"{name}: {value}" for name, value in headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def post(path: str, headers: Sequence[tuple[str, str]]) -> bytes:
    """A POST without body."""
    return request("POST", path, headers)


async def run(port: int, requests: Sequence[bytes], *, connections: int) -> Outcome:
    """Send every request once, so many at a time; each connection sends the next as soon as it has its answer."""
    outcome, waiting = Outcome(), iter(requests)
    began = time.perf_counter()
    await asyncio.gather(*(_worker(port, waiting, outcome) for _ in range(connections)))
    outcome.seconds = time.perf_counter() - began
    return outcome


async def _worker(port: int, waiting: Iterator[bytes], outcome: Outcome) -> None:
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        for request in waiting:
            began = time.perf_counter()
            writer.write(request)
            status = await _answer(reader)
            outcome.latencies.append(time.perf_counter() - began)
            outcome.statuses[status] += 1
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(_END_OF_HEAD)
    length = next(int(line[len(_LENGTH) :]) for line in head.lower().splitlines() if line.startswith(_LENGTH))
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])


class Visit(NamedTuple):
    """One request of people who come when they come, whether the answers are quick or not."""

    at: float
    """When it was to be sent, on the monotonic clock."""
    seconds: float
    """From then to its answer: what waits for a connection has waited too."""
    status: int


class Pace:
    """Sends requests at a steady rate until it is told to stop, and keeps what became of each."""

    def __init__(self, port: int, requests: Iterator[bytes], *, rate: float, connections: int) -> None:
        self.visits: list[Visit] = []
        self._port = port
        self._requests = enumerate(requests)
        self._rate = rate
        self._began = time.monotonic()
        self._stopping = False
        self._workers = [asyncio.create_task(self._work()) for _ in range(connections)]

    async def stop(self) -> None:
        """Return when everything sent is answered."""
        self._stopping = True
        await asyncio.gather(*self._workers)

    def between(self, begin: float, end: float) -> list[float]:
        """Seconds that the requests of a span took, by the monotonic clock."""
        return [visit.seconds for visit in self.visits if begin <= visit.at < end]

    async def _work(self) -> None:
        reader, writer = await asyncio.open_connection(HOST, self._port)
        try:
            for number, request in self._requests:
                at = self._began + number / self._rate
                await asyncio.sleep(max(0.0, at - time.monotonic()))
                if self._stopping:
                    return
                writer.write(request)
                status = await _answer(reader)
                self.visits.append(Visit(at, time.monotonic() - at, status))
        finally:
            writer.close()
