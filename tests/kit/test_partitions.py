"""Events of one aggregate go to one partition, also where a compacted topic must tell them apart."""

import asyncio

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.partitioner import DefaultPartitioner

from contracts.base import APART, new_id
from contracts.registry.personnel import PersonnelChanged
from kit.db import Database
from kit.outbox import emit_all
from kit.partitions import partition
from kit.relay import Relay
from kit.settings import Settings
from kit.topics import PARTITIONS
from tests.conftest import SettingsOf
from tests.contracts.samples import sample

TWELVE = range(12)


def test_plain_keys_lie_where_every_client_of_kafka_would_put_them() -> None:
    keys = [str(new_id()).encode() for _ in range(50)]
    assert [partition(key, TWELVE, TWELVE) for key in keys] == [DefaultPartitioner()(key, TWELVE, ()) for key in keys]
    assert partition(None, TWELVE, [7]) == 7


def test_what_only_tells_events_apart_does_not_choose_the_partition() -> None:
    assert len({partition(f"changes/16.71{APART}{new_id()}".encode(), TWELVE, ()) for _ in range(50)}) == 1


@pytest.mark.connected
async def test_changes_of_personnel_of_a_city_are_heard_in_the_order_in_which_they_were_recorded(
    registry_db: Database, settings_of: SettingsOf, kafka: str
) -> None:
    """A later one rests on those before it; in another partition it could overtake them."""
    settings = settings_of(registry_db).model_copy(update={"kafka": kafka})
    whole = sample(PersonnelChanged)
    changes = [whole.model_copy(update={"change_id": new_id(), "more": False}) for _ in range(30)]
    async with registry_db.transaction(whole.tenant_id) as session:
        await emit_all(session, changes)
    relaying = asyncio.create_task(Relay("registry", settings).run())
    try:
        found = await _heard(settings, len(changes))
    finally:
        relaying.cancel()
        await asyncio.gather(relaying, return_exceptions=True)
    assert found == [change.key for change in changes]
    assert len(set(found)) == len(changes)


async def _heard(settings: Settings, count: int) -> list[str]:
    """The keys of so many messages of the registry, partition by partition."""
    consumer = AIOKafkaConsumer(bootstrap_servers=settings.kafka, auto_offset_reset="earliest")
    await consumer.start()
    try:
        consumer.assign([TopicPartition("registry", number) for number in range(PARTITIONS)])
        found: dict[int, list[str]] = {}
        async with asyncio.timeout(30):
            while sum(map(len, found.values())) < count:
                for where, records in (await consumer.getmany(timeout_ms=200)).items():
                    found.setdefault(where.partition, []).extend(one.key.decode() for one in records)
    finally:
        await consumer.stop()
    return [key for number in sorted(found) for key in found[number]]
