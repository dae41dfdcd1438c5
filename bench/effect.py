"""From the commit of a change in the registry to its effect in the database of the feedback service, both idle."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from statistics import quantiles
from uuid import UUID

import asyncpg
import httpx
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from bench import room
from bench.figures import Budget, Figure
from bench.people import CITY, PLACE
from contracts.base import Role
from kinerja.officer import ASKING, first, founder
from kinerja.stack.broker import create_topics
from kinerja.stack.migrate import ROOT
from kinerja.stack.stack import LocalStack
from kit.topics import Topic

BARE_TOPIC = "bench"
FILES = ("policy.yaml", "units.csv", "servants.csv")
_LEAF = """
select id from servants s where rater_id is not null and not exists (select from servants where rater_id = s.id)
order by id limit 1
"""
_RATERS = "select distinct rater_id from servants where rater_id is not null order by rater_id limit 2"
_ALL_THERE = "select count(*) >= $1 from directory_people"
_DONE = "select rater_id is not distinct from $2 from directory_people where id = $1"
_BORN = "select event_id from journal where subject = $1 order by position desc limit 1"


async def measure(say: room.Say, *, quick: bool) -> list[Figure]:
    """Half and the slowest hundredth, each beside a bare round trip over the same broker."""
    times = 20 if quick else 100
    say("effect: starting a stack of registry and feedback")
    async with room.stack(("registry", "feedback")) as stack:
        async with _office(stack) as office:
            await _import(office)
            await _act_as_its_office(stack, office)
            say("effect: waiting until feedback knows everybody, then for silence")
            effects = await _effects(stack, office, times, say)
        say(f"effect: {times} bare round trips")
        trips = await _round_trips(stack.kafka, times)
    return [
        Figure(
            bench="effect",
            what=f"p{percent} of commit to effect elsewhere, {times} times",
            measured=_percentile(effects, percent),
            unit="ms",
            baseline=_percentile(trips, percent),
            against="bare aiokafka send to getone",
            budget=Budget(limit=limit, kind="at most"),
        )
        for percent, limit in ((50, 15), (99, 50))
    ]


def _percentile(seconds: Sequence[float], percent: int) -> float:
    return quantiles(seconds, n=100, method="inclusive")[percent - 1] * 1000


@asynccontextmanager
async def _office(stack: LocalStack) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the registry as whoever brings the city in."""
    async with httpx.AsyncClient(
        base_url=stack.urls["registry"], headers=_as(stack, founder(CITY)), timeout=60
    ) as client:
        yield client


def _as(stack: LocalStack, person: UUID) -> dict[str, str]:
    token = stack.mint(sub=person, city=CITY, roles=[Role.PERFORMANCE_OFFICE])
    return {"Authorization": f"Bearer {token}", "Accept-Language": "en"}


async def _act_as_its_office(stack: LocalStack, client: httpx.AsyncClient) -> None:
    """Now that the registry knows who the performance office is, nobody else acts for it."""
    office = first((await client.get("/v1/servants", params=ASKING)).raise_for_status().json())
    assert office is not None
    client.headers.update(_as(stack, office))


async def _import(office: httpx.AsyncClient) -> None:
    city = ROOT / "deploy" / "cities" / PLACE
    files = [("files", (name, (city / name).read_bytes())) for name in FILES]
    (await office.post("/v1/imports", files=files)).raise_for_status()


async def _effects(stack: LocalStack, office: httpx.AsyncClient, times: int, say: room.Say) -> list[float]:
    registry = await asyncpg.connect(stack.postgres.uri("kinerja_registry"))
    feedback = await asyncpg.connect(stack.postgres.uri("kinerja_feedback"))
    try:
        servant_id: UUID = await registry.fetchval(_LEAF)
        raters = [row["rater_id"] for row in await registry.fetch(_RATERS)]
        people = await registry.fetchval("select count(*) from servants")
        await room.until(lambda: feedback.fetchval(_ALL_THERE, people), every=0.1)
        await asyncio.sleep(3)
        taken = []
        for number in range(times):
            say(f"effect: change of a rater, {number + 1} of {times}")
            await asyncio.sleep(random.uniform(0.05, 0.15))  # noqa: S311 - no rhythm in common with anybody's polling
            taken.append(await _effect(registry, feedback, office, servant_id, raters[number % 2]))
        return taken
    finally:
        await registry.close()
        await feedback.close()


async def _effect(
    registry: asyncpg.Connection,
    feedback: asyncpg.Connection,
    office: httpx.AsyncClient,
    servant_id: UUID,
    rater_id: UUID,
) -> float:
    """Seconds from the birth of the event, just before its commit, to the first look that sees the effect."""
    since = datetime.now(UTC).date().isoformat()
    body = {"rater_id": str(rater_id), "from": since, "reason": "measured by the bench"}
    (await office.post(f"/v1/servants/{servant_id}/raters", json=body)).raise_for_status()
    await room.until(lambda: feedback.fetchval(_DONE, servant_id, rater_id), every=0.001)
    seen = time.time()
    await asyncio.sleep(0.05)  # the relay journals after the broker's word
    event_id: UUID = await registry.fetchval(_BORN, str(servant_id))
    return seen - (event_id.int >> 80) / 1000  # the first 48 bits of a UUIDv7 are the wall's milliseconds


async def _round_trips(kafka: str, times: int) -> list[float]:
    await create_topics(kafka, [Topic(BARE_TOPIC, partitions=1)])
    producer = AIOKafkaProducer(bootstrap_servers=kafka, acks="all")
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka, auto_offset_reset="earliest")
    await producer.start()
    await consumer.start()
    try:
        consumer.assign([TopicPartition(BARE_TOPIC, 0)])
        trips = []
        for _ in range(times + 1):
            await asyncio.sleep(random.uniform(0.05, 0.15))  # noqa: S311
            watch = room.Stopwatch.start()
            await producer.send(BARE_TOPIC, b"{}")
            await consumer.getone()
            trips.append(watch.seconds)
        return trips[1:]  # the first one fetches metadata
    finally:
        await consumer.stop()
        await producer.stop()
