"""Who waits behind whom, and how little a claim looks at however much waits."""

import json
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest

from services.integrations import sender as sending
from services.integrations import statements
from services.integrations.sender import Sender
from tests.services.integrations.conftest import CITY, Machine
from tests.services.integrations.receivers import happen, receiver, settled

pytestmark = pytest.mark.connected

MANY = 5_000
FEW = 40
"""Rows that a claim may look at for one free place: some at each step of its plan, none of them a backlog."""


async def test_each_of_a_subject_follows_at_once_when_the_one_before_is_received(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    async with receiver() as there:
        await machine.endpoint(there.url)
        told = await happen(machine.database, CITY, 5, subject="one plan")
        await settled(sender, connection)
        told += await happen(machine.database, CITY, 2, subject="one plan")
        await settled(sender, connection)
        assert [one.id for one in there.got] == list(map(str, told))


async def test_a_turn_that_two_senders_missed_comes_at_the_next_look(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    async with receiver() as there:
        await machine.endpoint(there.url)
        await happen(machine.database, CITY, 2, subject="one plan")
        await connection.fetchval(statements.FAN_OUT, sending.STEP)
        await connection.execute("update webhook_deliveries set next_at = null")  # as if its end had not been seen
        sender._looked = float("inf")
        await settled(sender, connection)
        assert there.got == []
        sender._looked = float("-inf")
        await sender.work(connection)  # which looks after it has claimed
        await settled(sender, connection)
        assert len(there.got) == 2


@pytest.mark.parametrize("subject", [None, "one plan"], ids=["of many subjects", "of one subject"])
async def test_a_claim_looks_at_what_is_due_and_not_at_all_that_waits(
    machine: Machine, sender: Sender, connection: asyncpg.Connection, subject: str | None
) -> None:
    async with receiver(answer="500 No") as there:
        await machine.endpoint(there.url)
        await happen(machine.database, CITY, MANY, subject=subject)
        for _ in range(MANY // sending.STEP):
            await connection.fetchval(statements.FAN_OUT, sending.STEP)
        await connection.execute("update endpoints set failing_since = now()")
        await connection.execute("update webhook_deliveries set next_at = now() + interval '1 hour' where seq % 2 = 0")
        waiting = await connection.fetchval("select count(*) from webhook_deliveries where state = 'PENDING'")
        assert waiting == MANY
        for _ in range(6):  # what is prepared for one connection may get another plan after some
            found = await _claimed(connection)
            assert max(_rows(found["Plan"])) <= FEW, json.dumps(found, indent=1)


async def _claimed(connection: asyncpg.Connection) -> Any:
    """The plan of a claim as it ran, and nothing of what it did."""
    run = connection.transaction()
    await run.start()
    try:
        explained = f"explain (analyze, format json) {statements.CLAIM}"
        return json.loads(await connection.fetchval(explained, 8, [], [], sending.PLACES, sending.LEASE))[0]
    finally:
        await run.rollback()


def _rows(plan: dict[str, Any]) -> Iterator[float]:
    """How many rows each step gave or threw away, in all its loops."""
    removed = sum(plan.get(f"Rows Removed by {what}", 0) for what in ("Filter", "Index Recheck", "Join Filter"))
    yield (plan["Actual Rows"] + removed) * plan["Actual Loops"]
    for step in plan.get("Plans", ()):
        yield from _rows(step)
