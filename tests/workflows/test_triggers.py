"""Events start workflows once and signal them with their own id, so that a repeated delivery has one effect."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from faststream.kafka import TestKafkaBroker
from temporalio.client import Client, WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.service import RPCError, RPCStatusCode

from contracts.base import Event, Phase, new_id
from contracts.evaluation.interventions import CycleScheduleChanged
from contracts.evaluation.visits import VisitResponded, VisitScheduled
from contracts.obligations import MoveCause, ObligationsMoved
from contracts.plans.obligations import OBLIGATIONS as PLANS
from contracts.workflows import QUEUE, CycleStart, EventSignal, cycle_id, cycle_schedule_id, visit_id
from kit import kafka as bus
from kit.clock import Clock
from kit.kafka import Broker
from kit.settings import Settings
from tests.workflows.offices import Ledger, days
from workflows.cycle import CycleWorkflow
from workflows.triggers.deadlines import EarlierLadder, ExpectedSweeps
from workflows.triggers.install import install

pytestmark = pytest.mark.connected
CITY = "14.72"


@pytest.fixture
async def broker(client: Client, ledger: Ledger) -> AsyncIterator[Broker]:
    """The triggers, bound as in production, on a bus in memory; the workflows' workers run meanwhile."""
    made = bus.broker(Settings(environment="test"), "workflows")
    install(made, client, ExpectedSweeps(Clock()))
    async with TestKafkaBroker(made):
        yield made


async def deliver(broker: Broker, event: Event, event_id: UUID) -> None:
    headers = {"ce_id": str(event_id), "ce_type": event.ce_type()}
    await broker.publish(event.model_dump_json().encode(), topic=event.topic, key=event.key.encode(), headers=headers)


async def signalled(handle: WorkflowHandle[Any, Any]) -> list[Any]:
    """What stands in the history."""
    inputs = [
        one.workflow_execution_signaled_event_attributes.input
        async for one in handle.fetch_history_events()
        if one.HasField("workflow_execution_signaled_event_attributes")
    ]
    return [(await pydantic_data_converter.decode(one.payloads))[0] for one in inputs]


async def test_an_event_that_is_delivered_twice_is_signalled_with_one_id_and_looked_at_once(
    client: Client, ledger: Ledger, broker: Broker
) -> None:
    ledger.due = {Phase.PLANNING: await ledger.now() + days(30)}
    ledger.owed[Phase.PLANNING] = 1
    cycle, event_id, another = new_id(), new_id(), new_id()
    start = CycleStart(tenant_id=CITY, cycle_id=cycle)
    handle = await client.start_workflow(CycleWorkflow.run, start, id=cycle_id(cycle), task_queue=QUEUE)
    await ledger.env.sleep(days(1))
    cleared = PLANS.cleared(tenant_id=CITY, cycle_id=cycle, phase=Phase.PLANNING)
    calls = []
    for one in (event_id, event_id, another):
        await deliver(broker, cleared, one)
        await ledger.env.sleep(days(1))
        calls.append(await _looks(handle))
    assert [one["event_id"] for one in await signalled(handle)] == [str(event_id), str(event_id), str(another)]
    assert calls[0] == calls[1] < calls[2]
    await handle.terminate()


async def _looks(handle: WorkflowHandle[Any, Any]) -> int:
    """How often the services were called."""
    events = [one async for one in handle.fetch_history_events()]
    return sum(one.HasField("activity_task_scheduled_event_attributes") for one in events)


async def test_a_visit_is_started_once_and_woken_and_what_comes_too_late_does_no_harm(
    client: Client, ledger: Ledger, broker: Broker
) -> None:
    about: dict[str, Any] = {"tenant_id": CITY, "visit_id": new_id(), "cycle_id": new_id(), "unit_id": new_id()}
    scheduled = VisitScheduled(**about, panel=(), due_at=await ledger.now())
    responded = VisitResponded(**about, panel=(), responded_by=new_id(), agreed=1, explained=0, actions=0)
    first, second = new_id(), new_id()
    for _ in range(2):
        await deliver(broker, scheduled, first)
    handle = client.get_workflow_handle(visit_id(scheduled.visit_id), result_type=str)
    await ledger.env.sleep(days(1))
    assert len(ledger.asked("lead_visit")) == 1
    ledger.visit = "ANSWERED"
    await deliver(broker, responded, second)
    assert await handle.result() == "ANSWERED"
    await deliver(broker, scheduled, first)
    await deliver(broker, responded, second)
    assert len(ledger.asked("lead_visit")) == 2
    expected = EventSignal(event_id=second, what=VisitResponded.ce_type())
    assert await signalled(handle) == [expected.model_dump(mode="json")]


async def test_a_cycle_schedule_starts_with_its_signal_and_a_repeat_asks_nothing_more(
    client: Client, ledger: Ledger, broker: Broker
) -> None:
    ledger.openings = [await ledger.now() + days(90)]
    opens, event_id = CycleScheduleChanged(tenant_id=CITY, scope=CITY, opens_by_itself=True), new_id()
    await deliver(broker, opens, event_id)
    await ledger.env.sleep(days(1) / 4)
    handle = client.get_workflow_handle(cycle_schedule_id(CITY))
    calls = await _looks(handle)
    await deliver(broker, opens, event_id)
    await ledger.env.sleep(days(1) / 4)
    assert await _looks(handle) == calls
    assert [one["event_id"] for one in await signalled(handle)] == [str(event_id)] * 2
    ledger.openings = []
    await deliver(broker, opens.model_copy(update={"opens_by_itself": False}), new_id())
    await handle.result()


class _Deadlines:
    """A client whose server does not answer the first time."""

    def __init__(self) -> None:
        self.answers = [RPCError("away", RPCStatusCode.UNAVAILABLE, b""), None, None]
        self.signals: list[Any] = []

    def get_workflow_handle(self, _: str) -> "_Deadlines":
        return self

    async def signal(self, _: Any, message: Any) -> None:
        if (error := self.answers.pop(0)) is not None:
            raise error
        self.signals.append(message)


async def test_the_deadlines_are_woken_again_where_the_first_signal_failed_and_not_for_what_they_expect() -> None:
    wakes, client, event_id = EarlierLadder(PLANS.moved, ExpectedSweeps(Clock())), _Deadlines(), new_id()
    moved = _moved(Clock().now() + days(1))
    with pytest.raises(RPCError):
        await wakes.fire(client, moved, event_id)  # type: ignore[arg-type]
    for _ in range(2):
        await wakes.fire(client, moved, event_id)  # type: ignore[arg-type]
    assert [(one.service, one.event_id) for one in client.signals] == [("plans", event_id)]


def _moved(next_at: datetime) -> ObligationsMoved:
    ids: dict[str, Any] = {"cycle_id": new_id(), "cause_id": new_id()}
    one = {"id": new_id(), "debtor_id": new_id(), "due_at": next_at, "was_due_at": next_at, "next_at": next_at}
    items: Any = [one | {"kind": "PROPOSE_PLAN"}]
    return PLANS.moved(tenant_id=CITY, phase=Phase.PLANNING, cause=MoveCause.EXTENSION, reason="-", items=items, **ids)
