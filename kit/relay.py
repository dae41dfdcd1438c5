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
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, UnknownTopicOrPartitionError

from kit import direct, kafka_access, metrics, topics, traceparent
from kit.journal import GENESIS, chained, stamp
from kit.partitions import partition
from kit.settings import Settings

log = structlog.get_logger()

BATCH = 500
IDLE_SECONDS = 0.025
"""Poll of an idle outbox; NOTIFY in the writing transaction would cost a third of its throughput."""
PAUSE_SECONDS = 1.0
_LEADER = 7039342  # any number that only this lock uses

# By id alone: only one relay of a service takes, and rows of one aggregate are committed in the order of their ids (see
# kit.outbox.emit). No `for update skip locked`: a second taker would break that order. Nothing is taken or moved but by the
# backend that holds the lock: whoever lost it, and does not know it yet, finds nothing and moves nothing.
_LEADS = """exists (
    select from pg_locks where locktype = 'advisory' and granted and pid = pg_backend_pid() and classid = 0
        and objid = 7039342 and database = (select oid from pg_database where datname = current_database())
)"""
_TAKE = f"select * from outbox where {_LEADS} order by id limit $1"  # noqa: S608 - constants alone
# Delete and insert in one statement, so that a crash leaves a row in exactly one of the two tables. Arrays instead of
# many rows of VALUES: the text stays the same at every batch size, and PostgreSQL prepares it once. The heads come
# along, because whoever reads a chain between two statements would take its end for cut off.
_MOVE = f"""
with gone as (delete from outbox where id = any($1::bigint[]) and {_LEADS} returning id),
heads as (
    insert into journal_heads (tenant_id, position, hash)
    select * from unnest($14::text[], $15::bigint[], $16::text[]) where exists (select from gone)
    on conflict (tenant_id) do update set position = excluded.position, hash = excluded.hash
)
insert into journal (position, event_id, tenant_id, topic, key, type, subject, actor, reason, body, time, hash,
                     traceparent)
select * from unnest($2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                     $10::text[], $11::text[], $12::timestamptz[], $13::text[], $17::text[])
where exists (select from gone)
"""  # noqa: S608 - constants alone
_COLUMNS = ("event_id", "tenant_id", "topic", "key", "type", "subject", "actor", "reason", "body", "time")


class LeadLost(Exception):
    """Another relay leads, or this one's connection no longer holds the lock."""


@dataclass
class Chain:
    """Where the journal ends: its last position, and the last hash of each city."""

    position: int
    hashes: dict[str, str]


def headers(row: Any, service: str) -> list[tuple[str, bytes]]:
    """CloudEvents 1.0 attributes of a row, in Kafka's binary mode, and the trace that it belongs to."""
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
    if row["traceparent"] is not None:
        attributes[traceparent.HEADER] = row["traceparent"]
    return [(name, value.encode()) for name, value in attributes.items()]


class Relay:
    """One service's relay."""

    def __init__(self, service: str, settings: Settings) -> None:
        self._service = service
        self._settings = settings

    async def run(self) -> None:
        """Lead when nobody else does, for ever; a lost database or broker is waited for.

        Raises TopicsUnfit where the broker lacks the topic, PoolerBetween where the lock would belong to nobody.
        """
        await topics.present(self._settings, {self._service})
        while True:
            try:
                await self._lead()
            except MessageSizeTooLargeError:
                # Nothing overtakes: what comes after may rest on what this event says.
                metrics.relay_blocked.labels(self._service).set(1)
                log.exception(
                    "the broker takes no event this large: nothing leaves until it does", service=self._service
                )
                await asyncio.sleep(PAUSE_SECONDS)
            except asyncio.CancelledError:
                # aiokafka cancels what waits for a broker that goes away; nobody has asked this relay to end.
                if (task := asyncio.current_task()) is None or task.cancelling():
                    raise
                log.warning("relay waits", service=self._service, error="what it waited for was cancelled")
                await asyncio.sleep(PAUSE_SECONDS)
            except (*direct.AWAY, KafkaError, LeadLost) as error:
                log.warning("relay waits", service=self._service, error=repr(error))
                await asyncio.sleep(PAUSE_SECONDS)

    async def _lead(self) -> None:
        url = self._settings.relay_database_url
        await direct.refuse_poolers(url)
        connection = await direct.connect(url)
        try:
            # Asked again and again instead of waited for: who waits in silence does not notice that the server is gone.
            while not await connection.fetchval("select pg_try_advisory_lock($1)", _LEADER):
                metrics.outbox_rows.labels(self._service).set(0)  # another counts them now
                await asyncio.sleep(PAUSE_SECONDS)
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
            **kafka_access.client(self._settings),
            acks="all",
            linger_ms=2,
            max_request_size=topics.LARGEST_BYTES,
            partitioner=partition,
            enable_idempotence=self._settings.kafka_idempotent,
        )
        try:
            await producer.start()
        except BaseException:
            await producer.stop()
            raise
        return producer

    async def _carry(self, connection: asyncpg.Connection, producer: AIOKafkaProducer) -> None:
        chain = await self._chain(connection)
        while True:
            rows = await connection.fetch(_TAKE, BATCH)
            if not rows:
                metrics.outbox_rows.labels(self._service).set(0)
                await asyncio.sleep(IDLE_SECONDS)
                continue
            metrics.outbox_rows.labels(self._service).set(len(rows))  # now, for a broker that is away takes them never
            await self._send(producer, rows)
            await self._move(connection, chain, rows)
            metrics.events_sent.labels(self._service).inc(len(rows))

    async def _send(self, producer: AIOKafkaProducer, rows: Sequence[Any]) -> None:
        """Send in order; return when the broker has all of them."""
        await asyncio.gather(*[await self._one(producer, row) for row in rows])
        metrics.relay_blocked.labels(self._service).set(0)

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
        traces = [row["traceparent"] for row in rows]
        moved = await connection.execute(_MOVE, [row["id"] for row in rows], positions, *columns, hashes, *ends, traces)
        if moved != f"INSERT 0 {len(rows)}":
            raise LeadLost(f"{moved} instead of {len(rows)}: the lock belongs to somebody else")

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
            await self._send(producer, rows)
            after = rows[-1]["position"]

    async def _is_empty(self) -> bool:
        """Whether nothing lies in the topic. It is named: without a name Apache Kafka tells of no partitions."""
        consumer = AIOKafkaConsumer(self._service, **kafka_access.client(self._settings))
        try:
            await consumer.start()
            if not (partitions := consumer.partitions_for_topic(self._service)):
                raise UnknownTopicOrPartitionError(f"the broker does not tell the partitions of {self._service} yet")
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
