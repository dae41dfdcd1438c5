"""People say what is wrong in the record; the office decides with a reason, and what it grants is recorded with it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx
import pytest

from contracts.base import Role
from contracts.registry.personnel import PersonnelChanged
from contracts.registry.requests import RequestDecided, RequestMade
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.registry.place_files import HEAD, SECTION, SEKDA, STAFF, person, servants, small, submit
from tests.support.client import Client
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected
CITY = "16.71"
OFFICER, COLLEAGUE = "198302072008022001", "198302072008022002"
WHY = "Saya dinilai Kepala Dinas sejak Januari"


class City:
    """A small city with an officer; a colleague sits in another unit."""

    def __init__(self, client: Client, ids: Mapping[str, UUID]) -> None:
        self.client, self.ids = client, ids

    def as_(self, nip: str) -> dict[str, str]:
        roles = {OFFICER: (Role.PERFORMANCE_OFFICE,), COLLEAGUE: (Role.PANEL,)}
        return self.client.as_(self.ids[nip], CITY, *roles.get(nip, ()))

    async def ask(self, nip: str, **body: Any) -> httpx.Response:
        asked = {name: str(self.ids[one]) if one in self.ids else one for name, one in body.items()}
        return await self.client.post("/v1/requests", json={"reason": WHY} | asked, headers=self.as_(nip))

    async def decide(self, nip: str, request_id: str, *, granted: bool, **body: Any) -> httpx.Response:
        decided = {"granted": granted, "reason": "Sesuai SK Wali Kota 821/2026"} | body
        return await self.client.post(f"/v1/requests/{request_id}/decision", json=decided, headers=self.as_(nip))

    async def rater(self, nip: str) -> UUID:
        answer = await self.client.get(f"/v1/servants/{self.ids[nip]}", headers=self.as_(OFFICER))
        return UUID(answer.json()["rater_id"])


@pytest.fixture
async def city(registry_db: Database, client_of: ClientOf) -> City:
    client = client_of("registry", registry_db)
    officer = person(OFFICER, "Petugas Satu", unit="16.71.SETDA").replace(",,id,", ",PERFORMANCE_OFFICE,id,")
    colleague = person(COLLEAGUE, "Rekan Dua", unit="16.71.SETDA").replace(",,id,", ",PANEL,id,")
    assert (await submit(client, small(servants=servants() + officer + colleague))).status_code == 201
    founder = client.as_(UUID(int=7), CITY)
    people = (await client.get("/v1/servants", headers=founder)).json()["items"]
    named = {"Petugas Satu": OFFICER, "Rekan Dua": COLLEAGUE, "Staf Empat": STAFF, "Sekda Satu": SEKDA}
    named |= {"Kadis Dua": HEAD, "Kabid Tiga": SECTION}
    return City(client, {named[one["name"]]: UUID(one["id"]) for one in people})


async def test_a_wrong_rater_is_corrected_by_the_decision_itself(city: City, registry_db: Database) -> None:
    for stranger in (SEKDA, COLLEAGUE):
        assert (await city.ask(stranger, kind="WRONG_RATER", servant_id=STAFF)).status_code == 403
    asked = await city.ask(STAFF, kind="WRONG_RATER", person_id=HEAD)
    assert asked.status_code == 201, asked.text
    one = asked.json()["id"]
    assert (await city.ask(STAFF, kind="WRONG_RATER", person_id=HEAD)).json()["id"] == one
    [made] = await emitted_of(registry_db, RequestMade)
    assert (made.officer_id, made.servant_id) == (city.ids[OFFICER], city.ids[STAFF])
    for other in (STAFF, SECTION, HEAD):
        assert (await city.decide(other, one, granted=True)).status_code == 403
    for _ in range(2):
        decided = await city.decide(OFFICER, one, granted=True)
        assert decided.status_code == 200, decided.text
    assert (decided.json()["state"], await city.rater(STAFF)) == ("GRANTED", city.ids[HEAD])
    [event] = await emitted_of(registry_db, RequestDecided)
    [change] = await emitted_of(registry_db, PersonnelChanged)
    assert (str(event.change_id), event.person_id) == (decided.json()["change_id"], city.ids[HEAD])
    assert change.change_id == event.change_id
    history = await city.client.get(f"/v1/servants/{city.ids[STAFF]}/raters", headers=city.as_(STAFF))
    assert history.json()["items"][0]["source"] == "CORRECTION"


async def test_what_the_record_refuses_is_not_granted_by_half(city: City, registry_db: Database) -> None:
    one = (await city.ask(STAFF, kind="WRONG_RATER")).json()["id"]
    unnamed = await city.decide(OFFICER, one, granted=True)
    assert (unnamed.status_code, "person_id" in unnamed.json()["detail"]) == (422, True)
    himself = await city.decide(OFFICER, one, granted=True, person_id=str(city.ids[STAFF]))
    assert himself.status_code in (409, 422)
    shown = await city.client.get(f"/v1/requests/{one}", headers=city.as_(STAFF))
    assert (shown.json()["state"], shown.json()["change_id"]) == ("OPEN", None)
    assert await emitted_of(registry_db, RequestDecided) == []
    refused = await city.decide(OFFICER, one, granted=False)
    assert (refused.json()["state"], await city.rater(STAFF)) == ("REFUSED", city.ids[SECTION])
    again = await city.decide(OFFICER, one, granted=True, person_id=str(city.ids[HEAD]))
    assert again.status_code == 409


async def test_a_rater_steps_back_from_one_person_and_says_that_another_is_not_his(city: City) -> None:
    one = (await city.ask(SECTION, kind="STEP_BACK", servant_id=STAFF)).json()["id"]
    assert (await city.client.get(f"/v1/requests/{one}", headers=city.as_(STAFF))).status_code == 403
    granted = await city.decide(OFFICER, one, granted=True, person_id=str(city.ids[HEAD]))
    assert (granted.json()["state"], await city.rater(STAFF)) == ("GRANTED", city.ids[HEAD])
    mine = (await city.client.get("/v1/requests", headers=city.as_(SECTION))).json()
    assert ([one["id"] for one in mine["items"]], mine["total"]) == ([one], 1)
    assert (await city.ask(SECTION, kind="WRONG_RATER", servant_id=STAFF)).status_code == 403


async def test_whoever_is_led_asks_for_somebody_to_act_and_the_people_come_back(city: City) -> None:
    assert (await city.ask(SEKDA, kind="ACTING", servant_id=SECTION)).status_code == 403
    days = {"from": "2026-01-01", "until": "2026-01-30"}
    one = (await city.ask(STAFF, kind="ACTING", servant_id=SECTION, person_id=HEAD, **days)).json()["id"]
    decided = await city.decide(OFFICER, one, granted=True, acting="PLH")
    assert decided.status_code == 200, decided.text
    assert await city.rater(STAFF) == city.ids[HEAD]
    planned = await city.client.get("/v1/personnel-changes", headers=city.as_(OFFICER))
    assert [(row["kind"], row["effective_on"]) for row in planned.json()["items"]] == [("ACTING_ENDED", "2026-01-31")]


async def test_an_officer_does_not_decide_what_concerns_the_officer(city: City) -> None:
    one = (await city.ask(OFFICER, kind="WRONG_RATER", person_id=SEKDA)).json()["id"]
    refused = await city.decide(OFFICER, one, granted=True)
    assert refused.status_code == 403
    assert (await city.decide(SEKDA, one, granted=False)).status_code == 200  # the appointing authority does


async def test_a_request_is_withdrawn_by_whoever_asked(city: City) -> None:
    one = (await city.ask(STAFF, kind="WRONG_RATER", person_id=HEAD)).json()["id"]
    path = f"/v1/requests/{one}/withdrawal"
    assert (await city.client.post(path, headers=city.as_(SECTION))).status_code == 403
    for _ in range(2):
        assert (await city.client.post(path, headers=city.as_(STAFF))).json()["state"] == "WITHDRAWN"
    assert (await city.decide(OFFICER, one, granted=True)).status_code == 409
    assert (await city.ask(STAFF, kind="WRONG_RATER", person_id=HEAD)).json()["id"] != one


async def test_the_office_works_off_the_oldest_first_and_finds_the_own_ones_apart(city: City) -> None:
    asked = [(await city.ask(nip, kind="WRONG_RATER")).json()["id"] for nip in (STAFF, OFFICER, SECTION)]

    async def listed(nip: str, **query: str | int) -> tuple[list[str], str | None]:
        page = (await city.client.get("/v1/requests", params=query, headers=city.as_(nip))).json()
        return [one["id"] for one in page["items"]], page["next"]

    assert (await listed(OFFICER))[0] == asked[::-1]
    found, rest = await listed(OFFICER, state="OPEN", order="OLDEST", limit=2)
    assert found == asked[:2]
    assert await listed(OFFICER, state="OPEN", order="OLDEST", limit=2, cursor=rest or "") == (asked[2:], None)
    assert (await listed(OFFICER, asked_by=str(city.ids[OFFICER])))[0] == [asked[1]]
    assert (await listed(STAFF, asked_by=str(city.ids[OFFICER])))[0] == []


async def test_a_member_of_a_panel_asks_to_step_back_from_a_unit(city: City, registry_db: Database) -> None:
    units = (await city.client.get("/v1/units", headers=city.as_(OFFICER))).json()["items"]
    unit = next(one["id"] for one in units if one["code"] == "16.71.DINKES")
    assert (await city.ask(STAFF, kind="STEP_BACK", unit_id=unit)).status_code == 403
    assert (await city.ask(COLLEAGUE, kind="WRONG_RATER", unit_id=unit)).status_code == 422
    one = (await city.ask(COLLEAGUE, kind="STEP_BACK", unit_id=unit)).json()["id"]
    assert (await city.decide(OFFICER, one, granted=True)).json()["state"] == "GRANTED"
    [event] = await emitted_of(registry_db, RequestDecided)
    assert (str(event.unit_id), event.change_id) == (unit, None)
