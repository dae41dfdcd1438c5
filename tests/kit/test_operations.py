"""Whoever runs the system reads in numbers how each service does in a city, and nothing of another city."""

import tomllib
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from contracts.base import SERVICES, Role, new_id
from contracts.plans.plans import PlanDrafted
from contracts.registry.holders import AccountRecorded
from directory import take
from kit.db import Database
from kit.inbox import first_time
from kit.outbox import emit
from tests.conftest import ClientOf, DatabaseOf
from tests.support.clock import SetClock
from tests.support.emitted import relay_url
from tests.support.holders import TAKERS

pytestmark = pytest.mark.connected
HERE, THERE = "16.71", "14.72"
WRITTEN = ("registry",)
"""Has people of its own and no copy of them."""


async def _set_aside(database: Database, city: str) -> None:
    """As the relay of before did with what was too large."""
    statement = """
        insert into outbox_dead (id, event_id, tenant_id, topic, key, type, subject, actor, body, time, error)
        values ((select coalesce(max(id), 0) + 1 from outbox_dead), gen_random_uuid(), $1, 't', 'k', 'y', 's', 'system',
            '{}', now(), 'too large')
    """
    connection = await asyncpg.connect(relay_url(database))
    try:
        await connection.execute(statement, city)
    finally:
        await connection.close()


async def _revision(database: Database) -> str:
    """Where the migrations have brought the database."""
    connection = await asyncpg.connect(relay_url(database).replace("_relay@", "_owner@"))
    try:
        return str(await connection.fetchval("select version_num from alembic_version"))
    finally:
        await connection.close()


@pytest.mark.parametrize("service", [one for one in SERVICES if one not in WRITTEN])
async def test_what_waits_since_when_and_what_was_set_aside_is_counted_for_one_city(
    service: str, database_of: DatabaseOf, client_of: ClientOf, clock: SetClock
) -> None:
    database, who = database_of(service), new_id()
    client = client_of(service, database)
    account = AccountRecorded(
        tenant_id=HERE, account_id=who, revision=1, name="Operator", email="", roles=(Role.OPERATIONS,)
    )
    async with database.transaction(HERE) as session:
        await TAKERS.get(service, take.take_master_data)(session, [account])

    async def read() -> Any:
        answer = await client.get("/v1/operations", headers=client.as_(who, HERE, Role.OPERATIONS))
        assert answer.status_code == 200, answer.text
        return answer.json()

    before = await read()
    assert (before["outbox_waiting"], before["outbox_oldest_at"], before["outbox_lag_seconds"]) == (0, None, 0)
    assert (before["outbox_dead"], before["last_taken_at"]) == (0, None)
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    assert before["version"] == project["version"]
    assert await _revision(database) == before["schema_revision"].partition("_")[0]
    for city in (HERE, THERE):
        await _set_aside(database, city)
        async with database.transaction(city) as session:
            emit(session, PlanDrafted(tenant_id=city, plan_id=new_id(), cycle_id=new_id(), servant_id=new_id()))
            assert await first_time(session, service, new_id())
    clock.advance(seconds=90)
    after = await read()
    assert (after["outbox_waiting"], after["outbox_lag_seconds"], after["outbox_dead"]) == (1, 90, 1)
    assert after["last_taken_at"] is not None
