"""Where hopeless messages go: the topic ``<service>.dead``, with the reason, and as they came as far as they fit."""

import asyncio
import hashlib
from collections.abc import Iterable, Mapping

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import MessageSizeTooLargeError

from kit import kafka_access, metrics
from kit.kafka.reading import Record
from kit.settings import Settings

log = structlog.get_logger()
Headers = list[tuple[str, bytes]]

WHOLE_BYTES = 900_000
"""What is no larger is kept whole: with its reasons it stays below the 1,048,576 bytes that producer and topic allow."""
KEPT_BYTES = 65_536
"""Of a larger one, so much of the body; place, size and SHA-256 say which record of the topic it was."""
_KEPT_OF_EACH = 1_024
_KEPT_HEADERS = 32
_REASON_CHARACTERS = 2_000
OURS = "dead_"
"""Begins the names of the headers that say why and where from."""


class DeadLetters:
    """One service's dead letters; as safe as what the relay sends. Connects when there is the first one."""

    def __init__(self, settings: Settings, service: str) -> None:
        self._settings = settings
        self._service = service
        self._producer: AIOKafkaProducer | None = None
        self._one_at_a_time = asyncio.Lock()

    async def put(self, record: Record, why: Mapping[str, str]) -> None:
        """Return when the broker has it; whatever is raised means that the message must not be acknowledged."""
        try:
            async with self._one_at_a_time:
                await self._send(record, why)
        except BaseException:
            await self.close()  # an idempotent producer that has failed once does not recover by itself
            raise
        metrics.messages_dead.labels(self._service).inc()

    async def close(self) -> None:
        """Disconnect; the next dead letter connects again."""
        producer, self._producer = self._producer, None
        if producer is not None:
            await producer.stop()

    async def _send(self, record: Record, why: Mapping[str, str]) -> None:
        producer = await self._connected()
        topic, place = f"{self._service}.dead", {**_place(record), **why}
        try:
            value, key, headers = letter(record, place)
            await producer.send_and_wait(topic, value, key=key, headers=headers)
        except MessageSizeTooLargeError:  # this broker, or this topic, allows less than usual
            value, key, headers = letter(record, place, whole=0)
            await producer.send_and_wait(topic, value, key=key, headers=headers)

    async def _connected(self) -> AIOKafkaProducer:
        if self._producer is None:
            producer = AIOKafkaProducer(
                **kafka_access.client(self._settings),
                acks="all",
                enable_idempotence=self._settings.kafka_idempotent,
            )
            await producer.start()
            self._producer = producer
        return self._producer


def letter(record: Record, why: Mapping[str, str], *, whole: int = WHOLE_BYTES) -> tuple[bytes, bytes | None, Headers]:
    """Body, key and headers of a dead letter: all of the record up to ``whole`` bytes, else the beginning of each."""
    value = record.value or b""
    headers: Headers = [(name, part or b"") for name, part in record.headers]
    own = {f"{OURS}{name}": text[:_REASON_CHARACTERS] for name, text in why.items()}
    if record.value is None:
        own[f"{OURS}tombstone"] = "the message had no body"
    key = record.key
    if len(value) + len(key or b"") + sum(len(name) + len(part) for name, part in headers) > whole:
        own[f"{OURS}size"] = str(len(value))
        own[f"{OURS}sha256"] = hashlib.sha256(value).hexdigest()
        own[f"{OURS}cut"] = f"the first {KEPT_BYTES} bytes of the body, {_KEPT_OF_EACH} of key and headers"
        value, key = value[:KEPT_BYTES], None if key is None else key[:_KEPT_OF_EACH]
        headers = [(name[:_KEPT_OF_EACH], part[:_KEPT_OF_EACH]) for name, part in _kept(headers)]
    return value, key, [*headers, *((name, text.encode(errors="replace")) for name, text in own.items())]


def _kept(headers: Headers) -> Iterable[tuple[str, bytes]]:
    """Those of CloudEvents first: by them the rest can be found again."""
    return sorted(headers, key=lambda one: not one[0].startswith("ce_"))[:_KEPT_HEADERS]


def _place(record: Record) -> dict[str, str]:
    return {"topic": record.topic, "partition": str(record.partition), "offset": str(record.offset)}
