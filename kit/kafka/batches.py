"""Feeds facts to a command in batches: one transaction a city and batch, in the order of the topic; what is wrong is set aside.

For whoever takes nearly everything that is told. The command makes a second time harmless itself: it claims the events
(``kit.inbox.first_times``) after it has locked what they change, or goes by their revisions, as the copy of master data does
(``kit.kafka.master_data``, a group of its own). Else one service hears a topic by this or by a ``Listener``, not by both.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from faststream import AckPolicy
from faststream.kafka import KafkaMessage
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Event
from kit.db import Database
from kit.kafka import brokers, reading
from kit.kafka.brokers import Broker
from kit.kafka.listener import group_of
from kit.kafka.patience import Failure
from kit.kafka.reading import Record, Unreadable
from kit.transient import Kind, kind

MOST = 500


@dataclass(frozen=True, slots=True)
class Heard:
    """An event with what its headers say of it."""

    event: Event
    event_id: UUID
    time: datetime
    traceparent: str | None = None
    """As it came (``kit.traceparent``): many are taken in one transaction, which therefore belongs to none of them."""


BatchCommand = Callable[[AsyncSession, Sequence[Heard]], Awaitable[object]]
_Read = list[tuple[Record, Heard]]


def take_batches(
    broker: Broker, database: Database, service: str, take: BatchCommand, *, kinds: Sequence[type[Event]]
) -> None:
    """Hand events of these kinds, of whatever topics, to the command."""
    for topic in sorted({event.topic for event in kinds}):
        own = [one for one in kinds if one.topic == topic]
        subscribe(broker, service, group_of(service, topic), Taking(database, take, own))


def subscribe(broker: Broker, service: str, group: str, taking: "Taking") -> None:
    """Hand what a topic says to whoever takes it; a group of consumers hears one topic."""
    [topic] = {event.topic for event in taking.kinds.values()}
    broker.hears.setdefault(group, []).extend(taking.kinds.values())
    patience = broker.patience(service, group)

    @broker.subscriber(
        brokers.topic(topic),
        group_id=group,
        batch=True,
        batch_timeout_ms=20,
        max_records=MOST,
        ack_policy=AckPolicy.NACK_ON_ERROR,  # of FastStream itself: our own errors never get there
        auto_offset_reset="earliest",
        **broker.timing(),
        parser=reading.bare,
        decoder=reading.undecoded_batch,
        title=group,
    )
    async def on_facts(_bodies: Any, message: KafkaMessage) -> None:
        records: Any = message.raw_message
        await patience.through(message, records, lambda: taking.take_batch(records))


class Taking:
    """What one service does with the batches of one topic."""

    def __init__(self, database: Database, take: BatchCommand, kinds: Sequence[type[Event]]) -> None:
        self._database = database
        self._take = take
        self.kinds = {event.ce_type(): event for event in kinds}

    async def take_batch(self, records: Sequence[Record]) -> Sequence[Failure]:
        """Effects of all that can have one; returns what failed, each record with its own error."""
        cities: dict[str, _Read] = {}
        failures: list[Failure] = []
        for record in records:
            try:
                heard = self._read(record)
            except Exception as error:  # noqa: BLE001 - patience decides what it means
                failures.append((record, error))
            else:
                if heard is not None:
                    cities.setdefault(heard.event.tenant_id, []).append((record, heard))
        for tenant_id, read in cities.items():
            failures += await self._city(tenant_id, read)
        return failures

    def _read(self, record: Record) -> Heard | None:
        """None for an event that is of no use here, perhaps of a newer program."""
        of = reading.heading(record)
        event_type = self.kinds.get(of.type)
        if event_type is not None:
            event, at = reading.body(record, of, event_type), reading.told_at(record)
            return Heard(event, of.event_id, at, reading.carried(record))
        if reading.is_other_version(of, self.kinds.values()):
            raise Unreadable(f"{of.type} is a version that this program does not know: upgrade it, then revive this")
        return None

    async def _city(self, tenant_id: str, read: _Read) -> Sequence[Failure]:
        """All at once; where that fails for a reason that may lie in one of them, one by one, each after those before."""
        try:
            async with self._database.transaction(tenant_id) as session:
                await self._take(session, [heard for _, heard in read])
        except Exception as error:  # noqa: BLE001 - patience decides what it means
            if len(read) == 1 or kind(error) in {Kind.TRANSIENT, Kind.NOT_READY}:
                return [(read[0][0], error)]
        else:
            return []
        return [failure for one in read for failure in await self._city(tenant_id, [one])]
