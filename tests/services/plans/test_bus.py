"""What evaluation emits reaches plans over the broker, and the end of a cycle closes its plans."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer
from sqlalchemy import select
from sqlmodel import col

from contracts.base import Event, Phase, new_id
from contracts.evaluation.cycles import CycleClosed, PhaseOpened
from directory.models import CycleCopy
from kit import kafka as bus
from kit.db import Database
from services.plans import consumers
from services.plans.plans.models import Plan
from tests.conftest import SettingsOf
from tests.services.plans.stage import Stage

pytestmark = pytest.mark.connected


@pytest.fixture
async def listening(kafka: str, plans_db: Database, settings_of: SettingsOf) -> AsyncIterator[None]:
    """The consumers of plans at work."""
    broker = bus.broker(settings_of(plans_db).model_copy(update={"kafka": kafka}), "plans")
    consumers.install(broker, plans_db)
    await broker.start()
    yield
    await broker.stop()


async def _emit(kafka: str, events: Sequence[Event]) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=kafka, enable_idempotence=False)
    await producer.start()
    for event in events:
        event_id = str(new_id()).encode()
        headers = [("ce_id", event_id), ("ce_type", event.ce_type().encode())]
        for _ in range(2):  # the bus may deliver twice
            await producer.send_and_wait(
                event.topic, event.model_dump_json().encode(), key=event.key.encode(), headers=headers
            )
    await producer.stop()


async def _copy(stage: Stage) -> CycleCopy:
    async with stage.database.transaction(stage.city) as session:
        return (await session.scalars(select(CycleCopy).where(col(CycleCopy.id) == stage.cycle.id))).one()


async def test_the_end_of_a_cycle_closes_the_plans_and_the_copy_in_one_go(
    kafka: str, stage: Stage, listening: None
) -> None:
    before = (await stage.plan()).version
    about: dict[str, Any] = {"tenant_id": stage.city, "cycle_id": stage.cycle.id}
    now = stage.database.clock.now()
    last = PhaseOpened(**about, phase=Phase.SYSTEM_REVIEW, opened_at=now, due_at=now)  # same key: comes after the rest
    await _emit(kafka, [CycleClosed(**about), last])
    async with asyncio.timeout(30):
        while (closed := await _copy(stage)).phase != last.phase:  # noqa: ASYNC110 - a table notifies nobody
            await asyncio.sleep(0.05)
    async with stage.database.transaction(stage.city) as session:
        states = set((await session.scalars(select(col(Plan.state)))).all())
    assert closed.closed
    assert states == {"CLOSED"}
    assert (await stage.plan()).version == before + 1
