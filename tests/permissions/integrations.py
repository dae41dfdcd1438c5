"""Probes of the service of integrations: a machine of the city, and everybody else."""

from collections.abc import AsyncIterator

from contracts.base import Role
from contracts.public.scopes import PERSON
from kit.db import Database
from tests.conftest import ClientOf
from tests.permissions.probing import People, Probe
from tests.services.integrations.machines import settle
from tests.services.integrations.published import closed, heard, publish


async def probes(database: Database, client_of: ClientOf) -> AsyncIterator[Probe]:
    """An office whose holders may call, and an event that was published."""
    office = await settle(database)
    around = People.of(office, office.staff[0])
    yield Probe(method="GET", route="/event-types", people=around)
    schema = {"name": "result-finalised", "version": 1}
    yield Probe(method="GET", route="/schemas/{name}/{version}", ids=schema, people=around, everywhere=True)
    await publish(database, heard(closed(city=office.tenant_id)))
    machine = around.kinds["integrator"][0]
    headers = client_of("integrations", database).as_(machine, office.tenant_id, Role.INTEGRATOR, scopes=(PERSON,))
    [event] = (await client_of("integrations", database).get("/v1/events", headers=headers)).json()
    yield Probe(method="GET", route="/events", people=around)
    yield Probe(method="GET", route="/events/{event_id}", ids={"event_id": event["id"]}, people=around)
    yield Probe(method="GET", route="/chain", people=around)
    yield Probe(method="GET", route="/journal", people=around)
    yield Probe(method="GET", route="/operations", people=around)
