"""Who enters for a civil servant without a computer: declared by the office with dates, read and ended by that person."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx
import pytest

from contracts.base import Role
from contracts.registry.assistants import AssistantDeclared, AssistantEnded
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.registry.place_files import HEAD, SECTION, SEKDA, STAFF, person, servants, small, submit
from tests.support.client import Client
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected
CITY = "16.71"
OFFICER, COLLEAGUE = "198302072008022001", "198302072008022002"


class City:
    """A small city; the staff member has no computer, a colleague has."""

    def __init__(self, client: Client, ids: Mapping[str, UUID]) -> None:
        self.client, self.ids = client, ids

    def as_(self, nip: str) -> dict[str, str]:
        return self.client.as_(self.ids[nip], CITY, *((Role.PERFORMANCE_OFFICE,) if nip == OFFICER else ()))

    async def declare(self, nip: str = OFFICER, **changes: Any) -> httpx.Response:
        body = {"servant_id": str(self.ids[STAFF]), "assistant_id": str(self.ids[COLLEAGUE]), "from": "2026-01-01"}
        body |= {"reason": "Bertugas di lapangan tanpa komputer"} | changes
        return await self.client.post("/v1/assistants", json=body, headers=self.as_(nip))

    async def end(self, nip: str, declaration_id: str, until: str = "2026-01-05") -> httpx.Response:
        body = {"until": until, "reason": "Sudah memiliki komputer"}
        return await self.client.post(f"/v1/assistants/{declaration_id}/end", json=body, headers=self.as_(nip))

    async def seen(self, nip: str) -> list[str]:
        items = (await self.client.get("/v1/assistants", headers=self.as_(nip))).json()["items"]
        return [one["id"] for one in items]


@pytest.fixture
async def city(registry_db: Database, client_of: ClientOf) -> City:
    client = client_of("registry", registry_db)
    officer = person(OFFICER, "Petugas Satu", unit="16.71.SETDA").replace(",,id,", ",PERFORMANCE_OFFICE,id,")
    colleague = person(COLLEAGUE, "Rekan Dua", unit="16.71.SETDA")
    assert (await submit(client, small(servants=servants() + officer + colleague))).status_code == 201
    founder = client.as_(UUID(int=7), CITY)
    people = (await client.get("/v1/servants", headers=founder)).json()["items"]
    named = {"Petugas Satu": OFFICER, "Rekan Dua": COLLEAGUE, "Staf Empat": STAFF, "Sekda Satu": SEKDA}
    ids = {named[one["name"]]: UUID(one["id"]) for one in people if one["name"] in named}
    found = City(client, ids)
    for nip in (SECTION, HEAD):
        answer = await client.get(f"/v1/servants/by-nip/{nip}", headers=found.as_(OFFICER))
        ids[nip] = UUID(answer.json()["id"])
    return found


async def test_the_office_declares_it_both_read_it_and_the_person_ends_it(city: City, registry_db: Database) -> None:
    assert (await city.declare(STAFF)).status_code == 403
    declared = await city.declare()
    assert declared.status_code == 201, declared.text
    one = declared.json()["id"]
    for nip in (STAFF, COLLEAGUE, OFFICER):
        assert await city.seen(nip) == [one]
    assert await city.seen(SEKDA) == []
    for nip in (COLLEAGUE, SECTION, SEKDA):
        assert (await city.end(nip, one)).status_code == 403
    for _ in range(2):
        assert (await city.end(STAFF, one)).json()["valid_until"] == "2026-01-05"
    [event] = await emitted_of(registry_db, AssistantDeclared)
    assert (event.servant_id, event.assistant_id, event.until) == (city.ids[STAFF], city.ids[COLLEAGUE], None)
    [ended] = await emitted_of(registry_db, AssistantEnded)
    assert (ended.declaration_id, ended.ended_by, str(ended.until)) == (
        event.declaration_id,
        city.ids[STAFF],
        "2026-01-05",
    )


async def test_whoever_rates_a_person_does_not_enter_for_that_person(city: City) -> None:
    for nip in (STAFF, SECTION, HEAD):
        refused = await city.declare(assistant_id=str(city.ids[nip]))
        assert (refused.status_code, "rates" in refused.json()["detail"]) == (409, True)
    assert (await city.declare(until="2025-12-31")).status_code == 422


async def test_the_same_colleague_assists_once_at_a_time_and_what_has_ended_begins_anew(city: City) -> None:
    first = (await city.declare(until="2026-01-31")).json()["id"]
    twice = await city.declare(**{"from": "2026-01-31"})
    assert (twice.status_code, twice.json()["declaration_id"]) == (409, first)
    assert (await city.declare(**{"from": "2026-02-01"})).status_code == 201
    assert (await city.end(OFFICER, first, until="2026-02-15")).status_code == 409  # it ends sooner already
    assert (await city.end(OFFICER, first, until="2025-12-01")).status_code == 422  # what was entered stays
