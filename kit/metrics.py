"""Every metric name, declared once; a dashboard or alert that names another one fails a test.

What a label says may come from outside. However it is made, a metric has :data:`MOST` combinations of them at most.
"""

from typing import Self

import prometheus_client
from prometheus_client import CollectorRegistry, ProcessCollector, make_asgi_app

from kit.door.headers import headed

MOST = 1_000
"""Combinations of labels; the routes of a service by method and status are some hundred."""
OTHER = "other"
"""Whatever comes when there are so many."""


class _Bounded(prometheus_client.metrics.MetricWrapperBase):
    """A metric that cannot grow without end: each series is kept, and shown, for as long as the process lives."""

    def labels(self, *values: object, **named: object) -> Self:
        """The child with these labels, or the one of all the others."""
        asked = tuple(str(one) for one in values) or tuple(str(named[name]) for name in self._labelnames)
        if asked not in self._metrics and len(self._metrics) >= MOST:
            return super().labels(*(OTHER for _ in self._labelnames))
        return super().labels(*values, **named)


class Counter(_Bounded, prometheus_client.Counter):
    """A counter of a bounded number of series."""


class Gauge(_Bounded, prometheus_client.Gauge):
    """A gauge of a bounded number of series."""


class Histogram(_Bounded, prometheus_client.Histogram):
    """A histogram of a bounded number of series."""


registry = CollectorRegistry()
ProcessCollector(registry=registry)
measurements = headed(make_asgi_app(registry))
"""What Prometheus asks, on a port of its own: the numbers of a city's work are not for everybody who may ask for routes."""

http_seconds = Histogram(
    "kinerja_http_seconds",
    "Time to answer a request, by route and status.",
    ["service", "method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
    registry=registry,
)
outbox_rows = Gauge("kinerja_outbox_rows", "Events that wait in the outbox.", ["service"], registry=registry)
events_sent = Counter("kinerja_events_sent_total", "Events sent and journaled.", ["service"], registry=registry)
relay_blocked = Gauge(
    "kinerja_relay_blocked",
    "1 while an event is larger than the broker takes: nothing leaves the service, and somebody must look.",
    ["service"],
    registry=registry,
)
events_handled = Counter(
    "kinerja_events_handled_total", "Events of other services taken in.", ["service", "type"], registry=registry
)
messages_dead = Counter(
    "kinerja_messages_dead_total", "Messages put on the dead-letter topic.", ["service"], registry=registry
)
waiting_seconds = Gauge(
    "kinerja_waiting_seconds",
    "How long the message that a consumer group waits with has been waiting; 0 if it waits for nothing.",
    ["service", "group"],
    registry=registry,
)
effect_seconds = Histogram(
    "kinerja_effect_seconds",
    "From the commit of an event (wall time of its id) to the commit of its effect here.",
    ["service"],
    buckets=(0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5),
    registry=registry,
)
obligations_stepped = Counter(
    "kinerja_obligations_stepped_total", "Rungs of ladders that were climbed.", ["service"], registry=registry
)
mails_sent = Counter("kinerja_mails_sent_total", "E-mails by outcome.", ["outcome"], registry=registry)
sign_ins = Counter(
    "kinerja_sign_ins_total",
    "Sign-ins at the portal by outcome: signed_in, or why it failed.",
    ["outcome"],
    registry=registry,
)
anchored_at = Gauge(
    "kinerja_anchored_timestamp_seconds",
    "When the ends of the journal were last compared and signed.",
    ["service"],
    registry=registry,
)
journals_rewritten = Gauge(
    "kinerja_journals_rewritten",
    "Cities whose journal is no longer what was anchored; one is enough to page.",
    ["service"],
    registry=registry,
)
