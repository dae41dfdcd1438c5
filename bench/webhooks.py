"""Ten endpoints are told of the same events, first all of them quick, then one of them hanging with much behind it.

How long do the nine others wait?
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median, quantiles
from uuid import UUID

import asyncpg

from bench import room
from bench.figures import Budget, Figure
from bench.people import CITY
from contracts.base import new_id
from kinerja.secrets import webhooks
from kinerja.stack.postgres import roles
from kit.settings import Settings
from services.integrations import sender
from services.integrations.endpoints.rules.sealing import Seal, new_secret

SERVICE = "integrations"
ENDPOINTS = 10
ROUNDS = 3
EACH_SECONDS = 0.1
"""Between two events; a round of 200 takes longer than a request that is not answered is waited for."""
BACKLOG = 5_000
"""What waits at the endpoint that hangs before the first event."""
TYPE = "id.kinerja.public.result-finalised.v1"
_CALLER = "insert into callers values ($1, $2, 1, '{INTEGRATOR}', true, 'ACTIVE')"
_ENDPOINT = """
insert into endpoints (tenant_id, id, owner_id, url, description, types, state, position, replays, secret, created_at)
values ($1, $2, $3, $4, '', array[$5], 'ACTIVE', 0, 0, $6, now())
"""
_WAIT = """
insert into webhook_deliveries (tenant_id, id, endpoint_id, event_id, type, subject, body, replay, state, attempts, next_at,
    created_at)
select $1, gen_random_uuid(), $2, gen_random_uuid(), $3, gen_random_uuid()::text, '{}', 0, 'PENDING', 0, now(), now()
from generate_series(1, $4)
"""
_HAPPEN = """
with head as (
    insert into feed_heads values ($1, 1, '') on conflict (tenant_id) do update set position = feed_heads.position + 1
    returning position
)
insert into feed (tenant_id, position, event_id, type, subject, time, entered_at, digest, hash, body)
select $1, position, $2::uuid, $3, $2::uuid::text, now(), now(), '', '', '{"specversion":"1.0"}' from head
"""


class Receiver:
    """Answers at once and knows when each message came first, or never answers."""

    def __init__(self, *, hangs: bool) -> None:
        self.hangs = hangs
        self.came: dict[UUID, float] = {}
        self.port = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower().split("\r\n")
        headers = dict(line.split(": ", 1) for line in head[1:] if line)
        await reader.readexactly(int(headers["content-length"]))
        if self.hangs:
            await reader.read()
        else:
            self.came.setdefault(UUID(headers["webhook-id"]), time.perf_counter())
            writer.write(b"HTTP/1.1 204 No Content\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        writer.close()


async def measure(say: room.Say, *, quick: bool) -> list[Figure]:
    """The 99th percentile from an event's entry into the feed to its first attempt, at the nine that are well."""
    events, rounds = (60, 1) if quick else (200, ROUNDS)
    found: dict[int, list[float]] = {0: [], 1: []}
    for hanging in (0, 1) * rounds:  # in turn: what else the machine does then falls on both
        say(f"webhooks: {events} events to {ENDPOINTS} endpoints, {hanging} of them hanging with {BACKLOG} behind it")
        found[hanging].append(await _round(events, hanging))
    return [
        Figure(
            bench="webhooks",
            what=f"p99 of the first attempt at nine endpoints while the tenth hangs with {BACKLOG:,} waiting, {events} events",
            measured=median(found[1]) * 1000,
            unit="ms",
            baseline=median(found[0]) * 1000,
            against="the same nine while the tenth is well",
            budget=Budget(limit=1.5, kind="at most", of="ratio"),
        )
    ]


async def _round(events: int, hanging: int) -> float:
    async with room.postgres() as server, room.directory() as place, room.opened(server, SERVICE) as database:
        webhooks.ensure(place / "webhooks.keys")
        url = server.uri(database.engine.url.database or "", roles(SERVICE)[2])
        settings = Settings(
            environment="test",
            relay_database_url=url,
            webhook_keys=str(place / "webhooks.keys"),
            webhook_local=True,
        )
        async with _listening(hanging) as receivers, room.superuser(server, SERVICE) as connection:
            first = await _subscribe(connection, receivers, settings)
            await connection.execute(_WAIT, CITY, first, TYPE, hanging * BACKLOG)
            sending = asyncio.create_task(sender.run(settings, database))
            began = await _happen(connection, events)
            well = receivers[1:]
            async with asyncio.timeout(120):
                await room.until(lambda: _have(well, events), every=0.05)
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
    waits = [one.came[event] - at for one in well for event, at in began.items()]
    return quantiles(waits, n=100)[98]


async def _have(receivers: list[Receiver], events: int) -> bool:
    return all(len(one.came) >= events for one in receivers)


@asynccontextmanager
async def _listening(hanging: int) -> AsyncIterator[list[Receiver]]:
    made, servers = [Receiver(hangs=number < hanging) for number in range(ENDPOINTS)], []
    for one in made:
        server = await asyncio.start_server(one.talk, "127.0.0.1", 0)
        one.port = server.sockets[0].getsockname()[1]
        servers.append(server)
    yield made
    for server in servers:
        server.close()


async def _subscribe(connection: asyncpg.Connection, receivers: list[Receiver], settings: Settings) -> UUID:
    """Each receiver behind an endpoint; returns that of the first."""
    owner, seal = new_id(), Seal.of(settings.webhook_keys)
    await connection.execute(_CALLER, CITY, owner)
    endpoints = [new_id() for _ in receivers]
    for one, endpoint in zip(receivers, endpoints, strict=True):
        secret = seal.sealed(new_secret(), endpoint)
        await connection.execute(_ENDPOINT, CITY, endpoint, owner, f"http://127.0.0.1:{one.port}/", TYPE, secret)
    return endpoints[0]


async def _happen(connection: asyncpg.Connection, events: int) -> dict[UUID, float]:
    """When each event entered the feed."""
    began = {}
    for _ in range(events):
        event = new_id()
        await connection.execute(_HAPPEN, CITY, event, TYPE)
        began[event] = time.perf_counter()
        await asyncio.sleep(EACH_SECONDS)
    return began
