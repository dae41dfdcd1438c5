"""What a workflow asks for belongs to the request that started or signalled it; what it does for everybody, to none."""

from datetime import datetime
from typing import Any

import pytest
from faststream.kafka import TestKafkaBroker
from temporalio.client import Client

from contracts.base import Phase, new_id
from contracts.evaluation.visits import VisitResponded, VisitScheduled
from contracts.obligations import MoveCause, ObligationsMoved
from contracts.plans.obligations import OBLIGATIONS as PLANS
from contracts.workflows import QUEUE, DeadlinesStart, ImprovementStart, deadlines_id, visit_id
from kit import kafka as bus
from kit import traceparent
from kit.clock import Clock
from kit.kafka import Broker
from kit.settings import Settings
from kit.temporal_traceparent import TracedClient
from tests.workflows.offices import Ledger, days
from workflows.deadlines import DeadlinesWorkflow
from workflows.improvement import ImprovementWorkflow
from workflows.triggers.deadlines import ExpectedSweeps
from workflows.triggers.install import install

pytestmark = pytest.mark.connected
CITY = "14.72"


@pytest.fixture
def client(client: Client) -> Client:
    """As `kit.temporal.connected` makes it."""
    config = client.config()
    config["interceptors"] = [TracedClient()]
    return Client(**config)


def under(ledger: Ledger, what: str) -> list[str | None]:
    """The traces that something was asked under."""
    return [one for name, one in ledger.traces if name == what]


async def test_activities_belong_to_the_start_and_then_to_the_signal(client: Client, ledger: Ledger, name: str) -> None:
    ledger.months = [await ledger.now() + days(30)]
    started, signalled = traceparent.begun(), traceparent.begun()
    start = ImprovementStart(tenant_id=CITY, case_id=new_id())
    with traceparent.bound(started):
        handle = await client.start_workflow(ImprovementWorkflow.run, start, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(31))
    before = len(ledger.traces)
    ledger.improvement = "ENDED_WELL"
    with traceparent.bound(signalled):
        await handle.signal("heard", {"event_id": str(new_id()), "what": "id.kinerja.feedback.improvement-decided.v1"})
    assert await handle.result() == "ENDED_WELL"
    asked = under(ledger, "lead_improvement")
    assert set(asked[:before]) == {traceparent.id_of(started)}
    assert set(asked[before:]) == {traceparent.id_of(signalled)}


async def test_without_a_trace_each_activity_begins_its_own(client: Client, ledger: Ledger, name: str) -> None:
    start = DeadlinesStart(tenant_id=CITY)
    handle = await client.start_workflow(DeadlinesWorkflow.run, start, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(2))
    asked = under(ledger, "sweep")
    assert len(asked) == len(set(asked)) > 3
    assert None not in asked
    await handle.terminate()


async def test_from_the_bus_through_a_trigger_to_an_activity(client: Client, ledger: Ledger) -> None:
    about: dict[str, Any] = {"tenant_id": CITY, "visit_id": new_id(), "cycle_id": new_id(), "unit_id": new_id()}
    scheduled = VisitScheduled(**about, panel=(), due_at=await ledger.now())
    responded = VisitResponded(**about, panel=(), responded_by=new_id(), agreed=1, explained=0, actions=0)
    first, second = traceparent.begun(), traceparent.begun()
    broker = triggered(client)
    async with TestKafkaBroker(broker):
        await deliver(broker, scheduled, first)
        await ledger.env.sleep(days(1))
        ledger.visit = "ANSWERED"
        await deliver(broker, responded, second)
        assert await client.get_workflow_handle(visit_id(about["visit_id"]), result_type=str).result() == "ANSWERED"
    assert under(ledger, "lead_visit") == [traceparent.id_of(first), traceparent.id_of(second)]


async def test_a_sweep_for_everybody_belongs_to_nobodys_request(client: Client, ledger: Ledger) -> None:
    start, begun = DeadlinesStart(tenant_id=CITY), traceparent.begun()
    handle = await client.start_workflow(DeadlinesWorkflow.run, start, id=deadlines_id(CITY), task_queue=QUEUE)
    await ledger.env.sleep(days(0.1))
    before = len(ledger.traces)
    moved = _moved(await ledger.now())
    broker = triggered(client)
    async with TestKafkaBroker(broker):
        await deliver(broker, moved, begun)
        await ledger.env.sleep(days(0.1))
    assert len(ledger.traces) > before
    assert traceparent.id_of(begun) not in under(ledger, "sweep")
    await handle.terminate()


def _moved(at: datetime) -> ObligationsMoved:
    ids: dict[str, Any] = {"cycle_id": new_id(), "cause_id": new_id()}
    one = {"id": new_id(), "debtor_id": new_id(), "due_at": at, "was_due_at": at, "next_at": at}
    items: Any = [one | {"kind": "PROPOSE_PLAN"}]
    return PLANS.moved(tenant_id=CITY, phase=Phase.PLANNING, cause=MoveCause.EXTENSION, reason="-", items=items, **ids)


def triggered(client: Client) -> Broker:
    """The triggers, bound as in production, for a bus in memory."""
    made = bus.broker(Settings(environment="test"), "workflows")
    install(made, client, ExpectedSweeps(Clock()))
    return made


async def deliver(broker: Broker, event: Any, said: str) -> None:
    headers = {"ce_id": str(new_id()), "ce_type": event.ce_type(), "traceparent": said}
    await broker.publish(event.model_dump_json().encode(), topic=event.topic, key=event.key.encode(), headers=headers)
