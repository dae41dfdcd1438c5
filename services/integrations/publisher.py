"""Carries the feed to a topic a city, ``public.<city>``, for integrators who read Kafka; one leader, where a setting says so.

Each topic has one partition, so that the order is that of the feed, and is kept without end. Where it stands the publisher
reads from the topic itself: the last record says its position. A crash between sending and knowing it sends again; readers
know the event by its id.
"""

import asyncio
import json
from contextlib import suppress
from typing import Any

import asyncpg
import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError

from contracts.public.envelope import SINGLE
from kit import direct, kafka_access, topics, traceparent
from kit.settings import Settings

log = structlog.get_logger()

PREFIX = "public."
BATCH = 500
IDLE_SECONDS = 0.25
PAUSE_SECONDS = 2.0
DRAIN_SECONDS = 1.0
"""Nobody else writes: what has not come by then is not there."""
_LEADER = 7039343  # any number that only this lock uses; the relay's is another
_FEED = {"retention.ms": "-1", "max.message.bytes": str(topics.LARGEST_BYTES)}
_HEADS = "select tenant_id, position from feed_heads order by tenant_id"
_ROWS = """
select position, subject, body, traceparent from feed where tenant_id = $1 and position > $2 order by position limit $3
"""


def topic_of(city: str) -> str:
    """The topic of a city."""
    return f"{PREFIX}{city}"


async def run(settings: Settings) -> None:
    """Lead when nobody else does, for ever; a lost database or broker is waited for."""
    await direct.refuse_poolers(settings.relay_database_url)
    while True:
        try:
            await _lead(settings)
        except (*direct.AWAY, KafkaError) as error:
            log.warning("the publisher waits", error=repr(error))
            await asyncio.sleep(PAUSE_SECONDS)


async def _lead(settings: Settings) -> None:
    connection = await direct.connect(settings.relay_database_url)
    try:
        # Asked again and again: who waits in silence does not notice that the server is gone.
        while not await connection.fetchval("select pg_try_advisory_lock($1)", _LEADER):  # noqa: ASYNC110
            await asyncio.sleep(PAUSE_SECONDS)
        producer = AIOKafkaProducer(
            **kafka_access.client(settings),
            acks="all",
            linger_ms=5,
            max_request_size=topics.LARGEST_BYTES,
            enable_idempotence=settings.kafka_idempotent,
        )
        await producer.start()
        try:
            await _carry(settings, connection, producer)
        finally:
            await producer.stop()
    finally:
        await connection.close(timeout=2)


async def _carry(settings: Settings, connection: asyncpg.Connection, producer: AIOKafkaProducer) -> None:
    carried: dict[str, int] = {}
    while True:
        moved = 0
        for city, head in await connection.fetch(_HEADS):
            if city not in carried:
                carried[city] = await _begun(settings, city)
            if carried[city] < head:
                rows = await connection.fetch(_ROWS, city, carried[city], BATCH)
                await _send(producer, topic_of(city), rows)
                carried[city] = rows[-1]["position"]
                moved += len(rows)
        if not moved:
            await asyncio.sleep(IDLE_SECONDS)


async def _send(producer: AIOKafkaProducer, topic: str, rows: list[Any]) -> None:
    """In order; return when the broker has all of them."""
    sent = [
        await producer.send(
            topic, row["body"].encode(), key=row["subject"].encode(), partition=0, headers=_headers(row)
        )
        for row in rows
    ]
    await asyncio.gather(*sent)


def _headers(row: Any) -> list[tuple[str, bytes]]:
    kind = ("content-type", f"{SINGLE}; charset=UTF-8".encode())
    return [kind, *([] if row["traceparent"] is None else [(traceparent.HEADER, row["traceparent"].encode())])]


async def _begun(settings: Settings, city: str) -> int:
    """The position of the last event in the city's topic, which is made if it is not there."""
    await topics.make(settings, [topics.Topic(topic_of(city), partitions=1, settings=_FEED)])
    where = TopicPartition(topic_of(city), 0)
    consumer = AIOKafkaConsumer(**kafka_access.client(settings), auto_offset_reset="earliest")
    await consumer.start()
    try:
        consumer.assign([where])
        [first], [end] = (
            (await consumer.beginning_offsets([where])).values(),
            (await consumer.end_offsets([where])).values(),
        )
        if first == end:
            return 0
        consumer.seek(where, end - 1)
        return await _last(consumer)
    finally:
        await consumer.stop()


async def _last(consumer: AIOKafkaConsumer) -> int:
    """The position of the last record. To its real end, because the embedded broker tells one that is a batch too early."""
    last = await consumer.getone()
    with suppress(TimeoutError):
        while True:
            async with asyncio.timeout(DRAIN_SECONDS):
                last = await consumer.getone()
    return int(json.loads(last.value)["sequence"])
