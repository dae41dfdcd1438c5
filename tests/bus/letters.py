"""Puts messages on topics, and reads what was set aside."""

from collections.abc import Sequence
from typing import TypeAlias

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition

from tests.bus.poison import Message

Dead: TypeAlias = ConsumerRecord[bytes, bytes]


async def send(kafka: str, messages: Sequence[Message], *, partition: int = 0) -> None:
    """In this order, into one partition of each topic."""
    async with AIOKafkaProducer(bootstrap_servers=kafka, max_request_size=20_000_000) as producer:
        for one in messages:
            await producer.send(one.topic, one.value, key=b"key", headers=list(one.headers), partition=partition)
        await producer.flush()


async def dead(kafka: str, service: str) -> list[Dead]:
    """All that was set aside by a service until now."""
    async with AIOKafkaConsumer(bootstrap_servers=kafka, auto_offset_reset="earliest") as consumer:
        partition = TopicPartition(f"{service}.dead", 0)
        consumer.assign([partition])
        end = (await consumer.end_offsets([partition]))[partition]
        found: list[Dead] = []
        while await consumer.position(partition) < end:
            found += [one for some in (await consumer.getmany(timeout_ms=200)).values() for one in some]
        return found


def header(letter: Dead, name: str) -> str:
    """The last header of this name; empty if there is none."""
    values = [value for one, value in letter.headers if one == name]
    return values[-1].decode(errors="replace") if values else ""
