"""What Temporal's SDK measures, among the other metrics of the process."""

import asyncio
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import accumulate

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector
from temporalio.runtime import (
    BUFFERED_METRIC_KIND_COUNTER,
    BUFFERED_METRIC_KIND_HISTOGRAM,
    BufferedMetric,
    BufferedMetricUpdate,
    MetricBuffer,
    MetricBufferDurationFormat,
    Runtime,
    TelemetryConfig,
)

from kit import metrics

# The SDK's own exporter would need a port of its own in every worker, and a second target for each in Prometheus.

_BUFFER = 10_000
"""Updates between two drains: a busy worker makes some hundred a second. It is set aside at once: 50,000 take 4 MB more."""
_DRAIN_SECONDS = 2.0
_LABELS = (
    *("task_queue", "workflow_type", "activity_type", "operation", "status_code"),
    *("worker_type", "poller_type", "failure_reason"),
)
"""What the SDK says that has few values; ids of workers and whatever a later version adds would grow without end."""
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_BOUNDS = [*(str(bound) for bound in _BUCKETS), "+Inf"]

Labels = tuple[str, ...]


class _Histogram:
    """Counts by bucket, and the sum."""

    def __init__(self) -> None:
        self.counts = [0] * len(_BOUNDS)
        self.sum = 0.0

    def observe(self, value: float) -> None:
        self.counts[bisect_left(_BUCKETS, value)] += 1
        self.sum += value

    def buckets(self) -> list[tuple[str, float]]:
        """Cumulated, as Prometheus counts."""
        return list(zip(_BOUNDS, (float(one) for one in accumulate(self.counts)), strict=True))


class SdkMetrics(Collector):
    """Takes the SDK's updates out of its buffer, adds them up and shows them to Prometheus."""

    def __init__(self) -> None:
        self._buffer = MetricBuffer(_BUFFER, MetricBufferDurationFormat.SECONDS)
        self.runtime = Runtime(telemetry=TelemetryConfig(metrics=self._buffer))
        self._known: dict[str, BufferedMetric] = {}
        self._values: defaultdict[str, defaultdict[Labels, float]] = defaultdict(lambda: defaultdict(float))
        self._histograms: defaultdict[str, defaultdict[Labels, _Histogram]] = defaultdict(
            lambda: defaultdict(_Histogram)
        )

    def drain(self) -> None:
        """Take in what has happened since the last time."""
        self.take(self._buffer.retrieve_updates())

    def take(self, updates: Iterable[BufferedMetricUpdate]) -> None:
        """Add updates up: counters come as differences, gauges and histograms as values."""
        for update in updates:
            metric, labels = update.metric, _labels(update.attributes)
            self._known[metric.name] = metric
            if len(self._values[metric.name]) + len(self._histograms[metric.name]) >= metrics.MOST:
                labels = self._known_or_other(metric.name, labels)
            if metric.kind == BUFFERED_METRIC_KIND_HISTOGRAM:
                self._histograms[metric.name][labels].observe(update.value)
            elif metric.kind == BUFFERED_METRIC_KIND_COUNTER:
                self._values[metric.name][labels] += update.value
            else:
                self._values[metric.name][labels] = update.value

    def _known_or_other(self, name: str, labels: Labels) -> Labels:
        known = labels in self._values[name] or labels in self._histograms[name]
        return labels if known else tuple(metrics.OTHER for _ in _LABELS)

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: which metrics there are shows when they come."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Every metric of the SDK, drained this moment."""
        self.drain()
        for name, metric in self._known.items():
            if metric.kind == BUFFERED_METRIC_KIND_HISTOGRAM:
                yield self._histogram(metric)
                continue
            family = CounterMetricFamily if metric.kind == BUFFERED_METRIC_KIND_COUNTER else GaugeMetricFamily
            shown = family(name, metric.description or name, labels=_LABELS)
            for labels, value in self._values[name].items():
                shown.add_metric(labels, value)
            yield shown

    def _histogram(self, metric: BufferedMetric) -> Metric:
        shown = HistogramMetricFamily(metric.name, metric.description or metric.name, labels=_LABELS)
        for labels, one in self._histograms[metric.name].items():
            shown.add_metric(labels, one.buckets(), one.sum)
        return shown


def _labels(attributes: Mapping[str, object]) -> Labels:
    # To Prometheus an empty label is one that is not there.
    return tuple(str(attributes.get(name, "")) for name in _LABELS)


@cache
def sdk_metrics() -> SdkMetrics:
    """Those of this process; its client must be connected with their ``runtime``."""
    made = SdkMetrics()
    metrics.registry.register(made)
    return made


async def keep_draining() -> None:
    """Empty the buffer again and again, also where nobody asks for the metrics."""
    while True:
        sdk_metrics().drain()
        await asyncio.sleep(_DRAIN_SECONDS)
