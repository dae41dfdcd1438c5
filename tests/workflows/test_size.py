"""The history of a cycle does not grow with its people, and services that are asked twice about everything tell it once."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.testing import WorkflowEnvironment

from contracts.base import Phase, new_id
from contracts.workflows import QUEUE, CycleStart, CycleStatus, EventSignal
from kit.db import Database
from tests.conftest import DatabaseOf
from tests.support.clock import MONDAY, SetClock
from tests.workflows.city import City, at_work
from workflows.cycle import CycleWorkflow

pytestmark = pytest.mark.connected

OTHER = "14.72"
"""A city beside the first one; its services keep both apart."""
UNTIL = timedelta(days=198)
"""In the middle of the disclosure; then the office cancels, since nobody has done anything."""


_TASKS = frozenset(number for name, number in EventType.items() if name.startswith("EVENT_TYPE_WORKFLOW_TASK_"))


@dataclass(frozen=True)
class Played:
    """How a cycle went."""

    events: int
    ended: CycleStatus
    told: dict[str, int]


async def _play(city: City, more: int) -> Played:
    async with at_work(city):
        cycle_id = await city.populate(more)
        start = CycleStart(tenant_id=city.office.tenant_id, cycle_id=cycle_id)
        handle = await city.env.client.start_workflow(
            CycleWorkflow.run, start, id=f"cycle/{cycle_id}", task_queue=QUEUE
        )
        await city.env.sleep(UNTIL)
        await city.tick()
        await city.cancel(cycle_id)
        await handle.signal(CycleWorkflow.steered, EventSignal(event_id=new_id(), what="cancelled"))
        ended = await handle.result()
        events = (await handle.fetch_history()).events
        # How many workflow tasks its steps are cut into hangs on how busy the machine is; the steps do not.
        return Played(sum(one.event_type not in _TASKS for one in events), ended, dict(city.told))


@pytest.fixture
def services(database_of: DatabaseOf) -> dict[str, Database]:
    return {name: database_of(name) for name in ("evaluation", "plans", "feedback")}


async def test_a_thousand_people_cost_no_more_events_than_ten_and_five_percent(
    env: WorkflowEnvironment, clock: SetClock, services: dict[str, Database]
) -> None:
    few = await _play(City(env, clock, services), 0)
    clock.set(MONDAY)
    many = await _play(City(env, clock, services, tenant_id=OTHER), 989)
    assert (few.ended.members, many.ended.members) == (11, 1000)
    assert few.ended.cancelled
    assert many.ended.cancelled
    assert few.ended.done[-1] is many.ended.done[-1] is Phase.MODERATION
    assert many.told["plans ObligationsOpened"] > 50 * few.told["plans ObligationsOpened"]
    assert many.events <= few.events * 1.05


async def test_services_that_die_before_every_answer_tell_everything_once(
    env: WorkflowEnvironment, clock: SetClock, services: dict[str, Database]
) -> None:
    once = await _play(City(env, clock, services), 0)
    clock.set(MONDAY)
    twice = await _play(City(env, clock, services, tenant_id=OTHER, twice=True), 0)
    assert twice.told == once.told
    assert twice.ended.model_dump(exclude={"due_at"}) == once.ended.model_dump(exclude={"due_at"})
