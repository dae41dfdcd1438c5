"""Nobody changes her own record, nor that of those who rate her or whom she rates, by hand or by a file."""

from typing import Any
from uuid import UUID

import pytest
from httpx import Response

from contracts.base import Role
from contracts.registry.servants import ServantRecorded
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.registry.place_files import (
    HEAD,
    HEADER,
    SECTION,
    SEKDA,
    STAFF,
    office_of,
    person,
    servants,
    small,
    submit,
)
from tests.services.registry.test_personnel import REASON
from tests.support.client import Client
from tests.support.emitted import emitted_of, forget

pytestmark = pytest.mark.connected
CITY = "16.71"
OFFICER, SECOND, CLERK = "198302072008022001", "198403082009032001", "198504092010042001"


class City:
    """An officer who is rated by the section head and rates a clerk; the secretary heads the city's servants."""

    def __init__(self, http: Client, ids: dict[str, UUID]) -> None:
        self.http, self.ids = http, ids

    def as_(self, nip: str) -> dict[str, str]:
        roles = (Role.PERFORMANCE_OFFICE,) if nip in (OFFICER, SECOND) else ()
        return self.http.as_(self.ids[nip], CITY, *roles)

    async def files(self, nip: str, files: dict[str, bytes]) -> Response:
        sent = [("files", (name, content)) for name, content in files.items()]
        return await self.http.post("/v1/imports", files=sent, headers=self.as_(nip))

    async def post(self, nip: str, path: str, **body: object) -> Response:
        given = {"from": "2026-01-05", "reason": REASON, **body}
        return await self.http.post(f"/v1{path}", json=given, headers=self.as_(nip))


def people(*more: str) -> str:
    officer = person(OFFICER, "Petugas Lima", SECTION).replace(",,id,", ",PERFORMANCE_OFFICE,id,")
    return servants() + officer + person(CLERK, "Juru Enam", OFFICER) + "".join(more)


SECOND_OFFICER = person(SECOND, "Petugas Tujuh", SEKDA).replace(",,id,", ",PERFORMANCE_OFFICE,id,")


@pytest.fixture
async def city(client_of: ClientOf, registry_db: Database) -> City:
    http = client_of("registry", registry_db)
    assert (await submit(http, small(servants=people()))).status_code == 201
    office = http.as_(await office_of(http, CITY), CITY, Role.PERFORMANCE_OFFICE)
    ids = {}
    for nip in (SEKDA, HEAD, SECTION, STAFF, OFFICER, CLERK):
        ids[nip] = UUID((await http.get(f"/v1/servants/by-nip/{nip}", headers=office)).json()["id"])
    await forget(registry_db)
    return City(http, ids)


async def test_the_first_import_of_a_city_has_no_conflicts(client_of: ClientOf, registry_db: Database) -> None:
    assert (await submit(client_of("registry", registry_db), small(servants=people()))).status_code == 201


async def test_an_officer_neither_chooses_her_rater_nor_promotes_herself(city: City, registry_db: Database) -> None:
    mine = f"/servants/{city.ids[OFFICER]}"
    units = (await city.http.get("/v1/units", headers=city.as_(OFFICER))).json()["items"]
    unit = next(one["id"] for one in units if one["code"] == "16.71.SETDA")
    answers = [
        await city.post(OFFICER, f"{mine}/raters", rater_id=str(city.ids[HEAD])),
        await city.post(OFFICER, f"{mine}/transfers", unit_id=unit, grade="IV/e", is_head=True),
        await city.post(OFFICER, f"{mine}/status", status="STUDY_LEAVE"),
        # Nor does she make herself the rater of somebody else.
        await city.post(OFFICER, f"/servants/{city.ids[STAFF]}/raters", rater_id=str(city.ids[OFFICER])),
    ]
    assert [one.status_code for one in answers] == [403] * 4
    assert all("conflict of interest" in one.json()["detail"] for one in answers)
    assert {one.json()["acts_instead"] for one in answers} == {str(city.ids[SEKDA])}
    assert await emitted_of(registry_db, ServantRecorded) == []


async def test_where_there_is_one_officer_the_appointing_authority_acts_about_her(city: City) -> None:
    path, body = f"/servants/{city.ids[OFFICER]}/raters", {"rater_id": str(city.ids[HEAD])}
    assert (await city.post(HEAD, path, **body)).status_code == 403
    assert (await city.post(SEKDA, path, **body)).status_code == 201
    # And about nobody else: an officer does that.
    other = await city.post(SEKDA, f"/servants/{city.ids[STAFF]}/status", status="STUDY_LEAVE")
    assert (other.status_code, other.json()["acts_instead"]) == (403, str(city.ids[OFFICER]))


