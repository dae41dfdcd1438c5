"""Probes of the service of integrations: a machine of the city, and everybody else."""

from collections.abc import AsyncIterator
from uuid import UUID

from sqlalchemy import text

from contracts.base import Role, new_id
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
    async for probe in _webhooks(database, around, machine):
        yield probe
    yield Probe(method="GET", route="/journal", people=around)
    yield Probe(method="GET", route="/operations", people=around)
    yield Probe(method="GET", route="/journal/verification", people=around)
    yield Probe(method="GET", route="/webhooks", people=around)


async def _webhooks(database: Database, around: People, machine: UUID) -> AsyncIterator[Probe]:
    """An endpoint of the machine, and something that was sent to it."""
    ids = {"endpoint_id": new_id()}
    given = ids | {"delivery_id": new_id()}
    async with database.transaction(around.city) as session:
        await session.execute(text(_ENDPOINT), {"city": around.city, "id": ids["endpoint_id"], "owner": machine})
        await session.execute(
            text(_DELIVERY), {"city": around.city, "at": ids["endpoint_id"], "id": given["delivery_id"]}
        )
    url = {"url": "https://example.go.id/hooks"}
    yield Probe(method="GET", route="/endpoints", people=around)
    yield Probe(method="POST", route="/endpoints", body=url, people=around)
    one = "/endpoints/{endpoint_id}"
    yield Probe(method="GET", route=one, ids=ids, people=around)
    yield Probe(method="PATCH", route=one, ids=ids, body=url, people=around)
    for act in ("ping", "rotate"):
        yield Probe(method="POST", route=f"{one}/{act}", ids=ids, people=around)
    yield Probe(method="POST", route=f"{one}/replay", ids=ids, body={"since": "2027-01-01T00:00:00Z"}, people=around)
    yield Probe(method="GET", route=f"{one}/deliveries", ids=ids, people=around)
    yield Probe(method="GET", route=f"{one}/deliveries/{{delivery_id}}", ids=given, people=around)
    yield Probe(method="POST", route=f"{one}/deliveries/{{delivery_id}}/redeliver", ids=given, people=around)
    yield Probe(method="DELETE", route=one, ids=ids, people=around)


_ENDPOINT = """
insert into endpoints (tenant_id, id, owner_id, url, description, types, state, position, replays, secret, created_at)
values (:city, :id, :owner, 'https://example.go.id/hooks', '', '{}', 'ACTIVE', 0, 0, '', now())
"""
_DELIVERY = """
insert into webhook_deliveries (tenant_id, id, endpoint_id, event_id, type, subject, body, replay, state, attempts, created_at)
values (:city, :id, :at, gen_random_uuid(), 'ping', '-', '{}', 0, 'DELIVERED', 1, now())
"""
