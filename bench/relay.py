"""The relay with its journal against a bare producer that sends the same messages; then the proof of the chain."""

import asyncio
from collections.abc import Sequence
from statistics import median

import asyncpg
from aiokafka import AIOKafkaProducer
from sqlalchemy.ext.asyncio import create_async_engine

from bench import room
from bench.figures import Budget, Figure
from bench.people import CITY
from contracts.base import new_id
from contracts.plans.plans import PlanProposed
from kinerja.stack.broker import create_topics
from kinerja.stack.postgres import Postgres, database_of, roles
from kit import journal
from kit.clock import Clock
from kit.relay import Relay, headers
from kit.topics import Topic

SERVICE = "plans"
BARE_TOPIC = "bench"
ROUNDS = 3
_FILL = """
insert into outbox (event_id, tenant_id, topic, key, type, subject, actor, body, time)
select uuidv7(), $1, 'plans', uuidv7()::text, $2, $3, $3, $4, clock_timestamp() from generate_series(1, $5::int)
"""
_HASH_ALL = "select count(sha256(convert_to(body, 'UTF8'))) from journal"


async def measure(say: room.Say, *, quick: bool) -> list[Figure]:
    """Events a second through relay and journal, and the time of verifying them."""
    count = 2_000 if quick else 20_000
    async with room.postgres() as server, room.bus() as kafka:
        await room.migrated(server, SERVICE)
        await create_topics(kafka, [Topic(BARE_TOPIC)])
        async with room.superuser(server, SERVICE) as connection:
            relayed, bare = await _rounds(server, connection, kafka, count, say)
            say("relay: verifying the journal")
            proof = await _verify(server)
            watch = room.Stopwatch.start()
            await connection.fetchval(_HASH_ALL)
            hashing = watch.seconds
    return [
        Figure(
            bench="relay",
            what=f"{count:,} events: outbox, broker, journal",
            measured=count / median(relayed),
            unit="/s",
            baseline=count / median(bare),
            against="bare aiokafka producer, same bodies and headers",
            budget=Budget(limit=10_000, kind="at least"),
        ),
        Figure(
            bench="relay",
            what=f"verify the chain of {count * ROUNDS:,} events",
            measured=proof,
            unit="s",
            baseline=hashing,
            against="one SHA-256 a body in SQL, no chain",
        ),
    ]


async def _rounds(
    server: Postgres, connection: asyncpg.Connection, kafka: str, count: int, say: room.Say
) -> tuple[list[float], list[float]]:
    """Turn by turn, so that both see the same machine."""
    relayed, bare = [], []
    for number in range(1, ROUNDS + 1):
        say(f"relay: bare producer, round {number} of {ROUNDS}")
        await _fill(connection, 500)
        sample = await connection.fetch("select * from outbox")
        await connection.execute("delete from outbox")
        bare.append(await _bare(kafka, [sample[n % len(sample)] for n in range(count)]))
        say(f"relay: outbox to journal, round {number} of {ROUNDS}")
        relayed.append(await _relayed(server, connection, kafka, count))
    return relayed, bare


async def _fill(connection: asyncpg.Connection, count: int) -> None:
    someone = new_id()
    event = PlanProposed(
        tenant_id=CITY,
        plan_id=new_id(),
        cycle_id=new_id(),
        servant_id=someone,
        rater_id=new_id(),
        round=1,
        respond_by=Clock().now(),
    )
    await connection.execute(_FILL, CITY, event.ce_type(), str(someone), event.model_dump_json(), count)


async def _relayed(server: Postgres, connection: asyncpg.Connection, kafka: str, count: int) -> float:
    relay = asyncio.create_task(Relay(SERVICE, room.relay_settings(server, SERVICE, kafka)).run())
    try:
        await asyncio.sleep(1)  # it leads by then, and finds nothing to do
        await _fill(connection, count)
        watch = room.Stopwatch.start()
        await room.until(lambda: connection.fetchval("select not exists (select from outbox)"), every=0.01)
        return watch.seconds
    finally:
        relay.cancel()
        await asyncio.wait([relay])


async def _bare(kafka: str, rows: Sequence[asyncpg.Record]) -> float:
    """What sending alone costs, with the relay's own settings."""
    messages = [(row["body"].encode(), row["key"].encode(), headers(row, SERVICE)) for row in rows]
    producer = AIOKafkaProducer(bootstrap_servers=kafka, acks="all", linger_ms=2)
    await producer.start()
    try:
        watch = room.Stopwatch.start()
        futures = [
            await producer.send(BARE_TOPIC, body, key=key, headers=attributes) for body, key, attributes in messages
        ]
        await asyncio.gather(*futures)
        return watch.seconds
    finally:
        await producer.stop()


async def _verify(server: Postgres) -> float:
    engine = create_async_engine(server.sqlalchemy_uri(database_of(SERVICE), roles(SERVICE)[2]))
    try:
        async with engine.connect() as connection:
            watch = room.Stopwatch.start()
            _, broken = await journal.verify(connection)
            assert not broken
            return watch.seconds
    finally:
        await engine.dispose()
