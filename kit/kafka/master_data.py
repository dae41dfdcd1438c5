"""Feeds a service's copy of master data in batches; one record that is wrong is set aside, and the rest takes effect."""

from collections.abc import Awaitable, Callable, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Event
from kit.db import Database
from kit.kafka.batches import Heard, Taking, subscribe
from kit.kafka.brokers import Broker

TOPIC = "registry"
CopyCommand = Callable[[AsyncSession, Sequence[Event]], Awaitable[object]]


def copy_master_data(
    broker: Broker, database: Database, service: str, take: CopyCommand, *, kinds: Sequence[type[Event]]
) -> None:
    """Feed events of these kinds to a copy in batches, one transaction a city and batch.

    No inbox: ``take`` must be idempotent by revision, which makes it safe to see a message twice and cheap to replay.
    """

    async def take_events(session: AsyncSession, heard: Sequence[Heard]) -> None:
        await take(session, [one.event for one in heard])

    broker.copying.add(service)
    subscribe(broker, service, f"{service}.{TOPIC}", Taking(database, take_events, kinds))
