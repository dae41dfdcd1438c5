"""A consumer that stands still without an error that anybody caught is seen, and one with nothing to read is not taken for it.

What fails before our code is read again.
"""

import asyncio
from functools import partial
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Event
from contracts.feedback.objections import ObjectionFiled
from contracts.plans.plans import PlanDrafted
from kit import kafka as bus
from kit import worker
from kit.db import Database
from kit.kafka import Broker, Listener, brokers, reading
from kit.settings import Settings
from services.notify import consumers
from tests.bus import letters
from tests.bus.conftest import is_ready, until
from tests.bus.poison import good
from tests.conftest import DatabaseOf

pytestmark = [pytest.mark.connected, pytest.mark.timeout(300)]


async def _stands(broker: Broker, group: str) -> bool:
    return any(one.startswith(f"{group} at ") for one in await broker.stalled())


async def _goes_on(broker: Broker) -> bool:
    return not await broker.stalled()


async def test_a_command_that_never_returns_is_seen_standing_still(
    bus_settings: Settings, plans_db: Database, kafka: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brokers, "STALLED_SECONDS", 0.5)
    goes_on = asyncio.Event()

    async def hang(_: AsyncSession, __: Event) -> None:
        await goes_on.wait()

    broker = bus.broker(bus_settings, "evaluation")
    Listener(broker, plans_db, "evaluation").on(PlanDrafted, hang)
    await broker.start()
    try:
        await letters.send(kafka, [good(PlanDrafted)])
        await until(partial(_stands, broker, "evaluation.plans"))
        assert broker.waiting() == []
        goes_on.set()
        await until(partial(_goes_on, broker))
    finally:
        await broker.stop()


async def test_a_service_with_many_groups_is_ready_although_each_fetch_waits_as_long_as_in_production(
    bus_settings: Settings, database_of: DatabaseOf
) -> None:
    waits = Settings.model_fields["kafka_fetch_wait_ms"].default
    broker = bus.broker(bus_settings.model_copy(update={"kafka_fetch_wait_ms": waits}), "notify")
    database = database_of("notify")
    consumers.install(broker, database)
    app = worker.application("notify", broker, database)
    await broker.start()
    try:
        await until(partial(is_ready, app))
    finally:
        await broker.stop()


async def test_what_fails_in_the_library_before_our_code_is_read_again_and_not_passed_over(
    bus_settings: Settings, plans_db: Database, kafka: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = 3

    async def decode(_: Any) -> bytes:
        nonlocal failures
        failures -= 1
        if failures >= 0:
            raise RuntimeError("the library has a bad day")
        return b""

    monkeypatch.setattr(reading, "undecoded", decode)
    seen: list[Event] = []

    async def see(_: AsyncSession, event: Event) -> None:
        seen.append(event)

    async def is_seen() -> bool:
        return len(seen) == 2

    broker = bus.broker(bus_settings, "evaluation")
    Listener(broker, plans_db, "evaluation").on(ObjectionFiled, see)
    await broker.start()
    try:
        await letters.send(kafka, [good(ObjectionFiled), good(ObjectionFiled)])
        await until(is_seen)
    finally:
        await broker.stop()
    assert failures < 0
