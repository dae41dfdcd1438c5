"""Carries the outbox to Kafka in order, and what was acknowledged to the journal; one leader a service.

A crash after sending and before moving sends twice, which every consumer's inbox absorbs. Nothing is ever lost: a row
leaves the outbox in the statement that writes it to the journal.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg
import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError, MessageSizeTooLargeError

from kit import metrics
from kit.journal import GENESIS, chained, stamp
from kit.partitions import partition
from kit.settings import Settings

log = structlog.get_logger()

BATCH = 500
IDLE_SECONDS = 0.025
"""Poll of an idle outbox; NOTIFY in the writing transaction would cost a third of its throughput."""
PAUSE_SECONDS = 1.0
_LEADER = 0x6B696E  # any number that only this lock uses

# By id alone: only one relay of a service takes, and rows of one aggregate are committed in the order of their ids (see
# kit.outbox.emit). No `for update skip locked`: a second taker would break that order.
_TAKE = "select * from outbox order by id limit $1"
# Delete and insert in one statement, so that a crash leaves a row in exactly one of the two tables. Arrays instead of
# many rows of VALUES: the text stays the same at every batch size, and PostgreSQL prepares it once. The heads come
# along, because whoever reads a chain between two statements would take its end for cut off.
_MOVE = """
with gone as (delete from outbox where id = any($1::bigint[])),
heads as (
    insert into journal_heads (tenant_id, position, hash)
    select * from unnest($14::text[], $15::bigint[], $16::text[])
    on conflict (tenant_id) do update set position = excluded.position, hash = excluded.hash
)
insert into journal (position, event_id, tenant_id, topic, key, type, subject, actor, reason, body, time, hash)
select * from unnest($2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                     $10::text[], $11::text[], $12::timestamptz[], $13::text[])
"""
# The row moves with its reason; its place in the chain is not taken, because nobody was ever sent it.
_ASIDE = """
with gone as (delete from outbox where id = $1 returning *)
insert into outbox_dead (id, event_id, tenant_id, topic, key, type, subject, actor, reason, body, time, error)
select id, event_id, tenant_id, topic, key, type, subject, actor, reason, body, time, $2 from gone
"""
_COLUMNS = ("event_id", "tenant_id", "topic", "key", "type", "subject", "actor", "reason", "body", "time")


@dataclass
class Chain:
    """Where the journal ends: its last position, and the last hash of each city."""

    position: int
    hashes: dict[str, str]


def headers(row: Any, service: str) -> list[tuple[str, bytes]]:
    """CloudEvents 1.0 attributes of a row, in Kafka's binary mode."""
    attributes = {
        "ce_specversion": "1.0",
        "ce_id": str(row["event_id"]),
        "ce_type": row["type"],
        "ce_source": f"/kinerja/{service}",
        "ce_subject": row["subject"],
        "ce_time": stamp(row["time"]),
        "ce_city": row["tenant_id"],
        "content-type": "application/json",
    }
    return [(name, value.encode()) for name, value in attributes.items()]


