"""Runs a process until it is told to stop: an API, a worker, or both."""

import argparse
import importlib
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contracts.base import Event
from kit.clock import Clock
from kit.db import Database, Patience
from kit.direct import stay_direct
from kit.log import configure
from kit.serving import run, serve, until_stopped
from kit.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from kit.kafka import Broker

BuildApi = Callable[[Settings, Database], "FastAPI"]
Install = Callable[["Broker", Database], None]


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
    contract: str = "contracts.known"
    """Module with ``emitted_by(service)``: the events of the service's contract."""
    background: str | None = None
    """Module with ``run(settings, database)``: an endless task beside the doors (e.g. sending mail)."""
    settings: type[Settings] = Settings
    """What its processes read."""


def main(service: Service, arguments: Sequence[str] | None = None) -> None:
    """The command line of ``python -m services.<name>``."""
    parser = argparse.ArgumentParser(prog=f"python -m services.{service.name}", description=f"Kinerja: {service.name}")
    parser.add_argument(
        "part", choices=["api", "worker", "all", "migrate", "verify"], help="which part of the service to run"
    )
    part = parser.parse_args(arguments).part
    settings = service.settings()
    configure(service.name, settings)
    if part == "migrate":
        importlib.import_module("kit.migrate").upgrade(service.name, settings.migration_database_url)
        return
    if part == "verify":
        raise SystemExit(run(importlib.import_module("kit.verifying").verify(service.name, settings)))
    run(_run(service, settings, part))


async def _run(service: Service, settings: Settings, part: str) -> None:
    database = Database(
        settings.database_url,
        clock=Clock.from_setting(settings.clock),
        pool=settings.database_pool,
        wait=settings.database_wait_seconds,
        patience=Patience.of(settings),
    )
    parts: list[Coroutine[Any, Any, None]] = []
    if part in ("api", "all"):
        parts.append(_api(service, settings, database))
    if part in ("worker", "all"):
        parts.extend(_worker(service, settings, database, health=part == "worker"))
    await until_stopped(stay_direct(settings.database_url), *parts)
    await database.close()


async def _api(service: Service, settings: Settings, database: Database) -> None:
    app = importlib.import_module(service.api).build(settings, database)
    await serve(app, settings)


def _worker(
    service: Service, settings: Settings, database: Database, *, health: bool
) -> list[Coroutine[Any, Any, None]]:
    # Only a worker pays for the bus, and only one with activities for Temporal: Temporal's client takes 25 MB.
    from kit.relay import Relay  # noqa: PLC0415
    from kit.worker import listen  # noqa: PLC0415

    parts: list[Coroutine[Any, Any, None]] = [Relay(service.name, settings).run()]
    if settings.anchors:
        from kit.anchoring import Anchoring  # noqa: PLC0415

        parts.append(Anchoring(service.name, settings).run())
    install = importlib.import_module(service.consumers).install if service.consumers else None

    def emits() -> Sequence[type[Event]]:
        found: Sequence[type[Event]] = importlib.import_module(service.contract).emitted_by(service.name)
        return found

    parts.append(listen(service.name, settings, database, install, health=health, emits=emits))
    if service.activities is not None:
        from kit.temporal import act  # noqa: PLC0415

        parts.append(act(service.name, settings, importlib.import_module(service.activities).build(database)))
    if service.background is not None:
        parts.append(importlib.import_module(service.background).run(settings, database))
    return parts
