"""Who holds an office: declared with dates, begun and ended by themselves, kept through imports, also for a mayor."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from contracts.base import Role, new_id
from contracts.registry.holders import AccountRecorded
from kit.db import Database
from services.registry import due
from tests.conftest import ClientOf
from tests.services.registry.place_files import SEKDA, STAFF, person, servants, small, submit
from tests.support.client import Client
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of, relay_url
from tests.support.holders import EVERY

pytestmark = pytest.mark.connected
CITY = "16.71"
OFFICER, SECOND = "198302072008022001", "198302072008022002"
DECREE = {"reason": "SK Wali Kota 821/7/2026"}


class City:
    """A small city with two officers who are nobody's rater."""

    def __init__(self, client: Client, ids: dict[str, UUID]) -> None:
        self.client, self.ids = client, ids

    def as_officer(self, nip: str = OFFICER) -> dict[str, str]:
        return self.client.as_(self.ids[nip], CITY, Role.PERFORMANCE_OFFICE)

    async def declare(self, **body: Any) -> dict[str, Any]:
        answer = await self.client.post("/v1/office-holders", json=DECREE | body, headers=self.as_officer())
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def roles(self, nip: str) -> list[str]:
        answer = await self.client.get(f"/v1/servants/{self.ids[nip]}", headers=self.as_officer())
        found: list[str] = answer.json()["roles"]
        return found

    async def audits(self, who: str | UUID) -> int:
        headers = self.client.as_(UUID(str(who)), CITY, *EVERY)
        return (await self.client.get("/v1/journal", headers=headers)).status_code


def files() -> dict[str, bytes]:
    officers = "".join(
        person(nip, name, unit="16.71.SETDA").replace(",,id,", ",PERFORMANCE_OFFICE,id,")
        for nip, name in ((OFFICER, "Petugas Satu"), (SECOND, "Petugas Dua"))
    )
    return small(servants=servants() + officers)


@pytest.fixture
async def city(registry_db: Database, client_of: ClientOf) -> City:
    client = client_of("registry", registry_db)
    assert (await submit(client, files())).status_code == 201
    founder = client.as_(new_id(), CITY)
    page = (await client.get("/v1/servants", headers=founder)).json()["items"]
    names = {"Sekda Satu": SEKDA, "Staf Empat": STAFF, "Petugas Satu": OFFICER, "Petugas Dua": SECOND}
    return City(client, {names[one["name"]]: UUID(one["id"]) for one in page if one["name"] in names})


async def swept(database: Database) -> None:
    connection = await asyncpg.connect(relay_url(database))
    try:
        await due.sweep(connection, database)
    finally:
        await connection.close()


async def test_a_mayor_who_is_no_civil_servant_signs_in_with_an_account(city: City, registry_db: Database) -> None:
    held = await city.declare(
        role="CITY_LEADER", name="Wali Kota", email="wali@example.go.id", **{"from": "2026-01-05"}
    )
    assert held["applied"]
    mayor = UUID(held["person_id"])
    told = await emitted_of(registry_db, AccountRecorded)
    assert [(one.account_id, one.roles) for one in told] == [(mayor, ()), (mayor, (Role.CITY_LEADER,))]
    listed = (await city.client.get("/v1/servants", headers=city.as_officer())).json()["items"]
    assert str(mayor) not in {one["id"] for one in listed}
    headers = city.client.as_(mayor, CITY, Role.CITY_LEADER)
    assert (await city.client.get("/v1/office-holders", headers=headers)).json()["items"][0]["name"] == "Wali Kota"
    outage = {"began_at": "2026-01-02T08:00:00+07:00", "ended_at": "2026-01-02T15:00:00+07:00", "reason": "Listrik"}
    assert (await city.client.post("/v1/outages", json=outage, headers=headers)).status_code == 403


async def test_a_role_begins_and_ends_on_its_days_by_itself(city: City, registry_db: Database, clock: SetClock) -> None:
    staff = str(city.ids[STAFF])
    held = await city.declare(role="AUDITOR", person_id=staff, **{"from": "2026-01-07"}, until="2026-01-08")
    assert not held["applied"]
    assert await city.audits(staff) == 403
    clock.advance(days=2)
    await swept(registry_db)
    assert await city.roles(STAFF) == ["AUDITOR"]
    assert await city.audits(staff) == 200
    clock.advance(days=1)
    await swept(registry_db)
    assert await city.audits(staff) == 200
    clock.advance(days=1)
    await swept(registry_db)
    assert await city.roles(STAFF) == []
    assert await city.audits(staff) == 403


async def test_an_import_takes_away_nothing_that_was_declared(city: City) -> None:
    await city.declare(role="AUDITOR", person_id=str(city.ids[STAFF]), **{"from": "2026-01-05"})
    renamed = files()["servants.csv"].replace(b"Staf Empat", b"Staf Baru")
    assert (await submit(city.client, files() | {"servants.csv": renamed})).status_code == 201
    assert await city.roles(STAFF) == ["AUDITOR"]


async def test_an_end_is_recorded_with_its_reason_and_closes_the_door(city: City) -> None:
    held = await city.declare(role="AUDITOR", name="Auditor BPK", **{"from": "2026-01-01"})
    route = f"/v1/office-holders/{held['id']}/end"
    ending = {"until": "2026-01-04", "reason": "Penugasan selesai"}
    assert await city.audits(held["person_id"]) == 200
    for _ in range(2):
        answer = await city.client.post(route, json=ending, headers=city.as_officer())
        assert (answer.status_code, answer.json()["valid_until"]) == (200, "2026-01-04"), answer.text
    assert await city.audits(held["person_id"]) == 403
    on = {"on": "2026-01-03", "role": "AUDITOR"}
    listed = (await city.client.get("/v1/office-holders", params=on, headers=city.as_officer())).json()["items"]
    assert [one["end_reason"] for one in listed] == ["Penugasan selesai"]


