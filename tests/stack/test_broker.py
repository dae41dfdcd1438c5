"""The embedded broker speaks Kafka with aiokafka and gets its topics again when it lost everything."""

from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from kinerja.stack import ports
from kinerja.stack.broker import broker
from kit.topics import PARTITIONS, topics

pytestmark = pytest.mark.connected


@pytest.fixture
def port() -> int:
    return ports.choose(["broker under test"], {})["broker under test"]


async def _send(address: str, topic: str, value: bytes) -> None:
    async with AIOKafkaProducer(bootstrap_servers=address) as producer:
        await producer.send_and_wait(topic, value, key=b"one", headers=[("ce_type", b"test")])


async def _first(address: str, topic: str) -> tuple[bytes | None, bytes | None, tuple[tuple[str, bytes], ...]]:
    async with AIOKafkaConsumer(topic, bootstrap_servers=address, auto_offset_reset="earliest") as consumer:
        record = await consumer.getone()
        return record.key, record.value, tuple(record.headers)


async def test_a_message_goes_round_and_topics_come_back_after_a_crash(port: int, tmp_path: Path) -> None:
    child = broker(port=port, log=tmp_path / "broker.log", make=topics(("registry", "plans")))
    address = f"{ports.HOST}:{port}"
    await child.start()
    try:
        await _send(address, "plans", b"hello")
        assert await _first(address, "plans") == (b"one", b"hello", (("ce_type", b"test"),))
        await child.kill()
        await child.start()
        await _send(address, "plans", b"again")
        assert (await _first(address, "plans"))[1] == b"again"
    finally:
        await child.stop()


def test_every_service_tells_and_everybody_who_listens_can_set_aside() -> None:
    made = {topic.name: topic for topic in topics(("registry", "plans"))}
    assert set(made) == {"registry", "plans", "registry.dead", "plans.dead", "workflows.dead"}
    assert (made["plans"].partitions, made["plans.dead"].partitions) == (PARTITIONS, 1)
    assert made["registry"].settings["cleanup.policy"] == "compact"
