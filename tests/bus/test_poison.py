"""Whatever comes on a topic ends in an effect or in the dead letters, at every consumer there is; nothing is in between."""

from collections import Counter
from functools import partial

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from sqlalchemy import select, text
from sqlmodel import col

from contracts.base import Event
from contracts.evaluation.cycles import CycleOpened
from contracts.registry.units import UnitRecorded
from contracts.workflows import cycle_id
from directory.models import Unit
from tests.bus import letters
from tests.bus.conftest import WORKFLOWS, House, until
from tests.bus.poison import MARK, POISON, Message, good, must_be_set_aside, poison

pytestmark = [pytest.mark.connected, pytest.mark.slow, pytest.mark.timeout(500)]
CITY = "14.72"


async def done(house: House, group: str, topic: str, count: int) -> bool:
    """Whether a group has acknowledged so many messages of the partition under test."""
    async with AIOKafkaConsumer(bootstrap_servers=house.kafka, group_id=group, enable_auto_commit=False) as consumer:
        return (await consumer.committed(TopicPartition(topic, 0)) or 0) >= count


async def claimed(house: House, service: str) -> set[str]:
    """The ids of the events that took effect."""
    async with house.databases[service].transaction(CITY) as session:
        return {str(one) for one in (await session.execute(text("select event_id from inbox"))).scalars()}


async def test_ten_kinds_of_poison_stop_no_consumer_and_are_set_aside_once(house: House) -> None:
    assert len(POISON) >= 10
    heard: dict[str, list[type[Event]]] = {}
    for _, kinds in house.groups.values():
        for kind in kinds:
            if kind not in (known := heard.setdefault(kind.topic, [])):
                known.append(kind)
    bad = [one for kinds in heard.values() for one in poison(kinds)]
    fine = [good(kind) for kinds in heard.values() for kind in kinds]
    await letters.send(house.kafka, [*bad, *fine])
    for group, (_, kinds) in house.groups.items():
        topic = kinds[0].topic
        await until(partial(done, house, group, topic, sum(one.topic == topic for one in (*bad, *fine))))
    for service in house.brokers:
        await _only_poison_died(house, service, bad, fine)
    for group, (service, kinds) in house.groups.items():
        if service != WORKFLOWS and not group.endswith(".registry"):
            ids = {dict(one.headers)["ce_id"].decode() for one in fine if one.kind in kinds}
            assert ids & await claimed(house, service), f"no good message took effect at {group}"
    await _the_good_took_effect_without_an_inbox(house, fine)


async def _only_poison_died(house: House, service: str, bad: list[Message], fine: list[Message]) -> None:
    found = await letters.dead(house.kafka, service)
    died = Counter((letters.header(one, "dead_group"), letters.header(one, MARK)) for one in found)
    groups = {group: kinds for group, (name, kinds) in house.groups.items() if name == service}
    expected = {
        (group, one.mark)
        for group, kinds in groups.items()
        for one in bad
        if one.topic == kinds[0].topic and must_be_set_aside(one, group, kinds)
    }
    marks = {one.mark for one in fine}
    assert {where for where in died if where[1] not in marks} == expected
    assert set(died.values()) == {1}
    sent = {one.mark: one for one in (*bad, *fine)}
    for letter in found:
        original = sent[letters.header(letter, MARK)]
        assert letter.value == (original.value or b"")
        assert tuple(letter.headers)[: len(original.headers)] == original.headers
        assert letters.header(letter, "dead_reason")
        assert letters.header(letter, "dead_topic") == original.topic


async def _the_good_took_effect_without_an_inbox(house: House, fine: list[Message]) -> None:
    """The copies of master data, and the workflows that an event starts."""
    unit, cycle = (UnitRecorded.model_validate_json(_of(fine, UnitRecorded)), _of(fine, CycleOpened))
    for service, database in house.databases.items():
        if service == "integrations":  # knows who may call, and no unit
            continue
        async with database.transaction(CITY) as session:
            assert (await session.scalars(select(col(Unit.id)))).all() == [unit.unit_id]
    opened = CycleOpened.model_validate_json(cycle)
    await house.temporal.get_workflow_handle(cycle_id(opened.cycle_id)).describe()


def _of(messages: list[Message], kind: type[Event]) -> bytes:
    return next(one.value for one in messages if one.kind is kind) or b""
