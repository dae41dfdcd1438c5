"""Probes of the service of integrations: a machine of the city, and everybody else."""

from collections.abc import AsyncIterator

from kit.db import Database
from tests.conftest import ClientOf
from tests.permissions.probing import People, Probe
from tests.services.integrations.machines import settle


async def probes(database: Database, client_of: ClientOf) -> AsyncIterator[Probe]:
    """An office whose holders may call."""
    del client_of  # nothing here is made over HTTP
    office = await settle(database)
    around = People.of(office, office.staff[0])
    yield Probe(method="GET", route="/event-types", people=around)
    schema = {"name": "result-finalised", "version": 1}
    yield Probe(method="GET", route="/schemas/{name}/{version}", ids=schema, people=around, everywhere=True)
    yield Probe(method="GET", route="/journal", people=around)
    yield Probe(method="GET", route="/operations", people=around)
