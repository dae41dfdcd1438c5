"""The Kafka door: once for each event, retried a little, then set aside with the reason."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import SERVICES, Event, new_id
from contracts.plans.plans import PlanDrafted, PlanReturned
from kit import kafka as bus
from kit.db import Database
from kit.errors import NotReady, Refused
from kit.kafka import Listener
from kit.settings import Settings
from tests.conftest import SettingsOf

pytestmark = pytest.mark.connected
CITY = "16.71"
_SERVICES = iter(SERVICES)


class Witness:
    """A command that notes what it got, and raises what it is told to about an event first."""

    def __init__(self) -> None:
        self.errors: dict[Event, list[Exception]] = {}
        self.seen: list[Event] = []
        self._changed = asyncio.Event()

    async def __call__(self, _: AsyncSession, event: Event) -> None:
        if errors := self.errors.get(event):
            raise errors.pop(0)
        self.seen.append(event)
        self._changed.set()

    async def has(self, event: Event) -> None:
        async with asyncio.timeout(60):
            while event not in self.seen:
                self._changed.clear()
                await self._changed.wait()


@pytest.fixture
def settings(settings_of: SettingsOf, kit_db: Database, kafka: str) -> Settings:
    return settings_of(kit_db).model_copy(update={"kafka": kafka})


@pytest.fixture
def service() -> str:
    """A consumer group that no other test of this module has, of a service whose topics exist."""
    return next(_SERVICES)


@pytest.fixture
async def witness(kit_db: Database, settings: Settings, service: str) -> AsyncIterator[Witness]:
    made = Witness()
    broker = bus.broker(settings, service)
    listener = Listener(broker, kit_db, service)
    listener.on(PlanDrafted, made)
    await broker.start()
    yield made
    await broker.stop()


async def send(settings: Settings, *events: tuple[str, Event | bytes]) -> None:
    """Put events on the topic, as a relay would; bytes stand for what does not parse."""
    producer = AIOKafkaProducer(bootstrap_servers=settings.kafka)
    await producer.start()
    try:
        for event_id, event in events:
            body = event if isinstance(event, bytes) else event.model_dump_json().encode()
            kind = PlanDrafted.ce_type() if isinstance(event, bytes) else event.ce_type()
            headers = [("ce_id", event_id.encode()), ("ce_type", kind.encode()), ("ce_source", b"/kinerja/plans")]
            await producer.send_and_wait("plans", body, key=b"same partition", headers=headers)
    finally:
        await producer.stop()


def drafted() -> PlanDrafted:
    return PlanDrafted(tenant_id=CITY, plan_id=new_id(), cycle_id=new_id(), servant_id=new_id())


async def dead(settings: Settings, service: str, count: int) -> list[dict[str, str]]:
    """Headers of what was set aside, once there is so much of it."""
    consumer = AIOKafkaConsumer(bootstrap_servers=settings.kafka, auto_offset_reset="earliest")
    await consumer.start()
    try:
        consumer.assign([TopicPartition(f"{service}.dead", 0)])
        records: list[dict[str, str]] = []
        async with asyncio.timeout(20):
            while len(records) < count:
                for some in (await consumer.getmany(timeout_ms=200)).values():
                    records += [{name: value.decode() for name, value in one.headers} for one in some]
        return records
    finally:
        await consumer.stop()


async def test_each_event_has_its_effect_once_and_strangers_are_passed_over(
    settings: Settings, witness: Witness
) -> None:
    first, last = drafted(), drafted()
    stranger = PlanReturned(
        tenant_id=CITY,
        plan_id=new_id(),
        cycle_id=new_id(),
        servant_id=new_id(),
        returned_by=new_id(),
        reason="-",
        round=1,
    )
    twice = str(new_id())
    await send(settings, (twice, first), (str(new_id()), stranger), (twice, first), (str(new_id()), last))
    await witness.has(last)
    assert [event for event in witness.seen if event in (first, last)] == [first, last]


async def test_what_is_not_ready_is_tried_again_and_then_done(settings: Settings, witness: Witness) -> None:
    event = drafted()
    witness.errors[event] = [NotReady("not yet"), RuntimeError("the database went away")]
    await send(settings, (str(new_id()), event))
    await witness.has(event)
    assert (witness.errors[event], witness.seen.count(event)) == ([], 1)


async def test_what_is_refused_or_does_not_parse_is_set_aside_and_stops_nobody(
    settings: Settings, witness: Witness, service: str
) -> None:
    refused, refused_id, fine = drafted(), str(new_id()), drafted()
    witness.errors[refused] = [Refused("never")]
    await send(settings, (refused_id, refused), (str(new_id()), b'{"tenant_id": 7}'), (str(new_id()), fine))
    await witness.has(fine)
    first, second = await dead(settings, service, 2)
    assert first["ce_id"] == refused_id
    assert second["dead_reason"].startswith("4 validation errors for PlanDrafted")
    assert (first["dead_reason"], first["dead_attempts"], first["dead_topic"]) == ("Refused('never')", "1", "plans")


async def test_what_is_forwarded_comes_with_the_events_own_id(settings: Settings, service: str) -> None:
    event, event_id, again = drafted(), new_id(), new_id()
    came: asyncio.Queue[tuple[PlanDrafted, UUID]] = asyncio.Queue()

    async def effect(one: PlanDrafted, its_id: UUID) -> None:
        if one == event:
            await came.put((one, its_id))

    broker = bus.broker(settings, service)
    Listener(broker, None, service).forward(PlanDrafted, effect)
    await broker.start()
    try:
        await send(settings, (str(event_id), event), (str(event_id), event), (str(again), event))
        async with asyncio.timeout(60):
            assert [await came.get() for _ in range(3)] == [(event, event_id), (event, event_id), (event, again)]
    finally:
        await broker.stop()
