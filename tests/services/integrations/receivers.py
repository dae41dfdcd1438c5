"""Receivers that really listen, what happens in a feed, and one who sends: what tests of webhooks are played with."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
from sqlalchemy import text

from contracts.base import new_id
from kit.db import Database
from services.integrations.sender import Sender

FINAL, SUPERSEDED = "id.kinerja.public.result-finalised.v1", "id.kinerja.public.result-superseded.v1"


@dataclass(frozen=True)
class Got:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: str
    at: float

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


@dataclass
class Receiver:
    """Takes what is posted; ``answer`` may be changed, ``hangs`` keeps every caller waiting."""

    port: int = 0
    answer: str = "204 No Content"
    more: str = ""
    hangs: bool = False
    got: list[Got] = field(default_factory=list)
    connections: int = 0
    _server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks"

    async def start(self, listening: socket.socket | None = None) -> None:
        listening = listening or socket.create_server(("127.0.0.1", self.port))
        self._server = await asyncio.start_server(self._talk, sock=listening)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Nobody listens any more; its port stays known."""
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            await self._answer(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        body = (await reader.readexactly(int(headers.get("content-length", "0")))).decode()
        if self.hangs:
            await reader.read()  # until the caller goes away
            return
        self.got.append(Got(head[0].split()[1], headers, body, asyncio.get_running_loop().time()))
        writer.write(f"HTTP/1.1 {self.answer}\r\n{self.more}content-length: 0\r\nconnection: close\r\n\r\n".encode())
        await writer.drain()


@asynccontextmanager
async def receiver(**how: object) -> AsyncIterator[Receiver]:
    made = Receiver(**how)  # type: ignore[arg-type]
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


_HAPPEN = text(
    """
    with told as (
        select *, row_number() over () + :after as position
        from unnest(cast(:ids as uuid[]), cast(:subjects as text[])) as t(event_id, subject)
    ), added as (
        insert into feed (tenant_id, position, event_id, type, subject, person_id, time, entered_at, digest, hash, body)
        select :city, position, event_id, :type, subject, null, :at, :at, '', '',
            '{"id":"' || event_id || '","subject":"' || subject || '","type":"' || :type || '"}' from told
    )
    insert into feed_heads (tenant_id, position, hash) values (:city, :after + :count, '')
    on conflict (tenant_id) do update set position = excluded.position
    """
)


async def happen(
    database: Database, city: str, count: int = 1, *, type_: str = FINAL, subject: str | None = None
) -> list[UUID]:
    """So many events enter the feed of a city, each of a subject of its own unless one is named; returns their ids."""
    ids = [new_id() for _ in range(count)]
    async with database.transaction(city) as session:
        after = (await session.execute(text("select position from feed_heads for update"))).scalar() or 0
        values = {
            "ids": ids,
            "subjects": [subject or str(new_id()) for _ in ids],
            "city": city,
            "after": after,
            "count": count,
            "type": type_,
            "at": datetime.now(UTC),
        }
        await session.execute(_HAPPEN, values)
    return ids


async def settled(sender: Sender, connection: asyncpg.Connection) -> None:
    """Work until nothing is due and everything is back."""
    while await sender.work(connection) or sender.flying:
        pass


async def until(sender: Sender, connection: asyncpg.Connection, seen: Callable[[], bool]) -> None:
    """Work until something is seen."""
    async with asyncio.timeout(30):
        while not seen():
            if not await sender.work(connection):
                await asyncio.sleep(0.02)


Forward = Callable[[], Awaitable[None]]


async def forward(connection: asyncpg.Connection) -> None:
    """What waits for a later attempt is due now."""
    await connection.execute("update webhook_deliveries set next_at = now() where state = 'PENDING'")
