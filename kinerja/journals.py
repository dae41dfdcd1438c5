"""Journals and bus as the command line reaches them: through the relays' roles, which see every city."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from rich.console import Console
from rich.progress import Progress

from kinerja.stack.errors import StackError
from kinerja.stack.existing.named import remembered
from kinerja.stack.existing.postgres import ExistingPostgres
from kinerja.stack.postgres import Postgres, database_of, roles
from kinerja.stack.state import State
from kit.partitions import partition
from kit.relay import BATCH, headers
from kit.verifying import Verdict, judge

Server = Postgres | ExistingPostgres


async def reachable(state: State, held: AsyncExitStack) -> Server:
    """The PostgreSQL of a stack: the running one, or one started for as long as ``held`` is open."""
    postgres = _server(state)
    if isinstance(postgres, Postgres):
        if not state.postgres.exists():
            raise StackError(f"no data on {state.root}: start a stack with `kinerja up` or `kinerja demo` first")
        if not state.is_held():
            await held.enter_async_context(postgres)
    return postgres


def _server(state: State) -> Server:
    existing = remembered(state)
    return ExistingPostgres(existing.postgres, state) if existing.postgres else Postgres(state.postgres)


async def verify(state: State, postgres: Server, service: str) -> Verdict:
    """Whether a service's journal is what was recorded, and what was anchored on this state directory."""
    uri = postgres.uri(database_of(service), roles(service)[2])
    return await judge(uri, service, directory=state.anchors, keys=state.anchor_keys)


async def publish_again(state: State, kafka: str, service: str, after: int, progress: Progress) -> int:
    """Send a journal to its topic once more, with the same event ids; returns how many."""
    connection = await asyncpg.connect(_server(state).uri(database_of(service), roles(service)[2]))
    idempotent = bool(remembered(state).kafka)  # the embedded broker does not know it
    producer = AIOKafkaProducer(
        bootstrap_servers=kafka, acks="all", enable_idempotence=idempotent, partitioner=partition
    )
    await producer.start()
    try:
        total = await connection.fetchval("select count(*) from journal where position > $1", after)
        bar = progress.add_task(service, total=total)
        query = "select * from journal where position > $1 order by position limit $2"
        while rows := await connection.fetch(query, after, BATCH):
            for row in rows:
                await producer.send(
                    row["topic"], row["body"].encode(), key=row["key"].encode(), headers=headers(row, service)
                )
            await producer.flush()
            after = rows[-1]["position"]
            progress.advance(bar, len(rows))
        return int(total)
    finally:
        await producer.stop()
        await connection.close()


async def watch(
    kafka: str, topics: Sequence[str], *, city: str | None, from_start: bool, limit: int, console: Console
) -> int:
    """Print what passes on the bus until the limit is reached or somebody stops it."""
    consumer = AIOKafkaConsumer(
        *topics,
        bootstrap_servers=kafka,
        auto_offset_reset="earliest" if from_start else "latest",
        enable_auto_commit=False,
    )
    await consumer.start()
    shown = 0
    try:
        async for record in consumer:
            attributes = {name: value.decode() for name, value in record.headers}
            if city is None or attributes.get("ce_city") == city:
                console.print(_line(attributes), soft_wrap=True, highlight=False)
                shown += 1
            if limit and shown >= limit:
                break
    finally:
        await consumer.stop()
    return 0


def _line(attributes: dict[str, Any]) -> str:
    kind = attributes.get("ce_type", "?").removeprefix("id.kinerja.")
    return f"{attributes.get('ce_time', '?')[:19]}  {attributes.get('ce_city', '?')}  {kind:<44} {attributes.get('ce_subject', '')}"
