"""Who rates the top official: a regional head, who is no civil servant, and who acts for the head (L IV.A.12)."""

from typing import Any

import asyncpg
import pytest

from contracts.base import Role
from contracts.registry.personnel import PersonnelChanged
from contracts.registry.servants import ServantRecorded
from kit.db import Database
from services.registry import due
from tests.conftest import ClientOf
from tests.services.registry.place_files import HEAD, OFFICE, SECTION, SEKDA, STAFF, servants, small, submit
from tests.support.client import Client
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of, forget, relay_url

pytestmark = pytest.mark.connected

CITY = "16.71"
DECREE = "SK Wali Kota 100/2026"
SINCE: dict[str, Any] = {"from": "2026-01-01"}
TODAY: dict[str, Any] = {"from": "2026-01-05"}


class City:
    """A small city with a mayor and a deputy, who have no NIP."""

    def __init__(self, http: Client, database: Database) -> None:
        self.http, self.database = http, database
        self.office = http.as_(OFFICE, CITY, Role.PERFORMANCE_OFFICE)

    async def post(self, path: str, wanted: int = 201, **body: object) -> Any:
        answer = await self.http.post(f"/v1{path}", json={"reason": DECREE} | body, headers=self.office)
        assert answer.status_code == wanted, answer.text
        return answer.json()

    async def declared(self, name: str, role: str = "CITY_LEADER") -> str:
        held = await self.post("/office-holders", role=role, name=name, **SINCE)
        return str(held["person_id"])

    async def who(self, nip: str) -> dict[str, Any]:
        found: dict[str, Any] = (await self.http.get(f"/v1/servants/by-nip/{nip}", headers=self.office)).json()
        return found

    async def rates(self, rater: str, wanted: int = 201, nip: str = SEKDA, **more: object) -> Any:
        body: dict[str, object] = {"rater_id": rater, "from": "2026-01-05"} | more
        return await self.post(f"/servants/{(await self.who(nip))['id']}/raters", wanted, **body)


@pytest.fixture
async def city(client_of: ClientOf, registry_db: Database, clock: SetClock) -> City:
    http = client_of("registry", registry_db)
    assert (await submit(http, small())).status_code == 201
    await forget(registry_db)
    return City(http, registry_db)


async def test_a_regional_head_rates_the_top_official_and_reviews_whom_that_one_rates(city: City) -> None:
    """PermenPANRB 6/2022 L IV.A.12: the regional head evaluates; the authority is the rater's rater."""
    mayor = await city.declared("Wali Kota Contoh", "APPOINTING_AUTHORITY")
    await city.rates(mayor, source="HIERARCHY")
    assert (await city.who(SEKDA))["rater_id"] == mayor
    assert (await city.who(HEAD))["authority_id"] == mayor
    assert (await city.who(SEKDA))["authority_id"] is None
    told = {str(one.servant_id): one for one in await emitted_of(city.database, ServantRecorded)}
    assert str(told[(await city.who(SEKDA))["id"]].rater_id) == mayor


async def test_a_file_that_leaves_the_rater_of_the_top_official_empty_does_not_take_the_head_away(city: City) -> None:
    mayor = await city.declared("Wali Kota Contoh")
    await city.rates(mayor, source="HIERARCHY")
    again = servants().replace("Sekda Satu", "Sekda Satu Baru")
    answer = await submit(city.http, {"servants.csv": again.encode()})
    assert answer.status_code == 201, answer.text
    found = await city.who(SEKDA)
    assert (found["name"], found["rater_id"]) == ("Sekda Satu Baru", mayor)
    assert (await city.who(HEAD))["authority_id"] == mayor


async def test_who_acts_for_the_head_is_a_recorded_delegation_with_an_end(city: City, clock: SetClock) -> None:
    mayor, deputy = await city.declared("Wali Kota Contoh"), await city.declared("Wakil Wali Kota")
    await city.rates(mayor, source="HIERARCHY")
    acting: dict[str, Any] = {"source": "DELEGATION", "acting_for_id": mayor, "until": "2026-01-30"}
    await city.rates(deputy, **acting)
    sekda = (await city.who(SEKDA))["id"]
    page = (await city.http.get(f"/v1/servants/{sekda}/raters", headers=city.office)).json()
    [now, *_] = page["items"]
    told = (now["rater_id"], now["acting_for_id"], now["source"], now["reason"])
    assert told == (deputy, mayor, "DELEGATION", DECREE)
    assert (await city.who(HEAD))["authority_id"] == deputy
    [*_, event] = await emitted_of(city.database, PersonnelChanged)
    assert (str(event.servant_id), str(event.acting_for_id)) == (sekda, mayor)
    clock.advance(days=30)
    connection = await asyncpg.connect(relay_url(city.database))
    try:
        await due.sweep(connection, city.database)
    finally:
        await connection.close()
    assert (await city.who(SEKDA))["rater_id"] == mayor


async def test_nobody_rates_upward_and_only_a_head_in_office_without_a_number_rates(city: City) -> None:
    """PermenPANRB 6/2022 L IV.A, L IV.A.12: who works under the official cannot act for the head; an auditor leads nobody."""
    mayor = await city.declared("Wali Kota Contoh")
    auditor = await city.declared("Auditor", "AUDITOR")
    for below in (HEAD, SECTION, STAFF):
        refused = await city.rates((await city.who(below))["id"], 409, source="DELEGATION", acting_for_id=mayor)
        assert "above" in refused["detail"]
    assert "POST /v1/office-holders" in (await city.rates(auditor, 409, source="HIERARCHY"))["detail"]
    await city.rates(mayor, 422, source="HIERARCHY", acting_for_id=mayor)
    assert (await city.who(SEKDA))["rater_id"] is None


async def test_when_the_top_official_is_away_the_people_go_to_the_head(city: City) -> None:
    """PermenPANRB 6/2022 L IV.A: for whoever is absent the next superior up evaluates."""
    mayor = await city.declared("Wali Kota Contoh")
    await city.rates(mayor, source="HIERARCHY")
    sekda = (await city.who(SEKDA))["id"]
    await city.post(f"/servants/{sekda}/status", status="RETIRED", **TODAY)
    assert (await city.who(HEAD))["rater_id"] == mayor
