"""Killing the worker of a workflow, or a service, at any step of any workflow changes no outcome and repeats no effect."""

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from contracts.base import Phase, new_id
from contracts.workflows import (
    QUEUE,
    CycleScheduleStart,
    CycleStart,
    DeadlinesStart,
    EarlierDeadlineSignal,
    EventSignal,
    ImprovementStart,
    ObjectionStart,
    PhaseClearedSignal,
    VisitStart,
)
from tests.workflows.offices import Ledger, days
from tests.workflows.stage import Killer, stage
from workflows.cycle import CycleWorkflow
from workflows.cycle_schedule import CycleScheduleWorkflow
from workflows.deadlines import DeadlinesWorkflow
from workflows.improvement import ImprovementWorkflow
from workflows.objection import ObjectionWorkflow
from workflows.registered import WORKFLOWS
from workflows.visit import VisitWorkflow

pytestmark = pytest.mark.connected

SOON = timedelta(seconds=1)
"""After so long the server gives a task that a dying worker had taken to the next one."""
Outcome = tuple[object, dict[tuple[str, str], int]]
Play = Callable[[Client, Ledger], Awaitable[object]]


async def _cycle(client: Client, ledger: Ledger) -> object:
    """Two phases: one is cleared early, the other is extended; something is late at the end."""
    now = await ledger.now()
    ledger.due = {Phase.PLANNING: now + days(30), Phase.EXECUTION: now + days(60)}
    ledger.opens = {Phase.PLANNING: now + days(1)}
    ledger.lasting, ledger.in_cycle = frozenset({Phase.EXECUTION}), 1
    ledger.owed[Phase.PLANNING] = 2
    start = CycleStart(tenant_id="14.72", cycle_id=new_id())
    handle = await client.start_workflow(
        CycleWorkflow.run, start, id=f"cycle/{uuid4()}", task_queue=QUEUE, task_timeout=SOON
    )
    await ledger.env.sleep(days(12))
    ledger.owed[Phase.PLANNING] = 0
    await handle.signal(CycleWorkflow.cleared, PhaseClearedSignal(event_id=new_id(), phase=Phase.PLANNING))
    await ledger.env.sleep(days(38))
    ledger.due[Phase.EXECUTION], ledger.in_cycle = now + days(70), 0
    return await handle.result()


async def _objection(client: Client, ledger: Ledger) -> object:
    """One side is silent, the authority is late, and then decides."""
    now = await ledger.now()
    ledger.limit, ledger.decide_by = now + days(4), now + days(9)
    start = ObjectionStart(tenant_id="14.72", objection_id=new_id())
    handle = await client.start_workflow(
        ObjectionWorkflow.run, start, id=f"objection/{uuid4()}", task_queue=QUEUE, task_timeout=SOON
    )
    await ledger.env.sleep(days(11.5))  # between two of the workflow's own daily looks
    ledger.objection = "UPHELD"
    await handle.signal(
        ObjectionWorkflow.changed, EventSignal(event_id=new_id(), what="id.kinerja.feedback.objection-decided.v1")
    )
    return await handle.result()


async def _deadlines(client: Client, ledger: Ledger) -> object:
    """Ladders of two services, and one that appears meanwhile."""
    now = await ledger.now()
    ledger.rungs["plans"] = [now + timedelta(hours=7), now + timedelta(hours=9)]
    ledger.rungs["feedback"] = [now + timedelta(hours=8)]
    start = DeadlinesStart(tenant_id="14.72")
    handle = await client.start_workflow(
        DeadlinesWorkflow.run, start, id=f"deadlines/{uuid4()}", task_queue=QUEUE, task_timeout=SOON
    )
    await ledger.env.sleep(timedelta(hours=1))
    ledger.rungs["evaluation"] = [now + timedelta(hours=2)]
    await handle.signal(DeadlinesWorkflow.earlier, EarlierDeadlineSignal(service="evaluation"))
    await ledger.env.sleep(timedelta(hours=12))
    left = sum(len(rungs) for rungs in ledger.rungs.values())
    await handle.terminate()
    return left


