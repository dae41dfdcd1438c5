"""A bus in memory: what one service tells reaches the others' own consumers, and the triggers of the workflows, in order."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

import asyncpg
from faststream.kafka import TestKafkaBroker
from temporalio.client import Client

from contracts.base import PORTAL, Event
from kit import kafka as bus
from kit.clock import Clock
from kit.db import Database
from kit.kafka import Broker
from kit.relay import headers as relay_headers
from kit.settings import Settings
from tests.support.emitted import relay_url
from workflows.triggers.deadlines import ExpectedSweeps, LadderEvent
from workflows.triggers.install import install

# What is told comes to the journal as the relay brings it there; the hashes are of no chain, which is the relay's to test.
_TAKE = """
with gone as (delete from outbox returning *),
kept as (
    insert into journal (position, event_id, tenant_id, topic, key, type, subject, actor, reason, body, time, hash)
    select id, event_id, tenant_id, topic, key, type, subject, actor, reason, body, time,
        encode(sha256(convert_to(event_id::text, 'UTF8')), 'hex') from gone)
select * from gone
"""
LISTENING = ("plans", "evaluation", "feedback", "notify")
"""The registry tells and listens to nobody."""


class _Unthrottled(ExpectedSweeps):
    """Wakes the deadlines at every obligation: what is expected on the wall is nothing where time is skipped."""

    def covers(self, event: LadderEvent, at: float) -> bool:
        return False


class Bus:
    """Empties the outboxes of some services."""

    def __init__(self, broker: Broker, outboxes: Mapping[str, asyncpg.Connection]) -> None:
        self._broker = broker
        self._outboxes = outboxes

    async def carry(self, first: str) -> list[Event]:
        """Deliver until nobody tells anything more; nothing where ``first``, if named, told nothing. Returns all of it."""
        told = await self._carry_of(first) if first else []
        if first and not told:
            return []
        while some := [event for name in self._outboxes for event in await self._carry_of(name)]:
            told += some
        return told

    async def _carry_of(self, name: str) -> list[Event]:
        gone = await self._outboxes[name].fetch(_TAKE)
        rows = sorted(gone, key=lambda row: int(row["id"]))
        for row in rows:
            await self._deliver(name, row)
        return [Event.known[row["type"]].model_validate_json(row["body"]) for row in rows]

    async def _deliver(self, name: str, row: Any) -> None:
        """With the headers that the relay gives: some consumers read more of them than others."""
        headers = {header: value.decode() for header, value in relay_headers(row, name)}
        await self._broker.publish(row["body"].encode(), topic=row["topic"], key=row["key"].encode(), headers=headers)


@asynccontextmanager
async def in_memory(databases: Mapping[str, Database], client: Client, clock: Clock) -> AsyncIterator[Bus]:
    """Every service's consumers and the triggers, bound as in production, without a broker between them."""
    broker = bus.broker(Settings(environment="test"), "year")
    for name in (*LISTENING, *({PORTAL, "integrations"} & databases.keys())):
        import_module(f"services.{name}.consumers").install(broker, databases[name])
    install(broker, client, _Unthrottled(clock))
    outboxes = {name: await asyncpg.connect(relay_url(database)) for name, database in databases.items()}
    try:
        async with TestKafkaBroker(broker):
            yield Bus(broker, outboxes)
    finally:
        for outbox in outboxes.values():
            await outbox.close()
