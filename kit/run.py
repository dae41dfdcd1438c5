"""Runs a process until it is told to stop: an API, a worker, or both."""

import argparse
import asyncio
import contextlib
import importlib
import signal
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import uvicorn

from kit.clock import Clock
from kit.db import Database
from kit.log import configure
from kit.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI
    from faststream.kafka import KafkaBroker

BuildApi = Callable[[Settings, Database], "FastAPI"]
Install = Callable[["KafkaBroker", Database], None]


@dataclass(frozen=True, slots=True)
class Service:
    """How one service is put together; modules are named so that each process imports only its own doors."""

    name: str
    api: str
    """Module with ``build(settings, database) -> FastAPI``."""
    consumers: str | None = None
    """Module with ``install(broker, database)``."""
    activities: str | None = None
    """Module with ``build(database) -> list`` of Temporal activities."""
    background: str | None = None
    """Module with ``run(settings, database)``: an endless task beside the doors (e.g. sending mail)."""


def main(service: Service, arguments: Sequence[str] | None = None) -> None:
    """The command line of ``python -m services.<name>``."""
    parser = argparse.ArgumentParser(prog=f"python -m services.{service.name}", description=f"Kinerja: {service.name}")
    parser.add_argument("part", choices=["api", "worker", "all", "migrate"], help="which part of the service to run")
    part = parser.parse_args(arguments).part
    settings = Settings()
    configure(service.name, settings)
    if part == "migrate":
        importlib.import_module("kit.migrate").upgrade(service.name, settings.migration_database_url)
        return
    uvicorn.Config.setup_event_loop = lambda _: None  # type: ignore[method-assign]
    asyncio.run(_run(service, settings, part))


async def _run(service: Service, settings: Settings, part: str) -> None:
    database = Database(
        settings.database_url, clock=Clock.from_setting(settings.clock), pool=settings.database_pool
    )
    parts: list[Coroutine[Any, Any, None]] = []
    if part in ("api", "all"):
        parts.append(_api(service, settings, database))
    if part in ("worker", "all"):
        parts.extend(_worker(service, settings, database, serve=part == "worker"))
    await until_stopped(*parts)
    await database.close()


async def _api(service: Service, settings: Settings, database: Database) -> None:
    app = importlib.import_module(service.api).build(settings, database)
    await serve(app, settings)


def _worker(service: Service, settings: Settings, database: Database, *, serve: bool) -> list[Coroutine[Any, Any, None]]:
    from kit.relay import Relay
    from kit.worker import listen

    parts: list[Coroutine[Any, Any, None]] = [Relay(service.name, settings).run()]
    install = importlib.import_module(service.consumers).install if service.consumers else None
    parts.append(listen(service.name, settings, database, install, health=serve))
    if service.activities is not None:
        from kit.worker import act

        parts.append(act(service.name, settings, importlib.import_module(service.activities).build(database)))
    if service.background is not None:
        parts.append(importlib.import_module(service.background).run(settings, database))
    return parts


async def serve(app: Any, settings: Settings) -> None:
    """Serve an ASGI application until cancelled."""
    config = uvicorn.Config(
        app, host=settings.http_host, port=settings.http_port, log_config=None, access_log=False, lifespan="on"
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    with contextlib.suppress(asyncio.CancelledError):
        await server.serve()


async def until_stopped(*parts: Awaitable[None]) -> None:
    """Run all parts until SIGTERM or SIGINT; if one fails, all stop and its error is raised."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    tasks = [asyncio.ensure_future(part) for part in parts]
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait([*tasks, waiting], return_when=asyncio.FIRST_COMPLETED)
    for task in (*tasks, waiting):
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result