async def _improvement(client: Client, ledger: Ledger) -> object:
    """Two months, an extension by one more that a person decides late, and the end."""
    now = await ledger.now()
    ledger.months = [now + days(30), now + days(60)]
    start = ImprovementStart(tenant_id="14.72", case_id=new_id())
    handle = await client.start_workflow(
        ImprovementWorkflow.run, start, id=f"improvement/{uuid4()}", task_queue=QUEUE, task_timeout=SOON
    )
    await ledger.env.sleep(days(65))
    ledger.improvement, ledger.months = "RUNNING", [now + days(90)]
    what = "id.kinerja.feedback.improvement-decided.v1"
    await handle.signal(ImprovementWorkflow.changed, EventSignal(event_id=new_id(), what=what))
    await ledger.env.sleep(days(30))
    ledger.improvement = "ENDED_WELL"
    await handle.signal(ImprovementWorkflow.changed, EventSignal(event_id=new_id(), what=what))
    return await handle.result()


async def _cycle_schedule(client: Client, ledger: Ledger) -> object:
    """Two cycles open on their days; then the policy leaves the next one to the office."""
    now = await ledger.now()
    ledger.openings = [now + days(2), now + days(4), now + days(200)]
    start = CycleScheduleStart(tenant_id="14.72", scope="14.72")
    handle = await client.start_workflow(
        CycleScheduleWorkflow.run, start, id=f"season/{uuid4()}", task_queue=QUEUE, task_timeout=SOON
    )
    await ledger.env.sleep(days(5.5))
    ledger.openings = []
    news = EventSignal(event_id=new_id(), what="id.kinerja.evaluation.season-changed.v1")
    await handle.signal(CycleScheduleWorkflow.changed, news)
    await handle.result()
    return len(ledger.asked("opened"))


async def _visit(client: Client, ledger: Ledger) -> object:
    """A date is set, announced, missed and moved; the visit is held on the other day, and nobody responds to it."""
    start = VisitStart(tenant_id="14.72", visit_id=new_id())
    now = await ledger.now()
    handle = await client.start_workflow(
        VisitWorkflow.run, start, id=f"visit/{uuid4()}", task_queue=QUEUE, task_timeout=SOON
    )
    await ledger.env.sleep(days(1))
    ledger.around = [(now + days(7), "announced"), (now + days(12), "missed")]
    await handle.signal(
        VisitWorkflow.changed, EventSignal(event_id=new_id(), what="id.kinerja.evaluation.visit-date-set.v1")
    )
    await ledger.env.sleep(days(13))
    ledger.around = [(now + days(17), "announced"), (now + days(22), "missed")]
    await handle.signal(
        VisitWorkflow.changed, EventSignal(event_id=new_id(), what="id.kinerja.evaluation.visit-date-set.v1")
    )
    await ledger.env.sleep(days(6))
    ledger.visit, ledger.respond_by = "HELD", now + days(30)
    await handle.signal(
        VisitWorkflow.changed, EventSignal(event_id=new_id(), what="id.kinerja.evaluation.visit-held.v1")
    )
    return await handle.result()


PLAYS: dict[str, Play] = {
    "cycle": _cycle,
    "objection": _objection,
    "deadlines": _deadlines,
    "improvement": _improvement,
    "cycle_schedule": _cycle_schedule,
    "visit": _visit,
}
STEPS = {"cycle": 38, "objection": 8, "deadlines": 8, "improvement": 6, "cycle_schedule": 7, "visit": 8}
"""So many calls at least does each workflow make to the services; every one of them is struck."""


async def _outcome(env: WorkflowEnvironment, workflow: str, killer: Killer) -> Outcome:
    async with stage(env, killer) as ledger:
        result = await PLAYS[workflow](env.client, ledger)
        effects = Counter((what, about) for what, about, _ in ledger.log if what != "sweep")
        return result, dict(effects)


@pytest.mark.parametrize("kills", ["workflow", "service"])
@pytest.mark.parametrize("workflow", PLAYS)
async def test_a_kill_at_any_step_changes_nothing(env: WorkflowEnvironment, workflow: str, kills: str) -> None:
    undisturbed = Killer(env.client)
    result, effects = await _outcome(env, workflow, undisturbed)
    assert undisturbed.calls >= STEPS[workflow]
    for step in range(undisturbed.calls):
        killer = Killer(env.client, strikes_at=step, kills=kills)
        disturbed, repeated = await _outcome(env, workflow, killer)
        where = f"killed at step {step}: {killer.struck}"
        assert len(killer.struck) == 1, where
        assert disturbed == result, where
        assert set(repeated) == set(effects), where
        # Who was killed before the answer is asked again, once; the services' own commands do it once all the same.
        extra = sum(repeated.values()) - sum(effects.values())
        assert extra <= (kills == "service"), where


def test_every_workflow_is_killed() -> None:
    assert {one.__module__.removeprefix("workflows.") for one in WORKFLOWS} == set(PLAYS) == set(STEPS)
