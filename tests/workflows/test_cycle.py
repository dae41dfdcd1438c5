"""The cycle's workflow: phases in order, early ends, late obligations."""

from datetime import timedelta

import pytest
from temporalio.client import Client

from contracts.base import Phase, new_id
from contracts.workflows import QUEUE, CycleStart, PhaseClearedSignal
from tests.workflows.offices import Ledger, days
from workflows.cycle import CycleWorkflow

pytestmark = pytest.mark.connected

START = CycleStart(tenant_id="14.72", cycle_id=new_id())


async def test_phases_follow_one_another_and_wait_for_their_opening(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.due = {Phase.PLANNING: now + days(30), Phase.EXECUTION: now + days(180)}
    ledger.opens = {Phase.PLANNING: now + days(3)}
    ledger.lasting = frozenset({Phase.EXECUTION})
    done = await client.execute_workflow(CycleWorkflow.run, START, id=name, task_queue=QUEUE)
    assert done.done == (Phase.PLANNING, Phase.EXECUTION)
    opened = ledger.asked("open")
    assert timedelta(days=3) <= opened[0] - now < timedelta(days=3, minutes=1)
    assert ledger.asked("end")[1] - now >= timedelta(days=180)


async def test_a_phase_ends_early_once_a_service_says_that_nobody_owes_anything(
    client: Client, ledger: Ledger, name: str
) -> None:
    now = await ledger.now()
    ledger.due = {Phase.PLANNING: now + days(30)}
    ledger.owed[Phase.PLANNING] = 2
    handle = await client.start_workflow(CycleWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(timedelta(days=5))
    ledger.owed[Phase.PLANNING] = 0
    await handle.signal(CycleWorkflow.cleared, PhaseClearedSignal(event_id=new_id(), phase=Phase.PLANNING))
    await handle.result()
    assert timedelta(days=5) <= ledger.asked("end")[0] - now < timedelta(days=6)


async def test_a_signal_that_comes_while_the_workflow_asks_is_not_lost(
    client: Client, ledger: Ledger, name: str
) -> None:
    now = await ledger.now()
    ledger.due = {Phase.PLANNING: now + days(40)}
    ledger.owed[Phase.PLANNING] = 1
    handle = client.get_workflow_handle(name)

    async def cleared() -> None:
        ledger.owed[Phase.PLANNING] = 0
        await handle.signal(CycleWorkflow.cleared, PhaseClearedSignal(event_id=new_id(), phase=Phase.PLANNING))

    ledger.while_reading = cleared
    await client.execute_workflow(CycleWorkflow.run, START, id=name, task_queue=QUEUE)
    assert ledger.asked("end")[0] - now < timedelta(hours=1)


async def test_a_phase_that_still_owes_something_ends_when_it_is_due(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.due = {Phase.PLANNING: now + days(30)}
    ledger.owed[Phase.PLANNING] = 1
    await client.execute_workflow(CycleWorkflow.run, START, id=name, task_queue=QUEUE)
    assert timedelta(days=30) <= ledger.asked("end")[0] - now < timedelta(days=31)


async def test_a_lost_signal_only_delays(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.due = {Phase.PLANNING: now + days(40)}
    ledger.owed[Phase.PLANNING] = 1
    handle = await client.start_workflow(CycleWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(timedelta(days=1))
    ledger.owed[Phase.PLANNING] = 0
    await handle.result()
    assert ledger.asked("end")[0] - now < timedelta(days=11)


async def test_the_cycle_waits_for_what_is_late_before_it_closes(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.due = {Phase.PLANNING: now + days(1)}
    ledger.in_cycle = 1
    handle = await client.start_workflow(CycleWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(timedelta(days=20))
    assert ledger.asked("close") == []
    ledger.in_cycle = 0
    await handle.signal(CycleWorkflow.cleared, PhaseClearedSignal(event_id=new_id(), phase=Phase.PLANNING))
    await handle.result()
    assert len(ledger.asked("close")) == 1


async def test_the_status_can_be_queried(client: Client, ledger: Ledger, name: str) -> None:
    ledger.due = {Phase.PLANNING: await ledger.now() + days(30)}
    ledger.owed[Phase.PLANNING] = 7
    handle = await client.start_workflow(CycleWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(timedelta(hours=1))
    status = await handle.query(CycleWorkflow.status)
    assert (status.phase, status.owed, status.members) == (Phase.PLANNING, 7, 3)
    await handle.terminate()
