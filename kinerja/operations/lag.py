"""How far the consumer groups are behind: what was acknowledged beside what lies in the topics. Nobody joins a group for it."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from contracts.base import DEPLOYED
from contracts.workflows import LISTENING
from kinerja.stack.errors import StackError
from kit import kafka_access
from kit.settings import Settings

MASTER_DATA = "registry"
FACTS = ".facts"
"""Ends the name of the group that takes the facts of master data, beside the one that copies it."""
PATIENCE_SECONDS = 20.0
"""Of one look into the topics; a broker that hands nothing out for so long is ill."""
_LOOK_MS = 50
_NOTHING = -1
"""What Kafka answers where a group has acknowledged nothing yet."""
Place = tuple[TopicPartition, int]
"""Where a group stands: the next offset that it has not acknowledged."""


@dataclass(frozen=True, slots=True)
class Unread:
    """What lies behind a place."""

    records: int
    at: float | None
    """When the first of it was written, in POSIX seconds of the wall; None where there is nothing."""


@dataclass(frozen=True, slots=True)
class Behind:
    """A consumer group and its topic."""

    group: str
    service: str
    topic: str
    facts: bool
    """Whether it takes the facts of master data, beside the group that copies it."""
    records: int
    seconds: float
    """Age of the oldest record that was not acknowledged; 0 where nothing is left."""
    readers: int
    """Processes that are in the group now."""


async def lag(settings: Settings) -> list[Behind]:
    """Every group of ours that the bus knows, the one that is furthest behind first; raises StackError for a deaf bus.

    A group is known from its first join on, and for as long as the bus keeps its offsets after everybody has left
    (Apache Kafka: seven days).
    """
    try:
        stands, readers = await _stands(settings)
        unread = await _unread(settings, {one for places in stands.values() for one in places})
    except (KafkaError, OSError) as error:
        raise StackError(
            f"Kafka at {settings.kafka} does not tell how far its groups are ({error!r}): is it running, and may"
            " this account describe groups and read the topics (KINERJA_KAFKA_USER)?"
        ) from error
    found = [_behind(group, [unread[one] for one in places], readers[group]) for group, places in stands.items()]
    return sorted(found, key=lambda one: (-one.seconds, -one.records, one.group))


def _behind(group: str, unread: Sequence[Unread], readers: int) -> Behind:
    service, topic = _heard(group)
    oldest = min((one.at for one in unread if one.at is not None), default=None)
    seconds = 0.0 if oldest is None else max(0.0, time.time() - oldest)
    records = sum(one.records for one in unread)
    return Behind(group, service, topic, group.endswith(FACTS), records, seconds, readers)


def _heard(group: str) -> tuple[str, str]:
    """A group is named after who listens and to what (``kit.kafka.listener.group_of``)."""
    service, topic, *_ = group.split(".")
    return service, topic


async def _stands(settings: Settings) -> tuple[dict[str, list[Place]], dict[str, int]]:
    """Where each group stands in each partition of its topic, and how many are in it."""
    admin = AIOKafkaAdminClient(**kafka_access.client(settings))
    try:
        await admin.start()
        known = {name for name, *_ in await admin.list_consumer_groups()}
        readers = await _readers(admin, sorted({one for one in known if _is_ours(one)} | _possible()))
        partitions = await _partitions(admin, {_heard(one)[1] for one in readers})
        # Whoever has acknowledged nothing yet is not listed by the embedded broker, and is in a group all the same.
        groups = [one for one, count in readers.items() if (one in known or count) and _heard(one)[1] in partitions]
        # By partition: the embedded broker does not know the question for all of a group's partitions.
        asked = [_acknowledged(admin, one, partitions[_heard(one)[1]]) for one in groups]
        return dict(zip(groups, await asyncio.gather(*asked), strict=True)), readers
    finally:
        await admin.close()


def _is_ours(group: str) -> bool:
    return "." in group and _heard(group)[0] in LISTENING


def _possible() -> set[str]:
    """The names that groups of ours can have."""
    plain = {f"{service}.{topic}" for service in LISTENING for topic in DEPLOYED}
    return plain | {f"{service}.{MASTER_DATA}{FACTS}" for service in LISTENING}


async def _partitions(admin: AIOKafkaAdminClient, topics: Iterable[str]) -> dict[str, list[TopicPartition]]:
    """Of those topics that there are; asking for one that is missing would make it, where the broker allows that."""
    there = set(topics) & set(await admin.list_topics())
    described = await admin.describe_topics(sorted(there)) if there else []
    return {
        one["topic"]: [TopicPartition(one["topic"], each["partition"]) for each in one["partitions"]]
        for one in described
    }


async def _acknowledged(admin: AIOKafkaAdminClient, group: str, partitions: Sequence[TopicPartition]) -> list[Place]:
    found = await admin.list_consumer_group_offsets(group, partitions=list(partitions))
    return [(one, found[one].offset if one in found else _NOTHING) for one in partitions]


async def _readers(admin: AIOKafkaAdminClient, groups: Sequence[str]) -> dict[str, int]:
    """How many are in each group; nobody is in one that there is not, or that this account may not look at."""
    described = await asyncio.gather(*(admin.describe_consumer_groups([one]) for one in groups), return_exceptions=True)
    return {one: _members(answer) for one, answer in zip(groups, described, strict=True)}


def _members(answer: Any) -> int:
    if isinstance(answer, KafkaError):
        return 0
    if isinstance(answer, BaseException):
        raise answer
    _code, _group, _state, _kind, _protocol, members, *_ = answer[0].groups[0]
    return len(members)


async def _unread(settings: Settings, places: Iterable[Place]) -> dict[Place, Unread]:
    """By reading on from each place, in as few rounds as there are places in one partition; nothing is acknowledged.

    The end is the one that a fetch tells: the embedded broker's other answer is too small for a compacted topic.
    """
    waiting: dict[TopicPartition, list[int]] = defaultdict(list)
    for partition, offset in places:
        waiting[partition].append(offset)
    found: dict[Place, Unread] = {}
    consumer = AIOKafkaConsumer(
        **kafka_access.client(settings),
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",  # also where what was acknowledged lies before the first record or after the last
        fetch_max_wait_ms=_LOOK_MS,
    )
    async with consumer:
        while waiting:
            asked = {partition: offsets.pop() for partition, offsets in waiting.items()}
            found |= await _round(consumer, asked)
            waiting = defaultdict(list, {one: offsets for one, offsets in waiting.items() if offsets})
    return found


async def _round(consumer: Any, asked: Mapping[TopicPartition, int]) -> dict[Place, Unread]:
    consumer.assign(list(asked))
    for partition, offset in asked.items():
        if offset != _NOTHING:
            consumer.seek(partition, offset)
    if unknown := [partition for partition, offset in asked.items() if offset == _NOTHING]:
        await consumer.seek_to_beginning(*unknown)
    left, found = set(asked), dict[Place, Unread]()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while left:
        if time.monotonic() > deadline:
            raise StackError(f"Kafka does not hand out what lies in {', '.join(sorted(map(_named, left)))}")
        fetched = await consumer.getmany(timeout_ms=_LOOK_MS)
        for partition in list(left):
            records, end = fetched.get(partition), consumer.highwater(partition)
            if records:
                unread = Unread(max(end or 0, records[-1].offset + 1) - records[0].offset, records[0].timestamp / 1000)
            elif end is not None and await consumer.position(partition) >= end:
                unread = Unread(0, None)
            else:
                continue
            found[partition, asked[partition]] = unread
            left.discard(partition)
            consumer.pause(partition)
    return found


def _named(partition: TopicPartition) -> str:
    return f"{partition.topic}/{partition.partition}"
