"""Whether the engines of a start belong together: the Kafka of one stack beside the databases of another is refused."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition

from contracts.workflows import QUEUE
from kinerja.stack.errors import StackError
from kinerja.stack.existing.postgres import ExistingPostgres
from kinerja.stack.existing.temporal import connected
from kinerja.stack.postgres import Postgres, database_of, roles

READ_SECONDS = 10.0
NEARLY = timedelta(minutes=1)
"""A clock that is read in two processes may differ by so much."""
_NEWEST = "select time from journal order by position desc limit 1"
_STRANGE = """
select count(*) from unnest($1::uuid[]) as sent (id)
where not exists (select from journal where event_id = sent.id)
  and not exists (select from outbox where event_id = sent.id)
"""
_RUNNING = f"TaskQueue = '{QUEUE}' and ExecutionStatus = 'Running'"


async def check(
    postgres: Postgres | ExistingPostgres,
    *,
    kafka: str,
    temporal: tuple[str, str],
    services: Sequence[str],
    now: datetime,
) -> str:
    """What somebody should do, if anything; raises StackError where a start would mix what two stacks know."""
    sent = await _newest_events(kafka, services)
    known = [await _journaled(postgres, service, sent.get(service, set()), kafka) for service in services]
    ends = [end for end in known if end is not None]
    if ends and max(ends) > now + NEARLY:
        raise StackError(
            f"the databases hold facts of {max(ends):%Y-%m-%d %H:%M} UTC, and here it is {now:%Y-%m-%d %H:%M}: they"
            " belong to another state directory (start with its --state), or this one needs databases of its own"
        )
    return await _stories(*temporal, told=bool(ends))


async def _journaled(
    postgres: Postgres | ExistingPostgres, service: str, sent: set[UUID | None], kafka: str
) -> datetime | None:
    """When the newest fact in a service's journal was; what its topic ends with must be known there."""
    connection = await asyncpg.connect(postgres.uri(database_of(service), roles(service)[2]))
    try:
        strange = None in sent or await connection.fetchval(_STRANGE, [one for one in sent if one])
        newest: datetime | None = await connection.fetchval(_NEWEST)
    finally:
        await connection.close()
    if strange:
        raise StackError(
            f"Kafka at {kafka} holds messages in topic {service} that the database of {service} never sent: they are"
            " another stack's. Start with its databases (its --state or --postgres), or with topics that are empty"
        )
    return newest


async def _newest_events(kafka: str, topics: Sequence[str]) -> Mapping[str, set[UUID | None]]:
    """The id of the last message of each partition, by topic; None for one that is no event of ours."""
    consumer = AIOKafkaConsumer(*topics, bootstrap_servers=kafka, enable_auto_commit=False)
    await consumer.start()
    try:
        partitions = list(consumer.assignment())
        begins, ends = await consumer.beginning_offsets(partitions), await consumer.end_offsets(partitions)
        filled = {one for one in partitions if ends[one] > begins[one]}
        if not filled:
            return {}
        for one in filled:
            consumer.seek(one, ends[one] - 1)
        return await _read(consumer, filled)
    finally:
        await consumer.stop()


async def _read(consumer: AIOKafkaConsumer, waited: set[TopicPartition]) -> Mapping[str, set[UUID | None]]:
    found: dict[str, set[UUID | None]] = {}
    try:
        async with asyncio.timeout(READ_SECONDS):
            while waited:
                for partition, records in (await consumer.getmany(timeout_ms=500)).items():
                    waited.discard(partition)
                    found.setdefault(partition.topic, set()).update(_event_id(one.headers) for one in records)
    except TimeoutError as error:
        raise StackError(f"Kafka does not hand out the last messages of {', '.join(map(str, waited))}") from error
    return found


def _event_id(headers: Sequence[tuple[str, bytes]]) -> UUID | None:
    try:
        return UUID(dict(headers)["ce_id"].decode())
    except (KeyError, ValueError):
        return None


async def _stories(address: str, namespace: str, *, told: bool) -> str:
    client = await connected(address, namespace)
    running = (await client.count_workflows(_RUNNING)).count
    if running and not told:
        raise StackError(
            f"namespace {namespace} of Temporal at {address} runs {running} workflows of another stack, and the databases"
            " are empty: name a namespace of its own (--temporal HOST:PORT/NAMESPACE), or start with that stack's databases"
        )
    if told and not running:
        return (
            "the journals hold facts, and Temporal runs no workflow of them: once the stack is ready,"
            " `kinerja events replay` begins them again"
        )
    return ""
