"""What whoever runs Kinerja looks at when something is behind: the city that is hurt, late consumers, stuck workflows."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from temporalio import workflow
from temporalio.client import Client
from temporalio.common import Priority
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from contracts.registry.policies import PolicyPublished
from contracts.workflows import QUEUE, VisitStart, objection_id, visit_id
from kinerja.operations import asked
from kinerja.operations.lag import Behind, lag
from kinerja.operations.pending import Pending, pending
from kinerja.stack.migrate import ROOT
from kinerja.stack.postgres import database_of
from kinerja.stack.stack import LocalStack
from tests.bus import letters
from tests.bus.poison import good
from tests.operations.terminal import Terminal
from tests.portal.tasks import OPERATIONS
from tests.support.aside import Aside

pytestmark = [pytest.mark.connected, pytest.mark.slow, pytest.mark.timeout(300)]
SERVICES = ("registry", "evaluation")
DUMAI, SAWAHLUNTO = "14.72", "13.73"
TRIES = 2
_OVERDUE = """
insert into obligations (tenant_id, id, kind, phase, cycle_id, subject_id, first_debtor_id, debtor_id, opened_at, due_at,
                         rungs, rung, state)
select $1, uuidv7(), 'ASSESS', 'EVALUATION', uuidv7(), uuidv7(), uuidv7(), uuidv7(), now(), now() - interval '51 hours', '[]', 0,
       'OPEN'
from generate_series(1, $2)
"""


@dataclass
class House:
    """A stack with Dumai in it; its engines live on another loop."""

    stack: LocalStack
    aside: Aside

    def terminal(self) -> Terminal:
        return Terminal(self.stack.state.root)

    async def stop(self, process: str) -> None:
        await asyncio.to_thread(lambda: self.aside.run(self.stack.stop_process(process)))

    async def start(self, process: str) -> None:
        await asyncio.to_thread(lambda: self.aside.run(self.stack.start_process(process)))

    async def bring(self, place: str) -> None:
        """Import a place, as its office does."""
        await self.terminal().run("import", str(ROOT / "deploy" / "cities" / place))

    async def said(self, service: str, statement: str, *given: object) -> None:
        """What only the server's administrator may do."""
        connection = await asyncpg.connect(self.stack.postgres_uri(database_of(service), "postgres"))
        try:
            await connection.execute(statement, *given)
        finally:
            await connection.close()

    async def lag(self) -> list[Behind]:
        return await lag(asked.bus(self.stack.state, None))

    async def took_everything(self) -> bool:
        """Whether every group has acknowledged what there is, and something was there."""
        found = await self.lag()
        return bool(found) and not any(one.records for one in found)

    async def temporal(self) -> Client:
        return await Client.connect(self.stack.temporal, data_converter=pydantic_data_converter)


