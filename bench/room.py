"""The engines that a measurement needs, and databases of the services with their tables."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from kinerja.stack.broker import broker
from kinerja.stack.existing.named import Existing
from kinerja.stack.kafka import ApacheKafka
from kinerja.stack.ports import HOST, choose
from kinerja.stack.postgres import Postgres, database_of, roles
from kinerja.stack.processes import Child
from kinerja.stack.stack import LocalStack
from kit import migrate
from kit.clock import Clock
from kit.db import Database
from kit.settings import Settings
from kit.topics import topics

Say = Callable[[str], None]
"""Tells the person at the terminal what is going on."""


@dataclass
class Stopwatch:
    """Seconds since it was made."""

    began: float

    @classmethod
    def start(cls) -> "Stopwatch":
        return cls(time.perf_counter())

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.began


@asynccontextmanager
async def directory() -> AsyncIterator[Path]:
    """A directory of this measurement alone, gone afterwards."""
    made = Path(tempfile.mkdtemp(prefix="kinerja-bench-"))
    try:
        yield made
    finally:
        await asyncio.to_thread(shutil.rmtree, made, ignore_errors=True)


@asynccontextmanager
async def postgres() -> AsyncIterator[Postgres]:
    """A server alone, which writes to disk as a real one does."""
    async with directory() as place, Postgres(place) as server:
        yield server


@dataclass
class Engine:
    """Which broker the measurements of this run use."""

    apache_kafka: bool = False


ENGINE = Engine()


@asynccontextmanager
async def bus() -> AsyncIterator[str]:
    """A broker alone with every topic; its address."""
    async with _apache_kafka() if ENGINE.apache_kafka else _embedded_broker() as address:
        yield address


@asynccontextmanager
async def stack(services: Sequence[str]) -> AsyncIterator[LocalStack]:
    """A whole stack of these services in a directory of its own, on the broker of this run."""
    async with AsyncExitStack() as held:
        place = await held.enter_async_context(directory())
        kafka = await held.enter_async_context(_apache_kafka()) if ENGINE.apache_kafka else ""
        started = LocalStack(place / "state", services=services, existing=Existing(kafka=kafka))
        yield await held.enter_async_context(started)


@asynccontextmanager
async def _apache_kafka() -> AsyncIterator[str]:
    async with directory() as place:
        ports = choose(["bench-kafka", "bench-controller"], {})
        node = ApacheKafka(place, port=ports["bench-kafka"], controller_port=ports["bench-controller"], make=topics())
        await node.start()
        try:
            yield node.address
        finally:
            await node.stop()


@asynccontextmanager
async def _embedded_broker() -> AsyncIterator[str]:
    async with directory() as place:
        port = choose(["bench-broker"], {})["bench-broker"]
        child: Child = broker(port=port, log=place / "broker.log", make=topics())
        await child.start()
        try:
            yield f"{HOST}:{port}"
        finally:
            await child.stop()


async def migrated(server: Postgres, service: str) -> str:
    """The service's database with its tables; its name."""
    name = await server.provision(service)
    owner = server.sqlalchemy_uri(name, roles(service)[0])
    await asyncio.to_thread(migrate.upgrade, service, owner)
    return name


@asynccontextmanager
async def opened(server: Postgres, service: str) -> AsyncIterator[Database]:
    """The service's database as its processes see it: application role, row-level security."""
    name = await migrated(server, service)
    database = Database(server.sqlalchemy_uri(name, roles(service)[1]), clock=Clock())
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def superuser(server: Postgres, service: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection past row-level security: to fill tables, to look, and for bare baselines."""
    connection = await asyncpg.connect(server.uri(database_of(service)))
    try:
        yield connection
    finally:
        await connection.close()


async def until(true: Callable[[], Awaitable[bool]], *, every: float) -> None:
    """Look again and again: another process's tables tell nobody when they change."""
    while not await true():  # noqa: ASYNC110
        await asyncio.sleep(every)


def relay_settings(server: Postgres, service: str, kafka: str) -> Settings:
    """What the service's relay needs."""
    url = server.uri(database_of(service), roles(service)[2])
    return Settings(environment="test", relay_database_url=url, kafka=kafka, kafka_idempotent=ENGINE.apache_kafka)
