"""The probes of every service by its name, so that other walks use the same states."""

from collections.abc import AsyncIterator

from kit.db import Database
from tests.conftest import ClientOf
from tests.permissions import evaluation, feedback, integrations, notify, plans, registry
from tests.permissions.probing import Probe
from tests.support.clock import SetClock

_TIMELESS = {
    "registry": registry.probes,
    "plans": plans.probes,
    "feedback": feedback.probes,
    "notify": notify.probes,
    "integrations": integrations.probes,
}


def probes_of(service: str, database: Database, client_of: ClientOf, clock: SetClock) -> AsyncIterator[Probe]:
    """One probe a route and state; the state is made when the probe is asked for."""
    if service == "evaluation":
        return evaluation.probes(database, client_of, clock)
    return _TIMELESS[service](database, client_of)
