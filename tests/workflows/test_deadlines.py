"""The workflow of deadlines: one timer for any number of ladders."""

from datetime import timedelta

import pytest
from temporalio.client import Client

from contracts.workflows import QUEUE, DeadlinesStart, EarlierDeadlineSignal
from tests.workflows.offices import Ledger, days
from workflows.deadlines import DeadlinesWorkflow

pytestmark = pytest.mark.connected

START = DeadlinesStart(tenant_id="14.72")


async def test_it_sleeps_until_the_next_ladder_moves(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.rungs["plans"] = [now + timedelta(hours=7), now + timedelta(hours=9)]
    handle = await client.start_workflow(DeadlinesWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(timedelta(hours=10))
    assert await handle.query(DeadlinesWorkflow.handled) == 2
    swept = [at - now for what, about, at in ledger.log if (what, about) == ("sweep", "plans")]
    assert [round(at.total_seconds() / 3600) for at in swept] == [0, 7, 9]
    await handle.terminate()


async def test_something_earlier_wakes_it(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    handle = await client.start_workflow(DeadlinesWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(timedelta(hours=1))
    ledger.rungs["feedback"] = [now + timedelta(hours=2)]
    await handle.signal(DeadlinesWorkflow.earlier, EarlierDeadlineSignal(service="feedback"))
    await ledger.env.sleep(timedelta(hours=2))
    assert await handle.query(DeadlinesWorkflow.handled) == 1
    await handle.terminate()


async def test_a_hundred_days_without_anything_due_cost_few_sweeps(client: Client, ledger: Ledger, name: str) -> None:
    handle = await client.start_workflow(DeadlinesWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(100))
    assert len(ledger.asked("sweep")) <= 3 * 102
    await handle.terminate()
