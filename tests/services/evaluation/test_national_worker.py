"""The worker of evaluation as it is deployed carries a batch, and is killed while it does."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from kinerja.national.entries import Entries
from kinerja.national.faults import Fault, Faults
from kinerja.stack.postgres import database_of, roles
from kinerja.stack.stack import LocalStack
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.nation import concluded, crowded, nation, rows
from tests.services.evaluation.scene import Scene
from tests.support.clock import SetClock

pytestmark = [pytest.mark.connected, pytest.mark.timeout(600)]
_PATIENCE = 180
"""Seconds for what takes some on a machine that is not busy."""
WORKER = "evaluation-worker"
CROWD, KILLS, TAKEN = 48, 2, 5
"""So few are waited for before each kill, and each takes so long, that a busy machine leaves enough to the next worker."""


@pytest.fixture
async def stack(tmp_path: Path) -> AsyncIterator[LocalStack]:
    """Of the one service; its worker comes when there is something to do."""
    async with LocalStack(tmp_path / "state", services=("evaluation",), durable=False) as made:
        await made.kill_process(WORKER)
        yield made


@pytest.fixture
async def here(stack: LocalStack, client_of: ClientOf, clock: SetClock) -> AsyncIterator[Scene]:
    url = stack.postgres.sqlalchemy_uri(database_of("evaluation"), roles("evaluation")[1])
    database = Database(url, clock=clock)
    yield await concluded(database, client_of, clock, people=1)
    await database.close()


async def _open(here: Scene) -> int:
    async with here.database.transaction(here.tenant_id) as session:
        counting = text("select count(*) from national_rows where state = 'EXPORTED'")
        return int((await session.execute(counting)).scalar_one())


async def _forward(here: Scene) -> None:
    """The lease of whoever died is over."""
    async with here.database.transaction(here.tenant_id) as session:
        await session.execute(text("update national_rows set next_at = now() where state = 'EXPORTED'"))


async def test_a_killed_worker_is_followed_by_one_that_asks_before_it_sends(stack: LocalStack, here: Scene) -> None:
    nips = await crowded(here, CROWD)
    batch = await here.post(here.office.office, f"/cycles/{here.cycle_id}/national-batches")
    await here.post(here.office.office, f"/national-batches/{batch['id']}/sending")
    entries = Entries(detects=False)
    async with nation(entries, Faults({Fault.SLOW: 1.0}, slow_seconds=0.6), strangers=frozenset(nips[:3])) as there:
        stack.state.national_gateways.write_text(json.dumps({here.tenant_id: there.access}))
        await stack.start_process(WORKER)
        for _ in range(KILLS):
            taken = entries.taken.total()
            async with asyncio.timeout(_PATIENCE):
                while entries.taken.total() < taken + TAKEN:  # noqa: ASYNC110 - it notifies nobody
                    await asyncio.sleep(0.05)
            await stack.kill_process(WORKER)
            assert await _open(here), "nothing was left to do"
            await _forward(here)
            await stack.start_process(WORKER)
        async with asyncio.timeout(_PATIENCE):
            while await _open(here):  # noqa: ASYNC110 - the database notifies nobody
                await asyncio.sleep(0.3)
    found = await rows(here, batch["id"])
    assert sum(one["state"] == "CONFIRMED" for one in found) == CROWD + 1 - 3
    assert {one["code"] for one in found if one["state"] == "REJECTED"} == {"PERSON_UNKNOWN"}
    assert max(entries.taken.values()) == 1
    assert entries.taken.total() == CROWD + 1 - 3
