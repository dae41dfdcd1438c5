"""The cycle's workflow obeys the office: it waits while paused, follows an extension, ends when cancelled, takes in who joins."""

from datetime import timedelta

import pytest
from temporalio.client import Client, WorkflowHandle

from contracts.base import Phase, new_id
from contracts.workflows import QUEUE, CycleStart, CycleStatus, EventSignal
from tests.workflows.offices import Ledger, days
from workflows.cycle import CycleWorkflow

pytestmark = pytest.mark.connected

START = CycleStart(tenant_id="14.72", cycle_id=new_id())
Handle = WorkflowHandle[CycleWorkflow, CycleStatus]


async def _begin(client: Client, name: str) -> Handle:
    return await client.start_workflow(CycleWorkflow.run, START, id=name, task_queue=QUEUE)


async def _wake(handle: Handle) -> None:
    await handle.signal(
        CycleWorkflow.steered, EventSignal(event_id=new_id(), what="id.kinerja.evaluation.cycle-paused.v1")
    )


async def test_a_paused_phase_does_not_end_until_it_is_resumed(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.due = {Phase.PLANNING: now + days(30)}
    ledger.owed[Phase.PLANNING] = 1
    handle = await _begin(client, name)
    await ledger.env.sleep(days(5))
    ledger.paused, ledger.owed[Phase.PLANNING] = True, 0
    await _wake(handle)
    await ledger.env.sleep(days(60))
    assert ledger.asked("end") == []
    assert (await handle.query(CycleWorkflow.status)).paused
    ledger.paused = False
    await _wake(handle)
    await handle.result()
    assert days(65) <= ledger.asked("end")[0] - now < days(66)


async def test_a_paused_cycle_opens_no_phase(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.due, ledger.paused = {Phase.PLANNING: now + days(30)}, True
    handle = await _begin(client, name)
    await ledger.env.sleep(days(3))
    assert ledger.asked("open") == []
    ledger.paused = False
    await _wake(handle)
    await handle.result()
    assert len(ledger.asked("open")) == 1


async def test_an_extended_phase_ends_when_it_is_due_then(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.due = {Phase.PLANNING: now + days(30)}
    ledger.owed[Phase.PLANNING] = 1
    handle = await _begin(client, name)
    await ledger.env.sleep(days(29))
    ledger.due[Phase.PLANNING] = now + days(44)
    await _wake(handle)
    await handle.result()
    assert days(44) <= ledger.asked("end")[0] - now < days(45)


async def test_an_extension_that_nobody_told_the_workflow_of_is_seen_when_the_phase_would_end(
    client: Client, ledger: Ledger, name: str
) -> None:
    now = await ledger.now()
    ledger.due = {Phase.PLANNING: now + days(30)}
    ledger.owed[Phase.PLANNING] = 1
    handle = await _begin(client, name)
    await ledger.env.sleep(days(29))
    ledger.due[Phase.PLANNING] = now + days(44)
    await handle.result()
    assert days(44) <= ledger.asked("end")[0] - now < days(45)


@pytest.mark.parametrize("begun", [True, False])
async def test_a_cancelled_cycle_ends_at_once(client: Client, ledger: Ledger, name: str, begun: bool) -> None:  # noqa: FBT001
    now = await ledger.now()
    ledger.due = {Phase.PLANNING: now + days(30), Phase.EXECUTION: now + days(90)}
    ledger.opens = {} if begun else {Phase.PLANNING: now + days(20)}
    ledger.owed[Phase.PLANNING] = 1
    handle = await _begin(client, name)
    await ledger.env.sleep(days(5))
    ledger.cancelled = True
    await _wake(handle)
    ended = await handle.result()
    assert (ended.cancelled, ended.done) == (True, ())
    closed = (await handle.describe()).close_time
    assert closed is not None
    assert closed - now < days(6)
    assert ledger.asked("end") == ledger.asked("close") == []


async def test_who_joins_late_has_the_obligations_of_planning_and_of_the_current_phase_opened(
    client: Client, ledger: Ledger, name: str
) -> None:
    now = await ledger.now()
    ledger.due = {phase: now + days(30 * n) for n, phase in enumerate(list(Phase)[:3], 1)}
    ledger.lasting = frozenset({Phase.EXECUTION})
    handle = await _begin(client, name)
    await ledger.env.sleep(days(70))
    before = len(ledger.log)
    ledger.members = 4
    await _wake(handle)
    await ledger.env.sleep(days(1))
    opened = [(what, phase) for what, phase, _ in ledger.log[before:] if what in ("plans.open", "feedback.open")]
    assert sorted(opened) == sorted(
        (what, phase) for what in ("plans.open", "feedback.open") for phase in (Phase.PLANNING, Phase.EXECUTION)
    )
    assert (await handle.query(CycleWorkflow.status)).members == 4
    await handle.result()
    assert len(ledger.asked("end")) == 3


async def test_the_status_says_what_is_owed_by_service_and_what_comes_next(
    client: Client, ledger: Ledger, name: str
) -> None:
    now = await ledger.now()
    ledger.due = {Phase.PLANNING: now + days(30), Phase.EXECUTION: now + days(90)}
    ledger.owed[Phase.PLANNING], ledger.in_cycle = 7, 9
    handle = await _begin(client, name)
    await ledger.env.sleep(timedelta(hours=1))
    status = await handle.query(CycleWorkflow.status)
    assert status.owed_by == {"plans": 9, "feedback": 0, "evaluation": 0}
    assert (status.due_at, status.next_phase) == (now + days(30), Phase.EXECUTION)
    await handle.terminate()
