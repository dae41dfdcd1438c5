"""Sends requests as nobody should: in pieces, half, without end; over ASGI, or over a socket to a server of our own."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message

from kinerja.stack.ports import HOST, choose
from kit.serving import serve
from kit.settings import Settings


@dataclass
class Answer:
    """What came back, and how much of the request was taken before."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    taken: int = 0
    """Pieces of the body."""

    @property
    def problem(self) -> dict[str, Any]:
        """The body as problem+json."""
        assert self.headers["content-type"] == "application/problem+json"
        found: dict[str, Any] = json.loads(self.body)
        return found


async def ask(
    app: ASGIApp,
    method: str,
    path: str,
    headers: Mapping[str, str],
    pieces: Iterable[bytes] = (),
    *,
    pause: Callable[[], Awaitable[object]] | None = None,
    client: str = "127.0.0.1",
    scheme: str = "http",
    into: Answer | None = None,
) -> Answer:
    """One request over ASGI whose body comes piece by piece, after a ``pause`` each.

    What is raised after the answer leaves it in ``into``.
    """
    answer, left = into or Answer(), iter(pieces)
    ended = False
    path, _, query = path.partition("?")

    async def receive() -> Message:
        nonlocal ended
        if ended:  # nobody goes away
            await asyncio.Event().wait()
        if pause is not None:
            await pause()
        piece = next(left, None)
        ended = piece is None
        if piece is None:
            return {"type": "http.request", "body": b"", "more_body": False}
        answer.taken += 1
        return {"type": "http.request", "body": piece, "more_body": True}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": scheme,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": (client, 1),
        "server": ("test", 80),
    }
    await app(scope, receive, send)
    return answer


@asynccontextmanager
async def serving(app: ASGIApp, settings: Settings) -> AsyncIterator[int]:
    """Serve it as a process does; the port."""
    port = choose(["door"], {})["door"]
    task = asyncio.create_task(serve(app, settings.model_copy(update={"http_host": HOST, "http_port": port})))
    try:
        while not task.done():
            try:
                _, writer = await asyncio.open_connection(HOST, port)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                break
        yield port
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def opened(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection that is closed in the end, whatever became of it."""
    reader, writer = await asyncio.open_connection(HOST, port, limit=100_000)
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def read(reader: asyncio.StreamReader) -> Answer:
    """An answer with a Content-Length."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Answer(int(head[0].split()[1]), headers, body)


async def get(port: int, path: str = "/health/live") -> Answer:
    """What an honest client gets."""
    async with opened(port) as (reader, writer):
        writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        return await read(reader)
