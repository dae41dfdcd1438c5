"""What runs in every worker beside the relay: consumers, their health and the document of their events."""

import asyncio
import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from aiokafka.errors import KafkaError
from faststream.asgi import AsgiFastStream, AsgiResponse, get

from contracts.base import Event
from kit import asyncapi, kafka, topics
from kit.db import Database
from kit.door.headers import headed
from kit.kafka import Broker
from kit.kafka.patience import Waiting
from kit.serving import serve
from kit.settings import Settings

WAITING_SECONDS = 10.0
"""So long a message may wait before the process says that it is not ready: a copy that is a moment behind is no fault."""

Emits = Callable[[], Sequence[type[Event]]]
"""The events of a service's own contract; asked when somebody reads the document, because most are never used here."""


def _nothing() -> Sequence[type[Event]]:
    return ()


async def listen(
    service: str,
    settings: Settings,
    database: Database | None,
    install: Callable[..., None] | None,
    *,
    health: bool,
    emits: Emits = _nothing,
) -> None:
    """Consume until cancelled; with ``health``, serve liveness, readiness and AsyncAPI as well, and metrics beside.

    Raises TopicsUnfit where the broker has not the topics that are listened to.
    """
    broker = kafka.broker(settings, service)
    if install is not None:
        install(broker, database)
    await topics.present(
        settings, {event.topic for events in broker.hears.values() for event in events} | {f"{service}.dead"}
    )
    if not health:
        await _consume(broker)
        return
    await serve(headed(application(service, broker, database, emits)), settings)


def application(service: str, broker: Broker, database: Database | None, emits: Emits = _nothing) -> AsgiFastStream:
    """What a worker answers over HTTP: it only shows; nobody puts a message on the bus from here.

    The document of its events is made from what is bound. FastStream's own would show handlers of raw bytes, and adds a
    form that publishes whatever anybody sends it.
    """
    return AsgiFastStream(
        broker,
        asgi_routes=[
            ("/health/live", _live),
            ("/health/ready", _ready(broker, database)),
            ("/asyncapi", _events(service, broker, emits)),
        ],
        logger=None,
    )


async def _consume(broker: Broker) -> None:
    await broker.start()
    try:
        await asyncio.Event().wait()
    finally:
        await broker.stop()


@get
async def _live(_: Any) -> AsgiResponse:
    """The process runs."""
    return AsgiResponse(b'{"status":"live"}', 200, {"content-type": "application/json"})


def _events(service: str, broker: Broker, emits: Emits) -> Any:
    @cache
    def made() -> bytes:
        return json.dumps(asyncapi.document(service, emits(), broker.hears), ensure_ascii=False).encode()

    @get
    async def events(_: Any) -> AsgiResponse:
        """The AsyncAPI document: what is emitted and heard here."""
        return AsgiResponse(made(), 200, {"content-type": "application/json"})

    return events


def _ready(broker: Broker, database: Database | None) -> Any:
    @get
    async def ready(_: Any) -> AsgiResponse:
        """Broker and database answer, every consumer has joined its group, and none waits with a message or stands still."""
        if (why := await _not_listening(broker, database)) is not None:
            return _said(503, {"status": why})
        waiting = [_shown(one) for one in broker.waiting() if one.seconds >= WAITING_SECONDS]
        if waiting:
            return _said(503, {"status": "waiting", "waiting": waiting})
        if stalled := await _stalled(broker):
            return _said(503, {"status": "standing still", "stalled": stalled})
        return _said(200, {"status": "ready"})

    return ready


async def _not_listening(broker: Broker, database: Database | None) -> str | None:
    if not broker.running or not await broker.ping(timeout=2.0):
        return "not listening yet"
    try:
        async with asyncio.timeout(2.0):
            if database is not None:
                await database.ping()
    except Exception as error:  # noqa: BLE001 - whatever it is, the database does not answer
        return f"no database: {type(error).__name__}"
    return None


async def _stalled(broker: Broker) -> list[str]:
    try:
        async with asyncio.timeout(2.0):
            return await broker.stalled()
    except (OSError, KafkaError) as error:
        return [f"nobody knows how far they are: {type(error).__name__}"]


def _shown(one: Waiting) -> dict[str, Any]:
    """Where, since when and for what."""
    where = {"group": one.group, "topic": one.topic, "partition": one.partition, "offset": one.offset}
    return where | {"since": one.since.isoformat(timespec="seconds"), "reason": one.reason}


def _said(status: int, body: dict[str, Any]) -> AsgiResponse:
    return AsgiResponse(json.dumps(body).encode(), status, {"content-type": "application/json"})
