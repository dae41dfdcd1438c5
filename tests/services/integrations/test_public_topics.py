"""The feed on Kafka: a topic a city, in the feed's order, going on where it stopped."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import pairwise
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from kit.db import Database
from kit.settings import Settings
from services.integrations import publisher
from tests.conftest import SettingsOf
from tests.services.integrations.published import CITY, ELSEWHERE, assessed, closed, finalised, heard, publish

pytestmark = pytest.mark.connected


@asynccontextmanager
async def publishing(settings: Settings) -> AsyncIterator[None]:
    """While it runs; cut off at the end as by a kill."""
    task = asyncio.create_task(publisher.run(settings))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def read(kafka: str, city: str, count: int) -> list[dict[str, Any]]:
    """The first so many events of a city's topic, and whatever comes within a second after."""
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka, auto_offset_reset="earliest")
    await consumer.start()
    try:
        consumer.assign([TopicPartition(publisher.topic_of(city), 0)])
        found: list[dict[str, Any]] = []
        with suppress(TimeoutError):
            while True:
                async with asyncio.timeout(60 if len(found) < count else 1):
                    found.append(json.loads((await consumer.getone()).value))
        return found
    finally:
        await consumer.stop()


async def test_each_city_has_a_topic_of_its_own_that_goes_on_where_it_stopped(
    integrations_db: Database, settings_of: SettingsOf, kafka: str
) -> None:
    settings = settings_of(integrations_db).model_copy(update={"kafka": kafka})
    await publish(integrations_db, heard(finalised(), assessed(), closed()))
    await publish(integrations_db, heard(closed(city=ELSEWHERE)))
    async with publishing(settings):
        assert [one["sequence"][-1] for one in await read(kafka, CITY, 2)] == ["1", "2"]
        assert [one["city"] for one in await read(kafka, ELSEWHERE, 1)] == [ELSEWHERE]
    await publish(integrations_db, heard(closed(), closed()))
    async with publishing(settings):
        events = await read(kafka, CITY, 4)
    assert [one["sequence"][-1] for one in events] == ["1", "2", "3", "4"]
    assert {one["city"] for one in events} == {CITY}
    assert all(one["previoushash"] == before["hash"] for before, one in pairwise(events))


def test_nothing_is_carried_to_kafka_unless_a_setting_says_so() -> None:
    assert Settings(environment="test").public_topics is False
