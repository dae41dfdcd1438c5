"""Feeds a service's copy of master data in batches; one record that is wrong is set aside, and the rest takes effect."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from faststream import AckPolicy
from faststream.kafka import KafkaMessage
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Event
from kit.db import Database
from kit.kafka import brokers, reading
from kit.kafka.brokers import Broker
from kit.kafka.patience import Failure
from kit.kafka.reading import Record, Unreadable
from kit.transient import Kind, kind

TOPIC = "registry"
BatchCommand = Callable[[AsyncSession, Sequence[Event]], Awaitable[object]]
_Read = list[tuple[Record, Event]]


def copy_master_data(
    broker: Broker, database: Database, service: str, take: BatchCommand, *, kinds: Sequence[type[Event]]
) -> None:
    """Feed events of these kinds to a copy in batches, one transaction a city and batch.

    No inbox: ``take`` must be idempotent by revision, which makes it safe to see a message twice and cheap to replay.
    """
    group = f"{service}.{TOPIC}"
    broker.hears.setdefault(group, []).extend(kinds)
    broker.copying.add(service)
    patience, copy = broker.patience(service, group), _Copy(database, take, kinds)

    @broker.subscriber(
        brokers.topic(TOPIC),
        group_id=group,
        batch=True,
        batch_timeout_ms=20,
        max_records=500,
        ack_policy=AckPolicy.NACK_ON_ERROR,  # of FastStream itself: our own errors never get there
        auto_offset_reset="earliest",
        **broker.timing(),
        parser=reading.bare,
        decoder=reading.undecoded_batch,
    )
    async def on_master_data(_bodies: Any, message: KafkaMessage) -> None:
        records: Any = message.raw_message
        await patience.through(message, records, lambda: copy.take_batch(records))


class _Copy:
    """What one service does with a batch."""

    def __init__(self, database: Database, take: BatchCommand, kinds: Sequence[type[Event]]) -> None:
        self._database = database
        self._take = take
        self._kinds = {kind.ce_type(): kind for kind in kinds}

    async def take_batch(self, records: Sequence[Record]) -> Sequence[Failure]:
        """Effects of all that can have one; returns what failed, each record with its own error."""
        cities: dict[str, _Read] = {}
        failures: list[Failure] = []
        for record in records:
            try:
                event = self._read(record)
            except Exception as error:  # noqa: BLE001 - patience decides what it means
                failures.append((record, error))
            else:
                if event is not None:
                    cities.setdefault(event.tenant_id, []).append((record, event))
        for tenant_id, read in cities.items():
            failures += await self._city(tenant_id, read)
        return failures

    def _read(self, record: Record) -> Event | None:
        """None for an event that the copy has no use for, perhaps of a newer registry."""
        of = reading.heading(record)
        event_type = self._kinds.get(of.type)
        if event_type is None:
            if reading.is_other_version(of, self._kinds.values()):
                raise Unreadable(
                    f"{of.type} is a version that this program does not know: upgrade it, then revive this"
                )
            return None
        return reading.body(record, of, event_type)

    async def _city(self, tenant_id: str, read: _Read) -> Sequence[Failure]:
        """All at once; where that fails for a reason that may lie in one of them, one by one."""
        try:
            await self._commit(tenant_id, [event for _, event in read])
        except Exception as error:  # noqa: BLE001 - patience decides what it means
            if len(read) == 1 or kind(error) in {Kind.TRANSIENT, Kind.NOT_READY}:
                return [(read[0][0], error)]
        else:
            return []
        return [failure for one in read for failure in await self._city(tenant_id, [one])]

    async def _commit(self, tenant_id: str, events: Sequence[Event]) -> None:
        async with self._database.transaction(tenant_id) as session:
            await self._take(session, events)
