"""Probes of the notify service: a notice of one person, and the office's views of the city."""

from collections.abc import AsyncIterator

from contracts.base import Role
from kit.db import Database
from tests.conftest import ClientOf
from tests.permissions.probing import People, Probe
from tests.services.notify.arriving import owes, tell_one
from tests.support.holders import declare
from tests.support.people import open_cycle, people

OFFICE = Role.PERFORMANCE_OFFICE


async def probes(database: Database, client_of: ClientOf) -> AsyncIterator[Probe]:
    """An office in which the first of the staff was told that a plan came back."""
    office = await people(database)
    await declare(database, office.tenant_id, office.holders)
    client = client_of("notify", database)
    cycle = await open_cycle(database, office)
    ani = office.staff[0]
    await tell_one(database, office, ani)
    headers = client.as_(ani, office.tenant_id)
    [notice] = (await client.get("/v1/inbox", headers=headers)).json()["items"]
    around = People.of(office, ani)
    obligation = await owes(database, office, cycle, ani)
    [mail] = (
        await client.get("/v1/deliveries?channel=EMAIL", headers=client.as_(office.office, office.tenant_id, OFFICE))
    ).json()["items"]
    for probe in (
        Probe(
            method="POST",
            route="/obligations/{obligation_id}/nudge",
            ids={"obligation_id": obligation},
            body={},
            people=around,
        ),
        Probe(method="POST", route="/deliveries/{delivery_id}/resend", ids={"delivery_id": mail["id"]}, people=around),
        Probe(method="GET", route="/inbox", people=around),
        Probe(method="POST", route="/inbox/{notice_id}/read", ids={"notice_id": notice["id"]}, people=around),
        Probe(method="POST", route="/inbox/read-all", people=around),
        Probe(method="GET", route="/todo", people=around),
        Probe(method="GET", route="/obligations", people=around),
        Probe(method="GET", route="/deliveries", people=around),
        Probe(method="GET", route="/deliveries/download", people=around),
        Probe(method="GET", route="/cycles/{cycle_id}/owed/download", ids={"cycle_id": cycle.id}, people=around),
        Probe(method="GET", route="/cycles/{cycle_id}/summary", ids={"cycle_id": cycle.id}, people=around),
        Probe(method="GET", route="/journal", query={"subject": str(ani)}, people=around),
        Probe(method="GET", route="/operations", people=around),
        Probe(method="GET", route="/journal/verification", people=around),
        Probe(method="GET", route="/cycles/{cycle_id}/owed", ids={"cycle_id": cycle.id}, people=around),
    ):
        yield probe
