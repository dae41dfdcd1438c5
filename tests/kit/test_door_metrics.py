"""However much is invented, the metrics of a process stay as few as its routes; and they stand on a port of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client import REGISTRY
from prometheus_client.metrics import MetricWrapperBase
from temporalio.runtime import (
    BUFFERED_METRIC_KIND_COUNTER,
    BUFFERED_METRIC_KIND_GAUGE,
    BUFFERED_METRIC_KIND_HISTOGRAM,
    BufferedMetricUpdate,
)

from kinerja.documents.api import NOWHERE
from kinerja.stack.ports import HOST, choose
from kit import kafka, metrics, web
from kit.clock import Clock
from kit.db import Database
from kit.settings import Settings
from kit.temporal_metrics import SdkMetrics
from kit.worker import application
from tests.support.employment import AsTheTokenSays
from tests.support.sending import ask, get, serving

SETTINGS = Settings(environment="test", http_failed_rate=0)
INVENTED = 2 * metrics.MOST


def declared() -> list[MetricWrapperBase]:
    """Every metric of the process that has labels."""
    found = [one for one in vars(metrics).values() if isinstance(one, MetricWrapperBase)]
    return [one for one in found if one._labelnames]


@pytest.fixture
def series() -> Iterator[dict[str, int]]:
    """Forget what this test has made, so that others have their room."""
    kept = {one: dict(one._metrics) for one in declared()}
    yield {one._name: len(one._metrics) for one in declared()}
    for one, before in kept.items():
        one._metrics.clear()
        one._metrics.update(before)


@pytest.fixture
def app() -> FastAPI:
    return web.application(
        "notify", SETTINGS, Database(NOWHERE, clock=Clock.from_setting("")), employment=AsTheTokenSays()
    )


async def test_invented_methods_and_paths_make_no_series(app: FastAPI, series: dict[str, int]) -> None:
    for number in range(2_000):
        answer = await ask(app, f"INVENTED{number}", f"/health/live?{number}", {})
        assert answer.status == 405
        assert (await ask(app, f"INVENTED{number}", f"/nowhere/{number}", {})).status == 404
    assert len(metrics.http_seconds._metrics) <= series["kinerja_http_seconds"] + 2


@pytest.mark.parametrize("metric", declared(), ids=lambda one: str(one._name))
def test_no_metric_grows_without_end_whatever_its_labels_say(metric: MetricWrapperBase, series: object) -> None:
    names = metric._labelnames
    for number in range(INVENTED):
        metric.labels(*(f"{name} {number}" for name in names))
        metric.labels(**{name: f"{name} {number} named" for name in names})
    assert len(metric._metrics) == metrics.MOST + 1
    first, *_ = metric._metrics
    assert metric.labels(*first) is metric._metrics[first]
    assert metric.labels(*(f"{name} at last" for name in names)) is metric._metrics[(metrics.OTHER,) * len(names)]


def test_every_metric_is_of_the_bounded_kind() -> None:
    """One made with the library's own classes would grow: ``kit.metrics`` has the same names, bounded."""
    shown = [one for one in metrics.registry._collector_to_names if isinstance(one, MetricWrapperBase)]
    assert len(shown) >= 8
    assert [one._name for one in shown if type(one).__module__ != "kit.metrics"] == []
    assert [name for name in REGISTRY._names_to_collectors if name.startswith("kinerja")] == []


@dataclass(frozen=True)
class Named:
    """A metric as Temporal's SDK hands it over."""

    name: str
    kind: int
    description: str | None = None


@dataclass(frozen=True)
class Update:
    """One value of it."""

    metric: Named
    attributes: dict[str, str]
    value: float = 1.0


KINDS = (BUFFERED_METRIC_KIND_COUNTER, BUFFERED_METRIC_KIND_GAUGE, BUFFERED_METRIC_KIND_HISTOGRAM)


def test_what_the_sdk_of_temporal_measures_stays_bounded_as_well() -> None:
    collector = SdkMetrics()
    for number in range(INVENTED):
        labels = {"workflow_type": f"invented {number}"}
        updates = [Update(Named(f"metric {kind}", kind), labels) for kind in KINDS]
        collector.take(cast("list[BufferedMetricUpdate]", updates))
    for family in collector.collect():
        kinds = {tuple(sample.labels.values()) for sample in family.samples if "le" not in sample.labels}
        assert len(kinds) == metrics.MOST + 1, family.name


async def test_events_of_an_invented_type_make_no_series(series: dict[str, int]) -> None:
    for _ in range(INVENTED):
        metrics.events_handled.labels("plans", f"id.kinerja.{uuid4()}.v1").inc()
    assert len(metrics.events_handled._metrics) <= metrics.MOST + 1


async def test_metrics_are_shown_on_a_port_of_their_own_and_nowhere_else(app: FastAPI) -> None:
    port = choose(["metrics"], {})["metrics"]
    settings = SETTINGS.model_copy(update={"metrics_host": HOST, "metrics_port": port})
    async with serving(app, settings) as people:
        assert (await get(people, "/metrics")).status == 404
        async with httpx.AsyncClient(base_url=f"http://{HOST}:{port}") as client:
            shown = await client.get("/metrics")
        assert (shown.status_code, "kinerja_http_seconds" in shown.text) == (200, True)
        assert shown.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_worker_shows_no_metrics_where_it_shows_its_health() -> None:
    worker: Any = application("plans", kafka.broker(SETTINGS, "plans"), None)
    assert (await ask(worker, "GET", "/metrics", {})).status == 404
