"""The feed against a bare read of the same rows: a reader follows it page by page, from its beginning to its end."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from decimal import Decimal

import asyncpg
import httpx

from bench import room
from bench.figures import Budget, Figure
from contracts.base import Event, Predicate, Rating, Role, new_id
from contracts.evaluation.results import ResultFinalised
from contracts.public.scopes import PERSON
from kinerja.stack import issuer
from kinerja.stack.postgres import Postgres, database_of, roles
from kinerja.stack.stack import LocalStack
from kit.clock import Clock
from kit.db import Database
from kit.kafka import Heard
from services.integrations.feed.commands import Publishing

CITY = "14.72"
SERVICE = "integrations"
PAGE, BATCH = 500, 500
_BARE = "select body from feed where tenant_id = $1 and position > $2 order by position limit $3"
_COPY = "create table bare_feed (like feed including indexes)"
_COPIED = "insert into bare_feed select * from feed"
_CALLER = """
insert into callers (tenant_id, id, revision, roles, active, status) values ($1, $2, 1, $3, true, 'ACTIVE')
"""


async def measure(say: room.Say, *, quick: bool) -> list[Figure]:
    """Events a second into the feed and out of it, each beside the bare rows."""
    count = 10_000 if quick else 100_000
    say("feed: starting a stack of integrations")
    async with room.stack((SERVICE,)) as stack, _opened(stack) as (database, connection):
        say(f"feed: publishing {count:,} events")
        published = await _publish(database, count)
        await connection.execute(_COPY)
        watch = room.Stopwatch.start()
        await connection.execute(_COPIED)
        inserted = watch.seconds
        say("feed: following it")
        followed = await _follow(stack, connection, count)
        read = await _read(connection, count)
    return [
        Figure(
            bench="feed",
            what=f"{count:,} events into the feed: mapped, linked, stored",
            measured=count / published,
            unit="/s",
            baseline=count / inserted,
            against="one INSERT ... SELECT of the same rows with the same indexes",
        ),
        Figure(
            bench="feed",
            what=f"{count:,} events followed over HTTP, {PAGE} a page",
            measured=count / followed,
            unit="/s",
            baseline=count / read,
            against="asyncpg, the same rows page by page",
            budget=Budget(limit=2_000, kind="at least"),
        ),
    ]


@asynccontextmanager
async def _opened(stack: LocalStack) -> AsyncIterator[tuple[Database, asyncpg.Connection]]:
    """As the service sees it, and past row-level security."""
    assert isinstance(stack.postgres, Postgres)
    name = database_of(SERVICE)
    database = Database(stack.postgres.sqlalchemy_uri(name, roles(SERVICE)[1]), clock=Clock())
    connection = await asyncpg.connect(stack.postgres.uri(name))
    try:
        yield database, connection
    finally:
        await connection.close()
        await database.close()


async def _publish(database: Database, count: int) -> float:
    publishing, taken = Publishing("http://127.0.0.1:8106"), 0.0
    for _ in range(count // BATCH):
        heard = [Heard(event, new_id(), datetime.now(UTC)) for event in _events(BATCH)]
        began = time.perf_counter()
        async with database.transaction(CITY) as session:
            await publishing.publish(session, heard)
        taken += time.perf_counter() - began
    return taken


def _events(count: int) -> Iterator[Event]:
    for _ in range(count):
        yield ResultFinalised(
            tenant_id=CITY,
            appraisal_id=new_id(),
            cycle_id=new_id(),
            servant_id=new_id(),
            result_id=new_id(),
            version=1,
            rater_id=new_id(),
            authority_id=None,
            result_rating=Rating.MEETS,
            behaviour_rating=Rating.MEETS,
            predicate=Predicate.GOOD,
            local_score=Decimal("97.25"),
            local_band=None,
            criteria={},
            final_without_objection=False,
            finalised_at=datetime.now(UTC),
            period_start=date(2026, 1, 1),
            period_end=date(2026, 6, 30),
        )


async def _follow(stack: LocalStack, connection: asyncpg.Connection, count: int) -> float:
    """As a reader does: from link to link."""
    machine = new_id()
    await connection.execute(_CALLER, CITY, machine, [Role.INTEGRATOR.value])
    token = issuer.mint(stack.state, sub=machine, city=CITY, roles=[Role.INTEGRATOR], scopes=[PERSON])
    headers = {"Authorization": f"Bearer {token}"}
    read, where = 0, f"/v1/events?limit={PAGE}"
    async with httpx.AsyncClient(base_url=stack.urls[SERVICE], headers=headers) as client:
        watch = room.Stopwatch.start()
        while read < count:
            answer = await client.get(where)
            answer.raise_for_status()
            read, where = read + len(answer.json()), answer.links["next"]["url"]
        return watch.seconds


async def _read(connection: asyncpg.Connection, count: int) -> float:
    watch, read = room.Stopwatch.start(), 0
    while read < count:
        read += len(await connection.fetch(_BARE, CITY, read, PAGE))
    return watch.seconds
