"""The Kafka door: brokers, and a listener that turns each event into one transaction with its inbox claim."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypedDict, TypeVar
from uuid import UUID

import structlog
from aiokafka import ConsumerRecord
from faststream import AckPolicy, BaseMiddleware
from faststream.kafka import KafkaBroker, KafkaMessage
from pydantic import ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Event
from kit import kafka_access, metrics
from kit.db import Database, situation
from kit.errors import KinerjaError
from kit.inbox import first_time
from kit.settings import Settings

log = structlog.get_logger()

TRIES = 6
FIRST_WAIT_SECONDS = 0.1
"""Six tries at 0.1, 0.2, 0.4, 0.8, 1.6 s: a database restart is survived, a poison message costs three seconds."""

E = TypeVar("E", bound=Event)
Command = Callable[[AsyncSession, E], Awaitable[object]]
Effect = Callable[[E, UUID], Awaitable[object]]
"""What is done outside of a transaction with an event and its CloudEvents id, the same at every delivery."""
Handle = Callable[[Event, KafkaMessage], Awaitable[None]]


class Broker(KafkaBroker):
    """Starts its subscribers side by side: joining a group takes seconds, and a service listens to several topics."""

    session_ms: int = 45_000
    """After so long without a heartbeat a consumer is taken for dead."""
    fetch_wait_ms: int = 500
    """So long the broker may hold a fetch that finds nothing."""
    hears: dict[str, list[type[Event]]]
    """The events bound to it, by consumer group; its AsyncAPI document is made from them."""

    async def start(self) -> None:
        """Return when every subscriber has joined its group."""
        await self.connect()
        await asyncio.gather(*(subscriber.start() for subscriber in self.subscribers))
        self.running = True


def broker(settings: Settings, service: str) -> Broker:
    """A broker whose messages are retried a little, then set aside with the reason."""
    made = Broker(
        settings.kafka,
        client_id=service,
        logger=logging.getLogger("kinerja.bus"),
        graceful_timeout=10,
        security=kafka_access.security(settings),
        allow_auto_create_topics=False,  # it would make them with one partition, and master data uncompacted
    )
    made.session_ms = settings.kafka_session_ms
    made.fetch_wait_ms = settings.kafka_fetch_wait_ms
    made.hears = {}
    made.add_middleware(_retrying(made, service))
    return made


class _Timing(TypedDict):
    session_timeout_ms: int
    heartbeat_interval_ms: int
    fetch_max_wait_ms: int


def _timing(broker: KafkaBroker) -> _Timing:
    """What the consumers of a broker have in common."""
    own = broker if isinstance(broker, Broker) else Broker
    return {
        "session_timeout_ms": own.session_ms,
        "heartbeat_interval_ms": own.session_ms // 4,
        "fetch_max_wait_ms": own.fetch_wait_ms,
    }


def _retrying(dead_letters: KafkaBroker, service: str) -> Any:
    class RetryThenSetAside(BaseMiddleware):
        """Never lets one message stop a partition, never loses one."""

        async def consume_scope(self, call_next: Any, msg: Any) -> Any:
            for attempt in range(1, TRIES + 1):
                try:
                    return await call_next(msg)
                except Exception as error:  # noqa: BLE001 - whatever it is, it must not stop the partition
                    if attempt == TRIES or _hopeless(error):
                        return await _set_aside(dead_letters, service, msg, error, attempt)
                    log.info("retrying", event_id=msg.headers.get("ce_id"), attempt=attempt, error=repr(error))
                    await asyncio.sleep(FIRST_WAIT_SECONDS * 2 ** (attempt - 1))
            return None

    return RetryThenSetAside


def _hopeless(error: Exception) -> bool:
    """Asking again will not help: it does not parse, or a rule refuses it."""
    return isinstance(error, ValidationError) or (isinstance(error, KinerjaError) and not error.retryable)


async def _set_aside(dead_letters: KafkaBroker, service: str, msg: Any, error: Exception, attempts: int) -> None:
    raw = msg.raw_message
    log.error("message set aside", event_id=msg.headers.get("ce_id"), type=msg.headers.get("ce_type"), exc_info=error)
    metrics.messages_dead.labels(service).inc()
    why = {"dead_reason": repr(error)[:1000], "dead_attempts": str(attempts), "dead_topic": raw.topic}
    await dead_letters.publish(raw.value, topic=f"{service}.dead", key=raw.key, headers={**msg.headers, **why})


def event_id(message: KafkaMessage) -> UUID:
    """The CloudEvents id."""
    return UUID(message.headers["ce_id"])


class Listener:
    """Binds commands to other services' events: claim, effect and new events in one transaction.

    One subscriber a topic; event types that nobody bound are passed over in silence.
    """

    def __init__(self, broker: KafkaBroker, database: Database | None, service: str) -> None:
        self._broker = broker
        self._database = database
        self._service = service
        self._routes: dict[str, dict[str, tuple[type[Event], Handle]]] = {}
        self._commands: dict[type[Event], list[Command[Any]]] = {}

    def on(self, event_type: type[E], command: Command[E]) -> None:
        """Run a command once for each event of this type; several of one type run in one transaction, in order."""
        database = self._database
        if database is None:
            raise TypeError("a listener without a database can only forward")
        commands = self._commands.setdefault(event_type, [])
        commands.append(command)
        if len(commands) > 1:
            return

        async def effect(event: Event, message: KafkaMessage) -> None:
            async with database.transaction(event.tenant_id) as session:
                if await first_time(session, self._service, event_id(message)):
                    situation(session).cause = event_id(message)
                    for one in commands:
                        await one(session, event)
            self._measured(message)

        self._bind(event_type, effect)

    def forward(self, event_type: type[E], effect: Effect[E]) -> None:
        """Hand the event on without a transaction; the effect bears repetition, by the event's id where it needs one."""

        async def passed(event: Event, message: KafkaMessage) -> None:
            if isinstance(event, event_type):  # whatever is bound to a type is parsed as that type
                await effect(event, event_id(message))

        self._bind(event_type, passed)

    def _bind(self, event_type: type[Event], handle: Handle) -> None:
        topic = event_type.topic
        if topic not in self._routes:
            self._routes[topic] = {}
            self._subscribe(topic, self._routes[topic])
        self._routes[topic][event_type.ce_type()] = (event_type, handle)
        _note(self._broker, self._group(topic), event_type)

    def _group(self, topic: str) -> str:
        """Facts of the registry are taken one by one beside the copy of its master data, which has a group of its own."""
        return f"{self._service}.{topic}.facts" if topic == "registry" else f"{self._service}.{topic}"

    def _subscribe(self, topic: str, routes: Mapping[str, tuple[type[Event], Handle]]) -> None:
        """One handler a topic: FastStream's filters would ask every binding about every message in turn."""

        @self._broker.subscriber(
            topic,
            group_id=self._group(topic),
            ack_policy=AckPolicy.NACK_ON_ERROR,
            auto_offset_reset="earliest",
            **_timing(self._broker),
            decoder=_raw,
            title=f"{self._service}:{topic}",
        )
        async def handle(message: KafkaMessage) -> None:
            route = routes.get(message.headers.get("ce_type", ""))
            if route is not None:
                event = route[0].model_validate_json(message.body)
                with structlog.contextvars.bound_contextvars(
                    tenant=event.tenant_id, event_id=message.headers.get("ce_id")
                ):
                    await route[1](event, message)

    def _measured(self, message: KafkaMessage) -> None:
        metrics.events_handled.labels(self._service, message.headers["ce_type"]).inc()
        # The first 48 bits of a UUIDv7 are the wall's milliseconds, whatever the business clock says.
        emitted = (event_id(message).int >> 80) / 1000
        metrics.effect_seconds.labels(self._service).observe(max(0.0, time.time() - emitted))


