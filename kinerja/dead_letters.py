"""Dead letters as the command line shows them and puts them right: read from ``<service>.dead``, sent once more to their topic."""

import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeAlias

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

from kinerja.stack.errors import StackError
from kit import kafka_access
from kit.settings import Settings

OURS = "dead_"
_REVIVED = "dead_revived"
_READ_MS = 1_000
_LARGEST_BYTES = 64 * 1024 * 1024
"""Of what is sent again: what lay in the topic once was no larger than its broker allows, and the broker says so itself."""
Record: TypeAlias = ConsumerRecord[bytes, bytes]
Headers = list[tuple[str, bytes]]


@dataclass(frozen=True)
class DeadLetter:
    """One message that was set aside; its number is its offset in the topic of the dead letters."""

    number: int
    record: Record
    revived_at: str = ""
    _said: Mapping[str, str] = field(default_factory=dict)

    def said(self, name: str) -> str:
        """A header, also where it is not UTF-8; empty if there is none."""
        return self._said.get(name, "")

    @property
    def headers(self) -> Headers:
        """As the message came."""
        return [one for one in self.record.headers if not one[0].startswith(OURS)]

    @property
    def origin(self) -> TopicPartition:
        """Where it came from."""
        return TopicPartition(self.said("dead_topic"), int(self.said("dead_partition")))


async def read(settings: Settings, service: str) -> list[DeadLetter]:
    """All dead letters of a service, oldest first, with those that were revived."""
    partition = TopicPartition(f"{service}.dead", 0)
    async with _consumer(settings) as consumer:
        consumer.assign([partition])
        await consumer.seek_to_beginning(partition)
        end = (await consumer.end_offsets([partition]))[partition]
        records: list[Record] = []
        while await consumer.position(partition) < end:
            records += (await consumer.getmany(partition, timeout_ms=_READ_MS)).get(partition, [])
    revived = {int(one[_REVIVED]): one["dead_at"] for one in map(_texts, records) if _REVIVED in one}
    return [
        DeadLetter(one.offset, one, revived.get(one.offset, ""), _texts(one))
        for one in records
        if _REVIVED not in dict(one.headers)
    ]


def find(letters: Sequence[DeadLetter], number: int) -> DeadLetter:
    """Raises StackError where there is none of this number."""
    for one in letters:
        if one.number == number:
            return one
    raise StackError(f"no dead letter {number} here: `kinerja events dead` lists them")


async def revive(
    settings: Settings, service: str, letter: DeadLetter, *, body: bytes | None, headers: Mapping[str, str]
) -> None:
    """Send it to its topic again, mended where that is asked; the consumers that have had it pass it over by its id.

    Raises StackError where only its beginning was kept, and the topic has forgotten the rest.
    """
    value = body if body is not None else await _body(settings, letter)
    mended = [one for one in letter.headers if one[0] not in headers]
    mended += [(name, text.encode()) for name, text in headers.items()]
    told = [(_REVIVED, str(letter.number).encode()), ("dead_at", datetime.now(UTC).isoformat("T", "seconds").encode())]
    producer = AIOKafkaProducer(
        **kafka_access.client(settings),
        acks="all",
        enable_idempotence=settings.kafka_idempotent,
        max_request_size=_LARGEST_BYTES,
    )
    async with _refusals_said(), producer:
        await producer.send_and_wait(letter.origin.topic, value, key=letter.record.key, headers=mended)
        await producer.send_and_wait(f"{service}.dead", b"", headers=told)


@asynccontextmanager
async def _refusals_said() -> AsyncIterator[None]:
    try:
        yield
    except KafkaError as error:
        raise StackError(f"the broker does not take it: {error!r}") from error


async def _body(settings: Settings, letter: DeadLetter) -> bytes | None:
    if letter.said("dead_tombstone"):
        return None
    if not letter.said("dead_cut"):
        kept: bytes | None = letter.record.value
        return kept
    value = await _original(settings, letter)
    if hashlib.sha256(value or b"").hexdigest() != letter.said("dead_sha256"):
        raise StackError(
            f"of dead letter {letter.number} only the beginning was kept, and {letter.said('dead_topic')} has forgotten"
            " the rest: give the whole body with --body"
        )
    return value


async def _original(settings: Settings, letter: DeadLetter) -> bytes | None:
    """What lies in the topic where the message was, if anything still does."""
    async with _consumer(settings) as consumer:
        consumer.assign([letter.origin])
        consumer.seek(letter.origin, int(letter.said("dead_offset")))
        found = (await consumer.getmany(letter.origin, timeout_ms=_READ_MS * 5, max_records=1)).get(letter.origin, [])
    value: bytes | None = found[0].value if found else None
    return value


def _consumer(settings: Settings) -> AIOKafkaConsumer:
    return AIOKafkaConsumer(
        **kafka_access.client(settings), auto_offset_reset="earliest", enable_auto_commit=False, group_id=None
    )


def _texts(record: Record) -> dict[str, str]:
    return {name: value.decode(errors="replace") for name, value in record.headers}
