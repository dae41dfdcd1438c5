"""The development server: what cycles are searched for by, and workflows that move on to a newer build of their worker."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from temporalio.api.workflowservice.v1 import SetWorkerDeploymentCurrentVersionRequest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.service import RPCError, RPCStatusCode

from contracts.base import new_id
from contracts.evaluation.cycles import CycleOpened
from contracts.workflows import CITY, PERIOD, QUEUE, SEARCH_ATTRIBUTES, DeadlinesStart, EarlierDeadlineSignal, cycle_id
from kinerja.stack.ports import HOST, choose
from kinerja.stack.processes import Child
from kinerja.stack.temporal import temporal
from kit.temporal import DEPLOYMENT, worker
from tests.support.policies import policy
from workflows.deadlines import DeadlinesWorkflow
from workflows.registered import WORKFLOWS
from workflows.triggers import cycles

pytestmark = pytest.mark.connected


@pytest.fixture
def ports() -> dict[str, int]:
    return choose(["temporal", "temporal-ui"], {})


@pytest.fixture
async def server(tmp_path: Path, ports: dict[str, int]) -> AsyncIterator[Child]:
    """Not started yet."""
    made = temporal(
        port=ports["temporal"],
        ui_port=ports["temporal-ui"],
        database=tmp_path / "temporal.db",
        log=tmp_path / "temporal.log",
    )
    yield made
    await made.stop()


async def _client(ports: dict[str, int]) -> Client:
    return await Client.connect(f"{HOST}:{ports['temporal']}", data_converter=pydantic_data_converter)


async def _make_current(client: Client, build: str) -> None:
    """What a deployment does once the new worker runs; the server hears of a build with its worker's first poll."""
    asking = SetWorkerDeploymentCurrentVersionRequest(
        namespace="default", deployment_name=DEPLOYMENT, build_id=build, identity="test"
    )
    for _ in range(100):
        try:
            await client.workflow_service.set_worker_deployment_current_version(asking)
        except RPCError as error:
            if error.status not in (RPCStatusCode.NOT_FOUND, RPCStatusCode.FAILED_PRECONDITION):
                raise
            await asyncio.sleep(0.1)
        else:
            return
    raise TimeoutError(f"the server has not heard of build {build}")


async def test_a_running_workflow_moves_on_to_the_current_build_of_its_worker(
    server: Child, ports: dict[str, int]
) -> None:
    await server.start()
    client = await _client(ports)
    start = DeadlinesStart(tenant_id="14.72")
    async with worker(client, QUEUE, workflows=WORKFLOWS, build="one"):
        await _make_current(client, "one")
        handle = await client.start_workflow(DeadlinesWorkflow.run, start, id="deadlines/14.72", task_queue=QUEUE)
        assert await handle.query(DeadlinesWorkflow.handled) == 0
    async with worker(client, QUEUE, workflows=WORKFLOWS, build="two"):
        await _make_current(client, "two")
        await handle.signal(DeadlinesWorkflow.earlier, EarlierDeadlineSignal(service="plans"))
        assert await handle.query(DeadlinesWorkflow.handled) == 0
        running = (await handle.describe()).raw_description.workflow_execution_info.versioning_info
        assert running.deployment_version.build_id == "two"
    await handle.terminate()


async def test_a_cycle_is_found_by_its_city_and_period_after_a_restart(server: Child, ports: dict[str, int]) -> None:
    for _ in range(2):
        await server.start()
        client, event = await _client(ports), _opened()
        await cycles.OPENED.fire(client, event, new_id())
        described = await client.get_workflow_handle(cycle_id(event.cycle_id)).describe()
        found = {pair.key.name: pair.value for pair in described.typed_search_attributes}
        assert found == {CITY: "14.72", PERIOD: "2026-01/2026-06"}
        assert set(found) < set(SEARCH_ATTRIBUTES)
        await server.stop()


def _opened() -> CycleOpened:
    return CycleOpened(
        tenant_id="14.72",
        cycle_id=new_id(),
        scope="14.72",
        name="Semester I 2026",
        period_start=date(2026, 1, 1),
        period_end=date(2026, 6, 30),
        months=6,
        policy=policy("dumai"),
        calendar_version=1,
    )
