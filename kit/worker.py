"""What runs in every worker beside the relay: consumers, their health and metrics."""

import asyncio
from collections.abc import Callable
from typing import Any

from faststream.asgi import AsgiFastStream, AsgiResponse, AsyncAPIRoute, get
from faststream.kafka import KafkaBroker
from prometheus_client import make_asgi_app

from kit import kafka, metrics
from kit.db import Database
from kit.serving import serve
from kit.settings import Settings


async def listen(
    service: str,
    settings: Settings,
    database: Database | None,
    install: Callable[..., None] | None,
    *,
    health: bool,
) -> None:
    """Consume until cancelled; with ``health``, serve liveness, readiness, metrics and AsyncAPI as well."""
    broker = kafka.broker(settings, service)
    if install is not None:
        install(broker, database)
    if not health:
        await _consume(broker)
        return
    await serve(application(broker, database), settings)


def application(broker: KafkaBroker, database: Database | None) -> AsgiFastStream:
    """What a worker answers over HTTP: it only shows; nobody puts a message on the bus from here."""
    return AsgiFastStream(
        broker,
        asgi_routes=[
            ("/health/live", _live),
            ("/health/ready", _ready(broker, database)),
            ("/metrics", make_asgi_app(metrics.registry)),
        ],
        # Unless told otherwise FastStream adds a form that publishes whatever anybody sends it.
        asyncapi_path=AsyncAPIRoute("/asyncapi", try_it_out_path=None),
        logger=None,
    )


async def _consume(broker: KafkaBroker) -> None:
    await broker.start()
    try:
        await asyncio.Event().wait()
    finally:
        await broker.stop()


@get
async def _live(_: Any) -> AsgiResponse:
    """The process runs."""
    return AsgiResponse(b'{"status":"live"}', 200, {"content-type": "application/json"})


def _ready(broker: KafkaBroker, database: Database | None) -> Any:
    @get
    async def ready(_: Any) -> AsgiResponse:
        """Broker and database answer, and every consumer has joined its group."""
        if database is not None:
            await database.ping()
        if not broker.running or not await broker.ping(timeout=2.0):
            return AsgiResponse(b'{"status":"not listening yet"}', 503, {"content-type": "application/json"})
        return AsgiResponse(b'{"status":"ready"}', 200, {"content-type": "application/json"})

    return ready
