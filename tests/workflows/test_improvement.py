"""The improvement's workflow: six months, a review each, and a person who decides; after an extension it goes on."""

import os
from datetime import timedelta

import pytest
from temporalio.client import Client

from contracts.base import new_id
from contracts.workflows import QUEUE, EventSignal, ImprovementStart
from tests.workflows.offices import Ledger, days
from tests.workflows.record import keep
from workflows.improvement import ImprovementWorkflow

pytestmark = pytest.mark.connected

START = ImprovementStart(tenant_id="14.72", case_id=new_id())


def changed() -> EventSignal:
    return EventSignal(event_id=new_id(), what="id.kinerja.feedback.improvement-decided.v1")


async def test_six_months_pass_and_the_workflow_waits_for_a_person(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.months = [now + days(30 * number) for number in range(1, 7)]
    handle = await client.start_workflow(ImprovementWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(181))
    month_ends = [at - now for at in ledger.asked("lead_improvement")[1:7]]
    assert all(
        timedelta() <= took - days(30 * number) < timedelta(hours=1) for number, took in enumerate(month_ends, 1)
    )
    assert await handle.query(ImprovementWorkflow.state) == "DECIDABLE"
    await ledger.env.sleep(days(20))
    assert await handle.query(ImprovementWorkflow.state) == "DECIDABLE"
    ledger.improvement = "ENDED_WELL"
    await handle.signal(ImprovementWorkflow.changed, changed())
    assert await handle.result() == "ENDED_WELL"
    if os.environ.get("KINERJA_WRITE_HISTORY"):
        await keep(handle, "improvement-1")


async def test_after_an_extension_it_runs_again(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.months = [now + days(30)]
    handle = await client.start_workflow(ImprovementWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(31))
    assert await handle.query(ImprovementWorkflow.state) == "DECIDABLE"
    ledger.months.append(now + days(60))
    ledger.improvement = "RUNNING"
    await handle.signal(ImprovementWorkflow.changed, changed())
    await ledger.env.sleep(days(30))
    assert await handle.query(ImprovementWorkflow.state) == "DECIDABLE"
    ledger.improvement = "FURTHER_MEASURES"
    await handle.signal(ImprovementWorkflow.changed, changed())
    assert await handle.result() == "FURTHER_MEASURES"


async def test_a_newer_version_of_the_result_ends_it_in_the_middle(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.months = [now + days(30 * number) for number in range(1, 7)]
    handle = await client.start_workflow(ImprovementWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(45))
    ledger.improvement = "SUPERSEDED"
    await handle.signal(ImprovementWorkflow.changed, changed())
    assert await handle.result() == "SUPERSEDED"
    assert len(ledger.asked("lead_improvement")) < 6
