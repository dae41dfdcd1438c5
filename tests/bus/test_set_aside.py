"""What is set aside: alone out of a batch, in a size that fits, after waiting for what never came, and never half."""

import hashlib
from collections.abc import AsyncIterator
from functools import partial

import pytest
from aiokafka.errors import KafkaConnectionError
from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Event, new_id
from contracts.plans.plans import PlanDrafted
from contracts.registry.units import UnitRecorded
from directory.models import Unit
from directory.take import MASTER_DATA, take_master_data
from kit import kafka as bus
from kit.db import Database
from kit.errors import NotReady
from kit.kafka import Broker, Listener, copy_master_data
from kit.kafka.dead_letters import KEPT_BYTES, DeadLetters
from kit.kafka.reading import Record
from kit.kafka.trials import Waits
from kit.settings import Settings
from tests.bus import letters
from tests.bus.conftest import until
from tests.bus.poison import MARK, Message, good

pytestmark = [pytest.mark.connected, pytest.mark.timeout(300)]
CITY = "14.72"
SERVICE = "plans"


@pytest.fixture
async def broker(bus_settings: Settings) -> AsyncIterator[Broker]:
    made = bus.broker(bus_settings, SERVICE)
    made.waits = Waits(first=0.01, longest=0.05, not_ready=0.3)
    yield made
    await made.stop()


def unit(**changes: object) -> Message:
    """A unit of its own."""
    message = good(UnitRecorded)
    event = UnitRecorded.model_validate_json(message.value or b"").model_copy(update={"unit_id": new_id()} | changes)
    return Message(message.topic, message.kind, event.model_dump_json().encode(), message.headers)


def unit_id(message: Message) -> object:
    return UnitRecorded.model_validate_json(message.value or b"").unit_id


async def aside(kafka: str, *messages: Message) -> list[letters.Dead]:
    """The dead letters of these messages."""
    marks = {one.mark for one in messages}
    return [one for one in await letters.dead(kafka, SERVICE) if letters.header(one, MARK) in marks]


async def _are_aside(kafka: str, count: int, *messages: Message) -> bool:
    return len(await aside(kafka, *messages)) >= count


async def test_what_the_database_refuses_is_set_aside_alone_and_the_rest_of_its_batch_is_taken(
    broker: Broker, plans_db: Database, kafka: str
) -> None:
    fine = [unit() for _ in range(5)]
    refused = [unit(name="a\x00b"), unit(revision=2**70), unit(revision=2**40)]
    await letters.send(kafka, [fine[0], refused[0], fine[1], fine[2], refused[1], refused[2], *fine[3:]])
    copy_master_data(broker, plans_db, SERVICE, take_master_data, kinds=MASTER_DATA)
    await broker.start()
    await until(partial(_are_aside, kafka, 3, *refused))
    async with plans_db.transaction(CITY) as session:
        taken = set((await session.scalars(select(col(Unit.id)))).all())
    assert taken == {unit_id(one) for one in fine}
    assert [one.value for one in await aside(kafka, *refused)] == [one.value for one in refused]


async def test_a_header_that_nobody_reads_may_hold_what_it_likes(
    broker: Broker, plans_db: Database, kafka: str
) -> None:
    message = unit().saying("x-trace", b"\xff\xfe").saying("ce_subject", b"\xff")
    copy_master_data(broker, plans_db, SERVICE, take_master_data, kinds=MASTER_DATA)
    await broker.start()
    await letters.send(kafka, [message])

    async def is_taken() -> bool:
        async with plans_db.transaction(CITY) as session:
            return unit_id(message) in (await session.scalars(select(col(Unit.id)))).all()

    await until(is_taken)
    assert await aside(kafka, message) == []


async def test_a_message_too_large_to_be_set_aside_whole_is_kept_by_its_beginning_and_its_place(
    broker: Broker, plans_db: Database, kafka: str
) -> None:
    # As large as Apache Kafka lets into the topic; what is kept whole is smaller.
    big = Message("plans", PlanDrafted, b"{" + b"x" * 1_000_000, good(PlanDrafted).headers)
    Listener(broker, plans_db, SERVICE).on(PlanDrafted, _nothing)
    await broker.start()
    await letters.send(kafka, [big])
    await until(partial(_are_aside, kafka, 1, big))
    (letter,) = await aside(kafka, big)
    assert letter.value == (big.value or b"")[:KEPT_BYTES]
    assert letters.header(letter, "dead_sha256") == hashlib.sha256(big.value or b"").hexdigest()
    assert letters.header(letter, "dead_size") == "1000001"
    assert letters.header(letter, "dead_topic") == "plans"
    assert letters.header(letter, "dead_offset").isdigit()


async def _nothing(_: AsyncSession, __: Event) -> None:
    pass


async def test_what_waits_for_something_that_never_comes_is_set_aside_with_that_reason(
    broker: Broker, plans_db: Database, kafka: str
) -> None:
    async def wait(_: AsyncSession, __: Event) -> None:
        raise NotReady("people have not arrived yet")

    message = good(PlanDrafted)
    Listener(broker, plans_db, SERVICE).on(PlanDrafted, wait)
    await broker.start()
    await letters.send(kafka, [message])
    await until(partial(_are_aside, kafka, 1, message))
    (letter,) = await aside(kafka, message)
    assert letters.header(letter, "dead_reason").startswith("waited 0 s for what never came: NotReady('people")
    assert int(letters.header(letter, "dead_attempts")) > 1


class Unreachable(DeadLetters):
    """Whose topic cannot be reached the first times."""

    refusals = 3

    async def put(self, record: Record, why: object) -> None:
        if self.refusals:
            self.refusals -= 1
            raise KafkaConnectionError
        await super().put(record, why)  # type: ignore[arg-type]


async def test_a_message_whose_dead_letter_cannot_be_written_is_not_acknowledged(
    broker: Broker, bus_settings: Settings, plans_db: Database, kafka: str
) -> None:
    dead = Unreachable(bus_settings, SERVICE)
    broker._dead[SERVICE] = dead
    seen: list[Event] = []

    async def see(_: AsyncSession, event: Event) -> None:
        seen.append(event)

    bad, fine = Message("plans", PlanDrafted, b"{", good(PlanDrafted).headers), good(PlanDrafted)
    Listener(broker, plans_db, SERVICE).on(PlanDrafted, see)
    await broker.start()
    waits: list[int] = []

    async def waited() -> bool:
        waits.append(len(broker.waiting()))
        return dead.refusals < 2

    await letters.send(kafka, [bad, fine])
    await until(waited)
    assert seen == []
    await until(partial(_are_aside, kafka, 1, bad))

    async def is_seen() -> bool:
        return bool(seen)

    await until(is_seen)
    assert len(await aside(kafka, bad)) == 1
