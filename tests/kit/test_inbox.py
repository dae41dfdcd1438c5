"""An event has its effect once."""

import asyncio
from uuid import UUID

import pytest

from contracts.base import new_id
from kit.db import Database
from kit.inbox import first_time

pytestmark = pytest.mark.connected
CITY = "16.71"


async def test_a_second_delivery_does_nothing(kit_db: Database) -> None:
    event_id = new_id()
    for expected in (True, False):
        async with kit_db.transaction(CITY) as session:
            assert await first_time(session, "plans", event_id) is expected
    async with kit_db.transaction(CITY) as session:
        assert await first_time(session, "feedback", event_id)


async def test_a_failed_effect_leaves_the_event_to_the_next_try(kit_db: Database) -> None:
    event_id = new_id()
    with pytest.raises(RuntimeError, match="effect"):
        await _claim_and_fail(kit_db, event_id)
    async with kit_db.transaction(CITY) as session:
        assert await first_time(session, "plans", event_id)


async def _claim_and_fail(database: Database, event_id: UUID) -> None:
    async with database.transaction(CITY) as session:
        assert await first_time(session, "plans", event_id)
        raise RuntimeError("effect")


async def test_of_two_deliveries_at_once_one_has_the_effect(kit_db: Database) -> None:
    event_id, effects = new_id(), []

    async def deliver() -> None:
        async with kit_db.transaction(CITY) as session:
            if await first_time(session, "plans", event_id):
                await asyncio.sleep(0.05)
                effects.append(1)

    await asyncio.gather(*(deliver() for _ in range(5)))
    assert effects == [1]