def _note(broker: KafkaBroker, group: str, *event_types: type[Event]) -> None:
    if isinstance(broker, Broker):
        broker.hears.setdefault(group, []).extend(event_types)


async def _raw(message: KafkaMessage) -> bytes:
    body: bytes = message.body
    return body


BatchCommand = Callable[[AsyncSession, Sequence[Event]], Awaitable[object]]


def copy_master_data(broker: KafkaBroker, database: Database, service: str, take: BatchCommand) -> None:
    """Feed master data to a copy in batches, one transaction a city and batch.

    No inbox: ``take`` must be idempotent by revision, which makes it safe to see a message twice and cheap to replay.
    """
    _note(broker, f"{service}.registry", *(kind for kind in Event.known.values() if kind.topic == "registry"))

    @broker.subscriber(
        "registry",
        group_id=f"{service}.registry",
        batch=True,
        batch_timeout_ms=20,
        max_records=500,
        ack_policy=AckPolicy.NACK_ON_ERROR,
        auto_offset_reset="earliest",
        **_timing(broker),
        decoder=_raw_batch,
    )
    async def on_master_data(_bodies: Any, message: KafkaMessage) -> None:
        cities: dict[str, list[Event]] = {}
        for record in message.raw_message:
            if (event := parse(record)) is not None:
                cities.setdefault(event.tenant_id, []).append(event)
        for tenant_id, events in cities.items():
            async with database.transaction(tenant_id) as session:
                await take(session, events)


async def _raw_batch(message: KafkaMessage) -> list[bytes]:
    return [record.value for record in message.raw_message]


def parse(record: ConsumerRecord[Any, Any]) -> Event | None:
    """The event of a raw Kafka record, or None if its type is unknown here."""
    kind = dict(record.headers).get("ce_type", b"").decode()
    event_type = Event.known.get(kind)
    return None if event_type is None else event_type.model_validate_json(record.value)
