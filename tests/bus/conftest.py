"""Every consumer of the house at work: four services on their databases, and the triggers on a Temporal server."""

import asyncio
import importlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from faststream.asgi import AsgiFastStream
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.service import RetryConfig

from contracts.base import SERVICES, Event
from kinerja.stack.ports import HOST, choose
from kinerja.stack.processes import Child
from kinerja.stack.temporal import temporal as server
from kit import kafka as bus
from kit.clock import Clock
from kit.db import Database
from kit.kafka import Broker
from kit.kafka.trials import Waits
from kit.settings import Settings
from tests.conftest import DatabaseOf, SettingsOf
from workflows.triggers.deadlines import ExpectedSweeps
from workflows.triggers.install import install

WORKFLOWS = "workflows"
LISTENING = tuple(name for name in SERVICES if importlib.util.find_spec(f"services.{name}.consumers"))


@dataclass
class House:
    """Brokers and databases by service."""

    kafka: str
    brokers: Mapping[str, Broker]
    databases: Mapping[str, Database]
    temporal: Client

    @property
    def groups(self) -> dict[str, tuple[str, list[type[Event]]]]:
        """Every consumer group with its service and the events it hears."""
        return {group: (name, kinds) for name, one in self.brokers.items() for group, kinds in one.hears.items()}


@pytest.fixture
def temporal_ports() -> dict[str, int]:
    return choose(["temporal", "temporal-ui"], {})


@pytest.fixture
async def temporal(tmp_path: Path, temporal_ports: dict[str, int]) -> AsyncIterator[Child]:
    """A server that can be stopped and started again: it keeps what it knows."""
    port, ui_port = temporal_ports.values()
    child = server(port=port, ui_port=ui_port, database=tmp_path / "temporal.db", log=tmp_path / "temporal.log")
    await child.start()
    yield child
    await child.stop()


@pytest.fixture
async def client(temporal: Child, temporal_ports: dict[str, int]) -> Client:
    """Gives an answer up after a second instead of ten."""
    return await Client.connect(
        f"{HOST}:{temporal_ports['temporal']}",
        data_converter=pydantic_data_converter,
        retry_config=RetryConfig(max_elapsed_time_millis=1_000, max_retries=2),
    )


@pytest.fixture
def bus_settings(settings_of: SettingsOf, plans_db: Database, kafka: str) -> Settings:
    """Of any service: the bus is the same for all. What is not there never comes in these tests."""
    return settings_of(plans_db).model_copy(
        update={"kafka": kafka, "kafka_not_ready_seconds": 0, "kafka_fetch_wait_ms": 50}
    )


@pytest.fixture
async def house(kafka: str, bus_settings: Settings, database_of: DatabaseOf, client: Client) -> AsyncIterator[House]:
    brokers = {name: bus.broker(bus_settings, name) for name in (*LISTENING, WORKFLOWS)}
    for one in brokers.values():
        one.waits = Waits(first=0.01, longest=0.05, not_ready=0)
    databases = {name: database_of(name) for name in LISTENING}
    for name, database in databases.items():
        importlib.import_module(f"services.{name}.consumers").install(brokers[name], database)
    install(brokers[WORKFLOWS], client, ExpectedSweeps(Clock()))
    async with AsyncExitStack() as running:
        await asyncio.gather(*(one.start() for one in brokers.values()))
        for one in brokers.values():
            running.push_async_callback(one.stop)
        yield House(kafka, brokers, databases, client)


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something is so; the test's own limit of time is the only one."""
    while not await holds():  # noqa: ASYNC110 - a broker and a table notify nobody
        await asyncio.sleep(0.1)


async def ready(app: AsgiFastStream) -> httpx.Response:
    """What a worker answers about itself."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://worker") as client:
        return await client.get("/health/ready")


async def is_ready(app: AsgiFastStream) -> bool:
    """Whether it says that it is."""
    return (await ready(app)).status_code == 200
