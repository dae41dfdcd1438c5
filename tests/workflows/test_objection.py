"""The objection's workflow: both sides, then a person decides; silence is told, never taken for a decision."""

from datetime import timedelta

import pytest
from temporalio.client import Client

from contracts.base import new_id
from contracts.workflows import QUEUE, EventSignal, ObjectionStart
from tests.workflows.offices import Ledger, days
from workflows.objection import ObjectionWorkflow

pytestmark = pytest.mark.connected

START = ObjectionStart(tenant_id="14.72", objection_id=new_id())


def changed() -> EventSignal:
    return EventSignal(event_id=new_id(), what="id.kinerja.feedback.statement-given.v1")


async def test_both_statements_end_the_hearing_before_its_limit(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.limit, ledger.decide_by = now + days(4), now + days(9)
    handle = await client.start_workflow(ObjectionWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(1))
    ledger.statements = 2
    await handle.signal(ObjectionWorkflow.changed, changed())
    await ledger.env.sleep(days(1))
    assert ledger.asked("end_hearing")[0] - now < days(2)
    ledger.objection = "UPHELD"
    await handle.signal(ObjectionWorkflow.changed, changed())
    assert await handle.result() == "UPHELD"
    assert ledger.asked("escalate") == []


async def test_a_silent_side_does_not_stop_the_hearing(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.limit, ledger.decide_by = now + days(4), now + days(9)
    handle = await client.start_workflow(ObjectionWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(5))
    assert days(4) <= ledger.asked("end_hearing")[0] - now < days(4) + timedelta(hours=1)
    ledger.objection = "AMENDED"
    await handle.signal(ObjectionWorkflow.changed, changed())
    assert await handle.result() == "AMENDED"


async def test_an_overdue_decision_is_told_to_the_office_and_still_waited_for(
    client: Client, ledger: Ledger, name: str
) -> None:
    """PermenPANRB 6/2022 L V.B.3-6: nothing is deemed decided."""
    now = await ledger.now()
    ledger.limit, ledger.decide_by = now + days(4), now + days(9)
    handle = await client.start_workflow(ObjectionWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(20))
    assert len(ledger.asked("escalate")) == 1
    assert ledger.asked("escalate")[0] - now >= days(9)
    assert await handle.query(ObjectionWorkflow.state) == "DECIDABLE"
    ledger.objection = "UPHELD"
    await handle.signal(ObjectionWorkflow.changed, changed())
    assert await handle.result() == "UPHELD"


async def test_a_withdrawal_ends_it(client: Client, ledger: Ledger, name: str) -> None:
    now = await ledger.now()
    ledger.limit, ledger.decide_by = now + days(4), now + days(9)
    handle = await client.start_workflow(ObjectionWorkflow.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(1))
    ledger.objection = "WITHDRAWN"
    await handle.signal(ObjectionWorkflow.changed, changed())
    assert await handle.result() == "WITHDRAWN"
    assert ledger.asked("escalate") == []