async def test_nobody_declares_himself_and_a_machine_is_no_person(city: City) -> None:
    own = DECREE | {"role": "AUDITOR", "person_id": str(city.ids[OFFICER]), "from": "2026-01-05"}
    answer = await city.client.post("/v1/office-holders", json=own, headers=city.as_officer())
    assert (answer.status_code, answer.json()["conflicts"][0]["conflict"]) == (403, "SELF")
    assert (await city.client.post("/v1/office-holders", json=own, headers=city.as_officer(SECOND))).status_code == 201
    assert (await city.client.post("/v1/office-holders", json=own, headers=city.as_officer(SECOND))).status_code == 409
    machine = DECREE | {"role": "INTEGRATOR", "person_id": str(city.ids[STAFF]), "from": "2026-01-05"}
    answer = await city.client.post("/v1/office-holders", json=machine, headers=city.as_officer())
    assert (answer.status_code, answer.json()["where"]) == (422, "person_id")
    nobody = DECREE | {"role": "AUDITOR", "from": "2026-01-05"}
    assert (await city.client.post("/v1/office-holders", json=nobody, headers=city.as_officer())).status_code == 422
    leader = city.client.as_(city.ids[STAFF], CITY, *EVERY)
    assert (await city.client.post("/v1/office-holders", json=own, headers=leader)).status_code == 403


async def test_the_declared_appointing_authority_stands_in_where_every_officer_has_a_conflict(city: City) -> None:
    held = await city.declare(role="APPOINTING_AUTHORITY", name="Wali Kota", **{"from": "2026-01-05"})
    two = {str(city.ids[one]) for one in (OFFICER, SECOND)}
    body = DECREE | {"role": "AUDITOR", "person_id": str(city.ids[OFFICER]), "from": "2026-01-05"}
    refused = await city.client.post("/v1/office-holders", json=body, headers=city.as_officer())
    assert refused.json()["acts_instead"] in two
    mayor = city.client.as_(UUID(held["person_id"]), CITY, Role.APPOINTING_AUTHORITY)
    assert (await city.client.post("/v1/office-holders", json=body, headers=mayor)).status_code == 403  # the second may
    gone = {"status": "RETIRED", "from": "2026-01-05", "reason": "SK pensiun 12/2026"}
    retiring = f"/v1/servants/{city.ids[SECOND]}/status"
    assert (await city.client.post(retiring, json=gone, headers=city.as_officer())).status_code == 201
    assert (await city.client.post("/v1/office-holders", json=body, headers=mayor)).status_code == 201


async def test_an_official_of_the_province_is_in_no_citys_personnel_and_holds_nothing_else(city: City) -> None:
    known_elsewhere, since = str(new_id()), {"from": "2026-01-05"}
    body = DECREE | since | {"role": "PROVINCE", "person_id": known_elsewhere}
    headers = city.as_officer()
    assert (await city.client.post("/v1/office-holders", json=body, headers=headers)).status_code == 404
    held = await city.declare(**body, name="Pejabat provinsi")
    assert (held["person_id"], held["applied"]) == (known_elsewhere, True)
    servant = body | {"person_id": str(city.ids[STAFF]), "name": "Staf Empat"}
    answer = await city.client.post("/v1/office-holders", json=servant, headers=headers)
    assert (answer.status_code, answer.json()["where"]) == (422, "person_id")
    audits = body | {"role": "AUDITOR"}
    answer = await city.client.post("/v1/office-holders", json=audits, headers=headers)
    assert (answer.status_code, answer.json()["declaration_id"]) == (409, held["id"])
    auditor = await city.declare(role="AUDITOR", name="Auditor BPK", **since)
    both = body | {"person_id": auditor["person_id"]}
    answer = await city.client.post("/v1/office-holders", json=both, headers=headers)
    assert (answer.status_code, answer.json()["declaration_id"]) == (409, auditor["id"])
    own = await city.declare(role="PROVINCE", name="Pejabat kedua", **since)
    assert own["person_id"] not in {known_elsewhere, *map(str, city.ids.values())}


async def test_an_official_of_the_province_reads_nothing_of_the_registry(city: City) -> None:
    held = await city.declare(role="PROVINCE", name="Pejabat provinsi", **{"from": "2026-01-05"})
    who = UUID(held["person_id"])
    for route in ("/servants", "/units", "/office-holders", "/policies", "/calendar", "/journal", "/imports/1"):
        for roles in ((Role.PROVINCE,), tuple(Role), ()):
            answer = await city.client.get(f"/v1{route}", headers=city.client.as_(who, CITY, *roles))
            assert answer.status_code == 403, f"{route} with {roles}: {answer.text}"


async def test_no_file_makes_a_civil_servant_an_official_of_the_province(city: City) -> None:
    wrong = files()["servants.csv"].replace(b"PERFORMANCE_OFFICE,id,", b"PROVINCE,id,", 1)
    answer = await submit(city.client, files() | {"servants.csv": wrong})
    assert answer.status_code == 422, answer.text
    assert "PROVINCE" in answer.text
