"""What Temporal's SDK measures is among the metrics that a worker shows, with labels of few values."""

import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from temporalio import activity, workflow
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.runtime import BUFFERED_METRIC_KIND_COUNTER, BUFFERED_METRIC_KIND_GAUGE, BUFFERED_METRIC_KIND_HISTOGRAM
from temporalio.testing import WorkflowEnvironment

from kit import temporal
from kit.metrics import measurements
from kit.settings import Settings
from kit.temporal_metrics import SdkMetrics

TEST_SERVER = Path(sys.executable).parent / "temporal-test-server"
FEW = {"workflow_type", "activity_type", "task_queue", "operation", "status_code", "le"}
FEW |= {"worker_type", "poller_type", "failure_reason"}
Samples = dict[str, dict[tuple[tuple[str, str], ...], float]]


@activity.defn(name="metrics.greet")
async def greet(city: str) -> str:
    return f"selamat pagi, {city}"


@workflow.defn(name="metrics.greeting", sandboxed=False)
class Greeting:
    """Asks one activity."""

    @workflow.run
    async def run(self, city: str) -> str:
        return await workflow.execute_activity(greet, city, start_to_close_timeout=timedelta(seconds=10))


@pytest.fixture
async def server() -> AsyncIterator[str]:
    started = await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(TEST_SERVER), data_converter=pydantic_data_converter
    )
    async with started as env:
        yield env.client.service_client.config.target_host


async def shown() -> Samples:
    """What the worker's port for metrics says of the SDK."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(measurements), base_url="http://worker") as client:
        answer = await client.get("/metrics")
    assert answer.status_code == 200
    found: Samples = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            if sample.name.startswith("temporal_"):
                found.setdefault(sample.name, {})[tuple(sorted(sample.labels.items()))] = sample.value
    return found


@pytest.mark.connected
async def test_a_worker_shows_what_the_sdk_measures(server: str) -> None:
    client = await temporal.connected(Settings(environment="test", temporal=server))
    queue = f"metrics-{uuid4()}"
    async with temporal.worker(client, queue, activities=[greet], workflows=[Greeting]):
        for city in ("Palembang", "Medan"):
            await client.execute_workflow(Greeting.run, city, id=str(uuid4()), task_queue=queue)
    found = await shown()
    done = {
        name: sum(value for labels, value in samples.items() if ("task_queue", queue) in labels)
        for name, samples in found.items()
    }
    assert done["temporal_workflow_completed_total"] == 2
    assert done["temporal_activity_execution_latency_count"] == 2
    assert done["temporal_activity_schedule_to_start_latency_count"] == 2
    assert any(("activity_type", "metrics.greet") in one for one in found["temporal_activity_execution_latency_count"])
    assert {name for samples in found.values() for labels in samples for name, _ in labels} <= FEW
    assert await shown() == await shown()  # reading twice counts nothing twice


@dataclass(frozen=True)
class Named:
    """A metric as the SDK hands it over."""

    name: str
    kind: int
    description: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Update:
    """One value of it."""

    metric: Named
    value: float
    attributes: Mapping[str, str]


def test_updates_are_added_up_by_kind_and_unknown_labels_are_left_out() -> None:
    counter, gauge = Named("asked", BUFFERED_METRIC_KIND_COUNTER), Named("slots", BUFFERED_METRIC_KIND_GAUGE)
    took = Named("took", BUFFERED_METRIC_KIND_HISTOGRAM)
    collector = SdkMetrics()
    for number in range(3):
        labels = {"task_queue": "plans", "workflow_id": str(number)}
        collector.take([Update(one, 2.0 + number, labels) for one in (counter, gauge, took)])  # type: ignore[misc]
    families = {family.name: family for family in collector.collect()}
    values = {sample.name: sample.value for one in ("asked", "slots") for sample in families[one].samples}
    assert values == {"asked_total": 2.0 + 3.0 + 4.0, "slots": 4.0}
    buckets = {sample.labels.get("le"): sample.value for sample in families["took"].samples if "le" in sample.labels}
    assert (buckets["1"], buckets["2.5"], buckets["5"], buckets["+Inf"]) == (0, 1, 3, 3)
