"""The cycle schedule: cycle after cycle is opened when its preparation begins, until the policy says otherwise."""

import pytest
from temporalio.client import Client

from contracts.base import new_id
from contracts.workflows import QUEUE, CycleScheduleStart, EventSignal
from tests.workflows.offices import Ledger, days
from workflows.cycle_schedule import CycleScheduleWorkflow

pytestmark = pytest.mark.connected

START = CycleScheduleStart(tenant_id="16.71", scope="16.71")
CHANGED = EventSignal(event_id=new_id(), what="id.kinerja.evaluation.season-changed.v1")


async def test_cycles_are_opened_on_their_day_and_not_before(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.openings = [now + days(40), now + days(220), now + days(400)]
    handle = await client.start_workflow(CycleScheduleWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(230))
    assert [round((at - now) / days(1)) for at in ledger.asked("opened")] == [40, 220]
    await handle.terminate()


async def test_it_ends_when_the_policy_leaves_the_opening_to_the_office(
    client: Client, ledger: Ledger, name: str
) -> None:
    ledger.openings = [await ledger.now() + days(90)]
    handle = await client.start_workflow(CycleScheduleWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(3))
    ledger.openings = []
    await handle.signal(CycleScheduleWorkflow.changed, CHANGED)
    await handle.result()
    assert ledger.asked("opened") == []


async def test_a_policy_that_opens_earlier_is_obeyed_at_once(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.openings = [now + days(90)]
    handle = await client.start_workflow(CycleScheduleWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(3))
    ledger.openings = [now + days(3), now + days(180)]
    await handle.signal(CycleScheduleWorkflow.changed, CHANGED)
    await ledger.env.sleep(days(1) / 4)
    assert len(ledger.asked("opened")) == 1
    await handle.terminate()
