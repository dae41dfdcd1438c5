"""Who waits behind whom, and how little the sender looks at however much waits."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

import asyncpg
import pytest

from contracts.base import new_id
from kit.db import Database
from services.integrations import sender as sending
from services.integrations import statements
from services.integrations.sender import Sender
from tests.services.integrations.conftest import CITY, Machine
from tests.services.integrations.receivers import happen, receiver, settled
from tests.support.databases import Databases

pytestmark = pytest.mark.connected

MANY = 5_000
FEW = 40
"""Rows that each step of a plan may look at for some messages; none of them reads the backlog."""


@pytest.fixture
async def superuser(databases: Databases, integrations_db: Database) -> AsyncIterator[asyncpg.Connection]:
    """Who may decide what the planner knows."""
    made = await asyncpg.connect(databases.postgres.uri(str(integrations_db.engine.url.database)))
    yield made
    await made.close()


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
async def test_each_round_looks_at_what_is_due_and_not_at_all_that_waits(
    machine: Machine, connection: asyncpg.Connection, superuser: asyncpg.Connection, subject: str | None
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
        told = await connection.fetch("select tenant_id, id, endpoint_id from webhook_deliveries order by seq limit 3")
        await happen(machine.database, CITY, 3)
        await connection.execute(statements.BY_INDEX)
        for known in KNOWN:
            await superuser.execute(known)
            await _looks_at_few(connection, told)


KNOWN = (
    "delete from pg_statistic where starelid = any(array['webhook_deliveries', 'feed']::regclass[])",
    "analyze webhook_deliveries, feed, feed_heads, endpoints",
)
"""What the planner knows of the tables: nothing, as before anybody has analysed them, and everything."""


async def _looks_at_few(connection: asyncpg.Connection, told: Sequence[asyncpg.Record]) -> None:
    for statement, values in (
        (statements.FAN_OUT, (sending.STEP,)),
        (statements.CLAIM, (8, [], [], sending.PLACES, sending.LEASE)),
        (statements.FINISH, (json.dumps([_received(one) for one in told]),)),
    ):
        for _ in range(6):  # what is prepared for one connection may get another plan after some
            found = await _explained(connection, statement, values)
            assert [step for step in _steps(found["Plan"]) if step[0] > FEW] == [], statement


def _received(one: asyncpg.Record) -> dict[str, Any]:
    """The end of a delivery, as the sender tells it."""
    return {
        "tenant_id": one["tenant_id"],
        "id": str(one["id"]),
        "endpoint_id": str(one["endpoint_id"]),
        "state": "DELIVERED",
        "attempt": str(new_id()),
        "number": 1,
        "at": "2026-01-05T02:00:00Z",
        "url": "",
        "headers": {},
        "status": 204,
        "answer": "",
        "milliseconds": 1,
    }


async def _explained(connection: asyncpg.Connection, statement: str, values: tuple[Any, ...]) -> Any:
    """The plan as it ran, and nothing of what it did."""
    run = connection.transaction()
    await run.start()
    try:
        return json.loads(await connection.fetchval(f"explain (analyze, format json) {statement}", *values))[0]
    finally:
        await run.rollback()


def _steps(plan: dict[str, Any]) -> Iterator[tuple[float, str, Any]]:
    """How many rows each step gave or threw away, in all its loops; what it is and by which index."""
    removed = sum(plan.get(f"Rows Removed by {what}", 0) for what in ("Filter", "Index Recheck", "Join Filter"))
    yield (plan["Actual Rows"] + removed) * plan["Actual Loops"], plan["Node Type"], plan.get("Index Name")
    for step in plan.get("Plans", ()):
        yield from _steps(step)