class Relay:
    """One service's relay."""

    def __init__(self, service: str, settings: Settings) -> None:
        self._service = service
        self._settings = settings

    async def run(self) -> None:
        """Lead when nobody else does, for ever; a lost database or broker is waited for."""
        while True:
            try:
                await self._lead()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, KafkaError) as error:
                log.warning("relay waits", service=self._service, error=str(error))
                await asyncio.sleep(PAUSE_SECONDS)

    async def _lead(self) -> None:
        connection = await asyncpg.connect(self._settings.relay_database_url)
        try:
            await connection.execute("select pg_advisory_lock($1)", _LEADER)
            producer = await self._producer()
            try:
                await self._republish_if_lost(connection, producer)
                await self._carry(connection, producer)
            finally:
                await producer.stop()
        finally:
            await connection.close(timeout=2)

    async def _producer(self) -> AIOKafkaProducer:
        producer = AIOKafkaProducer(
            bootstrap_servers=self._settings.kafka,
            acks="all",
            linger_ms=2,
            partitioner=partition,
            enable_idempotence=self._settings.kafka_idempotent,
        )
        await producer.start()
        return producer

    async def _carry(self, connection: asyncpg.Connection, producer: AIOKafkaProducer) -> None:
        chain = await self._chain(connection)
        while True:
            rows = await connection.fetch(_TAKE, BATCH)
            if not rows:
                metrics.outbox_rows.labels(self._service).set(0)
                await asyncio.sleep(IDLE_SECONDS)
                continue
            sent = await self._send(connection, producer, rows)
            await self._move(connection, chain, sent)
            metrics.outbox_rows.labels(self._service).set(len(rows))
            metrics.events_sent.labels(self._service).inc(len(sent))

    async def _send(self, connection: asyncpg.Connection, producer: AIOKafkaProducer, rows: Sequence[Any]) -> list[Any]:
        """Send in order; a row that can never be sent is set aside instead of stopping all others."""
        futures, sent = [], []
        for row in rows:
            try:
                futures.append(await self._one(producer, row))
                sent.append(row)
            except MessageSizeTooLargeError as error:
                log.exception("event set aside", event_id=str(row["event_id"]), type=row["type"])
                metrics.events_dead.labels(self._service).inc()
                await connection.execute(_ASIDE, row["id"], str(error))
        await asyncio.gather(*futures)
        return sent

    async def _one(self, producer: AIOKafkaProducer, row: Any) -> asyncio.Future[Any]:
        future: asyncio.Future[Any] = await producer.send(
            row["topic"], row["body"].encode(), key=row["key"].encode(), headers=headers(row, self._service)
        )
        return future

    async def _chain(self, connection: asyncpg.Connection) -> Chain:
        position = await connection.fetchval("select coalesce(max(position), 0) from journal")
        heads = await connection.fetch("select tenant_id, hash from journal_heads")
        return Chain(position, {row["tenant_id"]: row["hash"] for row in heads})

    async def _move(self, connection: asyncpg.Connection, chain: Chain, rows: Sequence[Any]) -> None:
        """Outbox to journal in one statement; each row is hashed onto its city's chain."""
        positions, hashes = [], []
        heads: dict[str, tuple[int, str]] = {}
        for row in rows:
            chain.position += 1
            previous = chain.hashes.get(row["tenant_id"], GENESIS)
            hashed = chained(previous, *_hashed_fields(chain.position, row))
            chain.hashes[row["tenant_id"]] = hashed
            heads[row["tenant_id"]] = (chain.position, hashed)
            positions.append(chain.position)
            hashes.append(hashed)
        columns = [[row[name] for row in rows] for name in _COLUMNS]
        ends = [list(heads), [p for p, _ in heads.values()], [h for _, h in heads.values()]]
        await connection.execute(_MOVE, [row["id"] for row in rows], positions, *columns, hashes, *ends)

    async def _republish_if_lost(self, connection: asyncpg.Connection, producer: AIOKafkaProducer) -> None:
        """A broker that has forgotten the topic gets the whole journal again, in order, before anything new."""
        if not await connection.fetchval("select exists (select from journal)"):
            return
        if not await self._is_empty():
            return
        log.info("broker has lost the topic: re-publishing the journal", service=self._service)
        after = 0
        while rows := await connection.fetch(
            "select * from journal where position > $1 order by position limit $2", after, BATCH
        ):
            await asyncio.gather(*[await self._one(producer, row) for row in rows])
            after = rows[-1]["position"]

    async def _is_empty(self) -> bool:
        consumer = AIOKafkaConsumer(self._service, bootstrap_servers=self._settings.kafka)
        await consumer.start()
        try:
            partitions = consumer.partitions_for_topic(self._service) or set()
            ends = await consumer.end_offsets([TopicPartition(self._service, number) for number in partitions])
            return not any(ends.values())
        finally:
            await consumer.stop()


def _hashed_fields(position: int, row: Any) -> tuple[str, ...]:
    return (
        str(position),
        str(row["event_id"]),
        *(row[name] for name in ("tenant_id", "topic", "key", "type", "subject", "actor")),
        row["reason"] or "",
        stamp(row["time"]),
        row["body"],
    )
