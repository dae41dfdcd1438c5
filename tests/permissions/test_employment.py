"""What a token says of roles and employment is looked up at every route: a walk over all of them, as people who were."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from contracts.base import SERVICES, Role, new_id
from kit.db import Database
from tests.conftest import ClientOf, DatabaseOf, SettingsOf
from tests.permissions.probing import Probe, Rehearsal
from tests.permissions.scenes import probes_of
from tests.support.client import Client, api_of
from tests.support.clock import SetClock
from tests.support.holders import EVERY
from tests.support.issuer import Issuer

pytestmark = [pytest.mark.connected, pytest.mark.timeout(900)]  # many requests, on a machine that may be busy
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def people_of(service: str) -> str:
    return {"registry": "servants", "integrations": "callers"}.get(service, "directory_people")


@asynccontextmanager
async def otherwise(database: Database, service: str, city: str, person: UUID, change: str) -> AsyncIterator[bool]:
    """For a while the person's row says something else; false if there is no row."""
    table = people_of(service)
    reading = text(f"select roles, active, status from {table} where id = :id")  # noqa: S608 - our own names
    changing = text(f"update {table} set {change} where id = :id")  # noqa: S608
    back = text(f"update {table} set roles = :roles, active = :active, status = :status where id = :id")  # noqa: S608
    async with database.transaction(city) as session:
        kept = (await session.execute(reading, {"id": person})).first()
        await session.execute(changing, {"id": person})
    try:
        yield kept is not None
    finally:
        if kept is not None:
            async with database.transaction(city) as session:
                await session.execute(back, {"id": person, **kept._mapping})


@dataclass
class Walked:
    """What was asked in vain, and what got through although it should not have."""

    asked: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def judge(self, what: str, probe: Probe, answer: httpx.Response, *, fine: bool) -> None:
        self.asked[what] += 1
        if not fine:
            self.wrong.append(f"{what}: {probe.name}: {answer.status_code} {answer.text[:200]}")


@dataclass
class Visitor:
    """Asks one service's routes as people who were somebody."""

    service: str
    database: Database
    client: Client
    walked: Walked = field(default_factory=Walked)

    async def who_has_left(self, probe: Probe) -> None:
        for who, roles in probe.people.kinds.values():
            change = "active = false, status = 'RETIRED'"
            async with otherwise(self.database, self.service, probe.people.city, who, change) as known:
                if known:
                    answer = await probe.ask(self.client, who, probe.people.city, roles)
                    self.walked.judge("who has left", probe, answer, fine=forbidden(answer))

    async def who_lost_a_role(self, probe: Probe) -> None:
        """With the old token it answers as it does without roles: for reading as for writing."""
        city = probe.people.city
        for who, roles in probe.people.kinds.values():
            for change in ("roles = '{}'", "status = 'SUSPENDED'") if roles else ():
                async with otherwise(self.database, self.service, city, who, change) as known:
                    if known:
                        answer = await probe.ask(self.client, who, city, roles)
                        plain = await probe.ask(self.client, who, city, ())
                        # What is made has an id of its own, and a refusal may come from the door or from the command.
                        same = probe.method in WRITES or not answer.is_success or answer.text == plain.text
                        fine = answer.status_code == plain.status_code and same
                        if Role.PROVINCE in roles:  # never more with the role than without it
                            fine = forbidden(answer)
                        self.walked.judge("who lost a role", probe, answer, fine=fine)

    async def a_stranger(self, probe: Probe) -> None:
        holder = probe.people.kinds["self"][0]
        held = "roles = '{PERFORMANCE_OFFICE,PANEL}'"  # the registry: nobody may bring a city in that has an office
        async with otherwise(self.database, self.service, probe.people.city, holder, held):
            answer = await probe.ask(self.client, new_id(), probe.people.city, EVERY)
        self.walked.judge("a stranger", probe, answer, fine=forbidden(answer))


def forbidden(answer: httpx.Response) -> bool:
    return (answer.status_code, answer.json()["type"]) == (403, "https://kinerja.id/problems/forbidden")


@pytest.mark.parametrize("service", SERVICES)
async def test_roles_and_employment_are_looked_up_at_every_route(
    service: str,
    settings_of: SettingsOf,
    issuer: Issuer,
    clock: SetClock,
    database_of: DatabaseOf,
    client_of: ClientOf,
) -> None:
    database = database_of(service)
    rehearsal = Rehearsal(database.engine.url.render_as_string(hide_password=False), clock=clock)
    async with Client(api_of(service, settings_of(database), rehearsal), issuer) as client:
        visitor, writes = Visitor(service, database, client), False
        async for probe in probes_of(service, database, client_of, clock):
            await visitor.who_lost_a_role(probe)
            if probe.method in WRITES:
                writes = True
                await visitor.who_has_left(probe)
                await visitor.a_stranger(probe)
    await rehearsal.close()
    assert visitor.walked.wrong == []
    assert visitor.walked.asked.keys() >= ({"who has left", "a stranger"} if writes else set())
    # The registry's probes have an office that the registry does not know: it has brought the city in.
    assert service == "registry" or visitor.walked.asked["who lost a role"]
