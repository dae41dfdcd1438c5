"""The visit's workflow: the date is announced and not forgotten, and it follows until those observed have responded."""

import os
from datetime import timedelta

import pytest
from temporalio.client import Client

from contracts.base import new_id
from contracts.workflows import QUEUE, EventSignal, VisitStart
from tests.workflows.offices import Ledger, days
from tests.workflows.record import keep
from workflows.visit import VisitWorkflow

pytestmark = pytest.mark.connected

START = VisitStart(tenant_id="14.72", visit_id=new_id())


def changed(what: str) -> EventSignal:
    return EventSignal(event_id=new_id(), what=f"id.kinerja.evaluation.{what}.v1")


async def test_a_moved_date_is_announced_anew_and_a_response_ends_the_workflow(
    client: Client, ledger: Ledger, name: str
) -> None:
    now = await ledger.now()
    handle = await client.start_workflow(VisitWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(2))
    ledger.around = [(now + days(10), "announced"), (now + days(15), "missed")]
    await handle.signal(VisitWorkflow.changed, changed("visit-date-set"))
    await ledger.env.sleep(days(9))
    ledger.around = [(now + days(20), "announced"), (now + days(25), "missed")]
    await handle.signal(VisitWorkflow.changed, changed("visit-date-set"))
    await ledger.env.sleep(days(11))
    assert [round((at - now) / days(1)) for at in ledger.asked("announced")] == [10, 20]
    ledger.visit, ledger.respond_by = "HELD", now + days(40)
    await handle.signal(VisitWorkflow.changed, changed("visit-held"))
    await ledger.env.sleep(days(1))
    assert await handle.query(VisitWorkflow.state) == "HELD"
    ledger.visit = "ANSWERED"
    await handle.signal(VisitWorkflow.changed, changed("visit-responded"))
    assert await handle.result() == "ANSWERED"
    assert ledger.asked("missed") == []
    if os.environ.get("KINERJA_WRITE_HISTORY"):
        await keep(handle, "visit-1")


async def test_a_missed_date_is_told_and_silence_is_seen_without_a_signal(
    client: Client, ledger: Ledger, name: str
) -> None:
    now = await ledger.now()
    ledger.around = [(now + days(3), "announced"), (now + days(8), "missed")]
    handle = await client.start_workflow(VisitWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(9))
    (missed,) = ledger.asked("missed")
    assert timedelta() <= missed - (now + days(8)) < timedelta(hours=1)
    ledger.visit, ledger.respond_by = "HELD", now + days(20)
    await handle.signal(VisitWorkflow.changed, changed("visit-held"))
    assert await handle.result() == "SILENT"
    assert timedelta() <= ledger.asked("lead_visit")[-1] - (now + days(20)) < timedelta(hours=1)


async def test_a_visit_that_is_never_held_ends_it_and_a_lost_signal_does_no_harm(
    client: Client, ledger: Ledger, name: str
) -> None:
    handle = await client.start_workflow(VisitWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(5))
    ledger.visit = "NOT_HELD"
    assert await handle.result() == "NOT_HELD"
    assert len(ledger.asked("lead_visit")) == 2
