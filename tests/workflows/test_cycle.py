"""The cycle's story: phases in order, early ends, late obligations."""

from datetime import timedelta

import pytest
from temporalio.client import Client

from contracts.base import Phase, new_id
from contracts.stories import QUEUE, Cleared, CycleStart
from tests.workflows.offices import Ledger, days
from workflows.cycle import CycleStory

pytestmark = pytest.mark.connected

START = CycleStart(tenant_id="14.72", cycle_id=new_id())


async def test_phases_follow_one_another_and_wait_for_their_opening(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.due = {Phase.PLANNING: now + days(30), Phase.EXECUTION: now + days(180)}
    ledger.opens = {Phase.PLANNING: now + days(3)}
    ledger.lasting = frozenset({Phase.EXECUTION})
    done = await client.execute_workflow(CycleStory.run, START, id=name, task_queue=QUEUE)
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
    story = await client.start_workflow(CycleStory.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(timedelta(days=5))
    ledger.owed[Phase.PLANNING] = 0
    await story.signal(CycleStory.cleared, Cleared(event_id=new_id(), phase=Phase.PLANNING))
    await story.result()
    assert timedelta(days=5) <= ledger.asked("end")[0] - now < timedelta(days=6)


async def test_a_phase_that_still_owes_something_ends_when_it_is_due(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.due = {Phase.PLANNING: now + days(30)}
    ledger.owed[Phase.PLANNING] = 1
    await client.execute_workflow(CycleStory.run, START, id=name, task_queue=QUEUE)
    assert timedelta(days=30) <= ledger.asked("end")[0] - now < timedelta(days=31)


async def test_a_lost_signal_only_delays(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.due = {Phase.PLANNING: now + days(40)}
    ledger.owed[Phase.PLANNING] = 1
    story = await client.start_workflow(CycleStory.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(timedelta(days=1))
    ledger.owed[Phase.PLANNING] = 0
    await story.result()
    assert ledger.asked("end")[0] - now < timedelta(days=11)


async def test_the_cycle_waits_for_what_is_late_before_it_closes(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.due = {Phase.PLANNING: now + days(1)}
    ledger.in_cycle = 1
    story = await client.start_workflow(CycleStory.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(timedelta(days=20))
    assert ledger.asked("close") == []
    ledger.in_cycle = 0
    await story.signal(CycleStory.cleared, Cleared(event_id=new_id(), phase=Phase.PLANNING))
    await story.result()
    assert len(ledger.asked("close")) == 1


async def test_the_standing_can_be_asked_for(client: Client, ledger: Ledger, name: str) -> None:
    ledger.due = {Phase.PLANNING: await ledger.now() + days(30)}
    ledger.owed[Phase.PLANNING] = 7
    story = await client.start_workflow(CycleStory.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(timedelta(hours=1))
    standing = await story.query(CycleStory.standing)
    assert (standing.phase, standing.owed, standing.members) == (Phase.PLANNING, 7, 3)
    await story.terminate()