@pytest.fixture(scope="module")
def house(aside: Aside, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    stack = LocalStack(tmp_path_factory.mktemp("behind"), services=SERVICES, durable=False)
    aside.run(stack.start(), seconds=180)
    try:
        made = House(stack, aside)
        aside.run(made.bring("dumai"), seconds=180)
        yield made
    finally:
        aside.run(stack.stop())


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """The test's own limit of time is the only one."""
    while not await holds():  # noqa: ASYNC110 - engines notify nobody
        await asyncio.sleep(0.1)


async def test_the_city_that_is_hurt_comes_first(house: House) -> None:
    await house.said("evaluation", _OVERDUE, DUMAI, 7)
    poison = good(PolicyPublished).saying("ce_city", SAWAHLUNTO.encode())  # and its body speaks of another
    await letters.send(house.stack.kafka, [poison])
    await until(lambda: _is_set_aside(house))
    await house.stop("registry-worker")
    try:
        await house.bring("sawahlunto")
        at = house.terminal()
        told = await at.run("operations", "cities", code=1)
        at.within(OPERATIONS, "city")
    finally:
        await house.start("registry-worker")
    hurt, late = [line.split() for line in told.splitlines() if re.match(r" \d\d\.\d\d ", line)]
    assert hurt[:3] == [SAWAHLUNTO, "Kota", "Sawahlunto"], "events that do not leave, and a message that was set aside"
    assert int(hurt[3]) > 60, "units, people, a policy: none has left the registry"
    assert hurt[-1] == "1", "the message that was set aside"
    assert late[:3] == [DUMAI, "Kota", "Dumai"]
    assert late[3:] == ["7", "2", "d"]
    assert max(map(len, told.splitlines())) <= 80
    await until(house.took_everything)
    assert re.search(
        rf"{SAWAHLUNTO} Kota Sawahlunto +1 *\n", await house.terminal().run("operations", "cities", code=1)
    )


async def _is_set_aside(house: House) -> bool:
    return bool(await letters.dead(house.stack.kafka, "evaluation"))


async def test_a_consumer_that_is_behind_is_seen_with_its_seconds(house: House) -> None:
    await until(house.took_everything)
    await house.stop("evaluation-worker")
    try:
        before = time.time()
        await house.bring("binjai")
        after = time.time()
        at = house.terminal()
        told = await at.run("operations", "lag", "--above", "0", code=1)
        at.within(OPERATIONS, "lag")
    finally:
        await house.start("evaluation-worker")
    lines = [line.split() for line in told.splitlines() if line.startswith(" evaluation")]
    behind, others = [line for line in lines if "registry" in line], [line for line in lines if "registry" not in line]
    assert lines == behind + others, "the worst first"
    assert [line[:2] for line in behind] == [["evaluation", "registry"]] * 2, "its copy, and what it does about it"
    assert "2 of " in told
    for *_, records, seconds, unit, _readers in behind:
        assert int(records) > 60
        assert unit == "s"
        assert time.time() - before >= int(seconds) >= 0
    assert all(line[2] == "0" for line in others), "nothing was said there"
    assert max(one.seconds for one in await house.lag()) <= time.time() - before
    assert after - before < 120, "ages of more than two minutes are told in minutes"
    await until(house.took_everything)
    assert "everything that was sent has taken effect" in await house.terminal().run("operations", "lag")


@workflow.defn(name="waits-for-a-day")
class Waiting:
    """Waits for a timer."""

    @workflow.run
    async def run(self) -> None:
        """As a cycle waits for its next phase."""
        await workflow.wait_condition(lambda: False, timeout=timedelta(days=1))


async def test_a_workflow_that_is_stuck_is_listed_with_what_it_waits_for(house: House) -> None:
    client, visit, unheard = await house.temporal(), visit_id(uuid4()), objection_id(uuid4())
    async with AsyncExitStack() as cleared:
        await _let_one_wait(client, cleared)
        await house.stop("evaluation-worker")
        await _begin(client, "visit", VisitStart(tenant_id=DUMAI, visit_id=uuid4()), visit)
        await _begin(client, "unheard", None, unheard)
        await until(lambda: _has(client, visit, lambda one: one.waits))
        await until(lambda: _has(client, unheard, lambda one: one.tries > TRIES))
        await until(lambda: _are_listed(client, 3))
        at = house.terminal()
        told = await at.run("operations", "workflows", "--waiting", "0", "--tries", str(TRIES), code=1)
        at.within(OPERATIONS, "workflows")
        lines = told.splitlines()
        assert told.index("nobody works on these queues") < told.index(" evaluation ") < told.index(visit)
        assert f"{DUMAI}  {visit}" in lines
        assert re.search(r"evaluation.lead_visit waits for a worker of the queue evaluation for \d+ s", told)
        assert told.index(visit) < told.index(unheard), "what no worker takes is worse than what fails"
        assert re.search(r"its own task: try \d+ in \d+ s", told)
        assert "Workflow class unheard is not registered" in told
        assert "waits-for-a-day" not in told, "who waits for a timer is not stuck"
        assert "stuck: 2" in told
        told = await house.terminal().run("operations", "workflows", "--waiting", "0", "--lines", "1", code=1)
        assert "stuck: 2, 1 more than are shown; 3 of 3 running workflows were looked at" in told
        assert unheard not in told

        await client.get_workflow_handle(unheard).terminate()
        await house.said("evaluation", "revoke select on visits from evaluation_app")
        await house.start("evaluation-worker")
        await until(lambda: _has(client, visit, lambda one: one.tries > TRIES and bool(one.said)))
        told = await _until_tried(house)
        assert "permission denied for table visits" in told
        assert "nobody works" not in told

        await house.said("evaluation", "grant select on visits to evaluation_app")
        await until(lambda: _has_ended(client, visit))
        told = await house.terminal().run("operations", "workflows", "--waiting", "0")
        assert "no workflow is stuck" in told


async def _until_tried(house: House) -> str:
    """What is told between two tries; on a busy machine a try that is due waits a moment for its worker."""
    while True:
        told = await house.terminal().run("operations", "workflows", "--tries", str(TRIES), code=1)
        if re.search(r"evaluation.lead_visit: try \d+ in \d+ s, (next in \d+ s|runs now)", told):
            return told


async def _let_one_wait(client: Client, cleared: AsyncExitStack) -> None:
    """A timer runs without its worker, too."""
    async with Worker(client, task_queue="waits", workflows=[Waiting], workflow_runner=UnsandboxedWorkflowRunner()):
        handle = await client.start_workflow(Waiting.run, id="waits-for-a-day", task_queue="waits")
        cleared.push_async_callback(handle.terminate)
        await until(lambda: _begun(client))


async def _begun(client: Client) -> bool:
    history = await client.get_workflow_handle("waits-for-a-day").fetch_history()
    return any(one.HasField("timer_started_event_attributes") for one in history.events)


async def _begin(client: Client, kind: str, start: VisitStart | None, workflow_id: str) -> None:
    await client.start_workflow(
        kind,
        *([start] if start else []),
        id=workflow_id,
        task_queue=QUEUE,
        task_timeout=timedelta(seconds=1),
        priority=Priority(fairness_key=DUMAI),
    )


async def _has(client: Client, workflow_id: str, holds: Callable[[Pending], bool]) -> bool:
    return any(holds(one) for one in await pending(client, workflow_id))


async def _are_listed(client: Client, count: int) -> bool:
    """Temporal's lists come after its workflows, on a busy machine by seconds."""
    return (await client.count_workflows("ExecutionStatus = 'Running'")).count == count


async def _has_ended(client: Client, workflow_id: str) -> bool:
    return (await client.get_workflow_handle(workflow_id).describe()).close_time is not None


async def test_engines_of_a_deployment_are_named_and_a_missing_service_is_said(house: House, tmp_path: Path) -> None:
    await until(house.took_everything)
    elsewhere = Terminal(tmp_path / "elsewhere")
    engines = ("--postgres", house.stack.postgres_uri("postgres", "postgres"), "--kafka", house.stack.kafka)
    told = await elsewhere.run("operations", "cities", *engines, code=1)
    assert f"{DUMAI} Kota Dumai" in told or "nobody is late" in told
    assert "not asked: plans" in told, "this stack has two services"
    assert "dead letters are not counted" not in told
    assert "evaluation   registry" in await elsewhere.run("operations", "lag", "--kafka", house.stack.kafka)
    assert "no workflow is stuck" in await elsewhere.run("operations", "workflows", "--temporal", house.stack.temporal)
