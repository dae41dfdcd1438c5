"""Consumer groups are looked at from outside, on the embedded broker and on Apache Kafka alike."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition

from contracts.base import DEPLOYED
from contracts.evaluation.cycles import CycleOpened
from contracts.plans.plans import PlanDrafted
from contracts.workflows import LISTENING
from kinerja.operations.ages import age
from kinerja.operations.lag import Behind, _heard, _possible, lag
from kit.kafka.listener import group_of
from kit.settings import Settings
from tests.bus.letters import send
from tests.bus.poison import good
from tests.support.apache_kafka import SESSION_MS


class Rebalances(ConsumerRebalanceListener):  # type: ignore[misc]
    """Counts them."""

    count = 0

    async def on_partitions_revoked(self, revoked: Any) -> None: ...

    async def on_partitions_assigned(self, assigned: Any) -> None:
        self.count += 1


@pytest.fixture
async def reader(kafka: str) -> AsyncIterator[tuple[Any, Rebalances]]:
    """A consumer of plans in the group of feedback, which acknowledges when it is told to."""
    consumer: Any = AIOKafkaConsumer(
        bootstrap_servers=kafka,
        group_id=group_of("feedback", "plans"),
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        session_timeout_ms=SESSION_MS,
    )
    rebalances = Rebalances()
    await consumer.start()
    consumer.subscribe(["plans"], listener=rebalances)
    yield consumer, rebalances
    await consumer.stop()


def settings(kafka: str) -> Settings:
    return Settings(environment="test", kafka=kafka)


async def _of(kafka: str, group: str) -> Behind | None:
    return next((one for one in await lag(settings(kafka)) if one.group == group), None)


@pytest.mark.connected
@pytest.mark.timeout(300)
async def test_a_group_is_looked_at_without_disturbing_it(kafka: str, reader: tuple[Any, Rebalances]) -> None:
    consumer, rebalances = reader
    group = group_of("feedback", "plans")
    while not consumer.assignment():
        await consumer.getmany(timeout_ms=200)
    before = time.time()
    await send(kafka, [good(PlanDrafted)] * 5)
    await send(kafka, [good(PlanDrafted)] * 2, partition=1)
    await send(kafka, [good(CycleOpened)])
    found = await _of(kafka, group)
    assert found is not None, "also a group that has acknowledged nothing yet"
    assert (found.service, found.topic, found.records, found.readers) == ("feedback", "plans", 7, 1)
    assert 0 <= found.seconds <= time.time() - before
    assert (await lag(settings(kafka)))[0].group == group, "the worst comes first"

    await consumer.commit({TopicPartition("plans", 0): 4})
    await asyncio.sleep(0.1)
    third = time.time()
    await send(kafka, [good(PlanDrafted)], partition=2)
    found = await _of(kafka, group)
    assert found is not None
    assert found.records == 4
    await consumer.commit({TopicPartition("plans", 0): 5, TopicPartition("plans", 1): 2})
    found = await _of(kafka, group)
    assert found is not None
    assert found.records == 1
    assert found.seconds <= time.time() - third, "the age is that of the first record which was not acknowledged"

    await consumer.commit({TopicPartition("plans", 2): 1})
    found = await _of(kafka, group)
    assert found is not None
    assert (found.records, found.seconds) == (0, 0)
    await consumer.getmany(timeout_ms=500)
    assert rebalances.count == 1, "nobody has joined"


def test_every_group_is_known_by_its_name() -> None:
    pairs = {(service, topic) for service in LISTENING for topic in DEPLOYED}
    assert {group_of(*pair) for pair in pairs} <= _possible()
    assert all(_heard(group_of(*pair)) == pair for pair in pairs)
    assert {f"{service}.registry" for service in LISTENING} <= _possible(), "kit.kafka.master_data"


@pytest.mark.parametrize(
    ("seconds", "said"), [(-1, "0 s"), (0.4, "0 s"), (119, "119 s"), (120, "2 min"), (7_300, "2 h"), (200_000, "2 d")]
)
def test_an_age_is_said_in_the_largest_unit_of_which_there_are_two(seconds: float, said: str) -> None:
    assert age(seconds) == said