async def test_another_officer_acts_before_the_appointing_authority(city: City) -> None:
    assert (await city.files(OFFICER, {"servants.csv": (HEADER + SECOND_OFFICER).encode()})).status_code == 201
    found = await city.http.get(f"/v1/servants/by-nip/{SECOND}", headers=city.as_(OFFICER))
    city.ids[SECOND] = UUID(found.json()["id"])
    path, body = f"/servants/{city.ids[OFFICER]}/raters", {"rater_id": str(city.ids[HEAD])}
    assert (await city.post(SEKDA, path, **body)).status_code == 403
    assert (await city.post(SECOND, path, **body)).status_code == 201


def errors(answer: Response) -> list[tuple[str, int, int]]:
    body: dict[str, Any] = answer.json()
    assert answer.status_code == 422, body
    assert all("conflict of interest" in one["wrong"] and "another officer" in one["mend"] for one in body["errors"])
    return [(one["file"], one["line"], one["column"]) for one in body["errors"]]


async def test_a_file_says_which_cells_are_anothers_to_change(city: City, registry_db: Database) -> None:
    changed = (
        people(person("198605102011052001", "Baru Delapan", OFFICER))
        .replace("Petugas Lima,PNS,III/d", "Petugas Lima,PNS,IV/e")  # her own grade
        .replace("Juru Enam", "Juru Utama")  # the name of somebody whom she rates
        .replace(f"16.71.DINKES,no,{HEAD},kabid@", f"16.71.DINKES,no,{SEKDA},kabid@")  # the rater of who rates her
        .replace("Staf Empat", "Staf Bebas")  # and a stranger's name, which is hers to change
    )
    answer = await city.files(OFFICER, {"servants.csv": changed.encode()})
    places = [("servants.csv", 4, 9), ("servants.csv", 6, 4), ("servants.csv", 7, 2), ("servants.csv", 8, 9)]
    assert errors(answer) == places
    assert await emitted_of(registry_db, ServantRecorded) == []


async def test_a_file_that_says_of_her_what_is_recorded_is_taken_in(city: City) -> None:
    changed = people().replace("Staf Empat", "Staf Bebas")
    answer = await city.files(OFFICER, {"servants.csv": changed.encode()})
    assert answer.status_code == 201, answer.text
    assert answer.json()["counts"]["servants"]["changed"] == 1


async def test_the_appointing_authority_imports_the_lines_that_no_officer_may(city: City) -> None:
    mine = people().replace("Petugas Lima,PNS,III/d", "Petugas Lima,PNS,IV/a")
    assert (await city.files(SEKDA, {"servants.csv": mine.encode()})).status_code == 201
    others = mine.replace("Staf Empat", "Staf Bebas")
    refused = await city.files(SEKDA, {"servants.csv": others.encode()})
    assert [(one["line"], one["column"]) for one in refused.json()["errors"]] == [(5, 2)]
    assert (await city.files(SEKDA, small(servants=people()))).status_code == 403
    assert (await city.files(STAFF, {"servants.csv": mine.encode()})).status_code == 403


async def test_a_file_of_changes_has_every_conflict_with_its_place(city: City, registry_db: Database) -> None:
    lines = (
        "nip,effective_from,what,reason,status,rater_nip\n"
        f"{OFFICER},2026-01-05,CORRECTION,{REASON},,{HEAD}\n"
        f"{STAFF},2026-01-05,CORRECTION,{REASON},,{OFFICER}\n"
        f"{HEAD},2026-01-05,STATUS,{REASON},STUDY_LEAVE,\n"
    )
    answer = await city.files(OFFICER, {"changes.csv": lines.encode()})
    assert errors(answer) == [("changes.csv", 2, 1), ("changes.csv", 3, 6)]
    assert await emitted_of(registry_db, ServantRecorded) == []


async def test_who_cancels_a_planned_change_has_no_conflict_with_whom_it_concerns(city: City) -> None:
    path = f"/servants/{city.ids[OFFICER]}/status"
    planned = await city.post(SEKDA, path, status="UNPAID_LEAVE", **{"from": "2026-03-02"})
    assert planned.status_code == 201, planned.text
    change = f"/v1/personnel-changes/{planned.json()['id']}/cancellation"
    refused = await city.http.post(change, json={"reason": "SK dicabut"}, headers=city.as_(OFFICER))
    assert refused.status_code == 403
    taken = await city.http.post(change, json={"reason": "SK dicabut"}, headers=city.as_(SEKDA))
    assert (taken.status_code, taken.json()["state"]) == (200, "CANCELLED")
