"""A small load generator: keep-alive HTTP/1.1 connections to this machine, a bounded number of POSTs."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import quantiles

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


def post(path: str, headers: Sequence[tuple[str, str]]) -> bytes:
    """A POST without body, as it goes over the wire."""
    lines = [f"POST {path} HTTP/1.1", f"Host: {HOST}", "Content-Length: 0", *(f"{k}: {v}" for k, v in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


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
