"""Numbers that change: corrected by the office or given by an appointment; the person and everything about it stay."""

import json
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from contracts.base import Role
from contracts.registry.numbers import NipChanged
from contracts.registry.servants import ServantRecorded
from directory.take import take_master_data
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
from tests.support.client import Client
from tests.support.emitted import emitted

pytestmark = pytest.mark.connected
CITY = "16.71"
RIGHT = "198004042005041002"
OFFICER = "198302072008022001"
BODY = {"nip": RIGHT, "reason": "Salah ketik saat pendataan", "document": "Surat BKN 12/2026"}
CONTRACT, APPOINTED = "199001012024211001", "199001012026051007"
PPPK = f"{CONTRACT},Guru Tujuh,PPPK,IX,Guru,AHLI_PERTAMA,16.71.DINKES,no,{HEAD},guru@palembang.example,,id,\n"


@pytest.fixture
async def http(client_of: ClientOf, registry_db: Database) -> Client:
    """A small city with an officer who is nobody's rater, and a PPPK."""
    client = client_of("registry", registry_db)
    officer = person(OFFICER, "Petugas Lima", unit="16.71.SETDA").replace(",,id,", ",PERFORMANCE_OFFICE,id,")
    answer = await submit(client, small(servants=servants() + officer + PPPK))
    assert answer.status_code == 201, answer.text
    return client


async def as_office(client: Client) -> dict[str, str]:
    return client.as_(await office_of(client), CITY, Role.PERFORMANCE_OFFICE)


async def by_nip(client: Client, nip: str) -> dict[str, Any]:
    answer = await client.get(f"/v1/servants/by-nip/{nip}", headers=await as_office(client))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def correct(client: Client, servant_id: str, body: dict[str, str] = BODY) -> httpx.Response:
    return await client.post(f"/v1/servants/{servant_id}/nip-corrections", json=body, headers=await as_office(client))


async def test_a_corrected_number_makes_no_new_person_and_both_are_kept(http: Client, registry_db: Database) -> None:
    before = await by_nip(http, STAFF)
    for _ in range(2):  # asked twice it is corrected once
        answer = await correct(http, before["id"])
        assert answer.status_code == 201, answer.text
    now = await by_nip(http, RIGHT)
    assert now == before | {"nip": RIGHT, "revision": before["revision"] + 1}
    assert await by_nip(http, STAFF) == now | {"former_nip": STAFF}
    page = await http.get(f"/v1/servants/{before['id']}/former-numbers", headers=await as_office(http))
    [kept] = page.json()["items"]
    assert (kept["former_nip"], kept["nip"], kept["kind"]) == (STAFF, RIGHT, "CORRECTION")
    assert (kept["reason"], kept["document"]) == (BODY["reason"], BODY["document"])
    told = [one for one in await emitted(registry_db) if isinstance(one, NipChanged)]
    assert [(str(one.servant_id), one.former_nip, one.nip) for one in told] == [(before["id"], STAFF, RIGHT)]
    copies = [one for one in await emitted(registry_db) if isinstance(one, ServantRecorded) and one.nip == RIGHT]
    assert [(str(one.servant_id), one.revision) for one in copies] == [(before["id"], now["revision"])]


@pytest.mark.parametrize(
    ("nip", "status", "says"),
    [
        ("198004042005043002", 422, "digit 15"),
        ("198004042005041000", 422, "serial 000"),
        (HEAD, 409, "recorded for Kadis Dua"),
        (STAFF, 422, "this is the recorded number"),
        ("19800404 200504 1 002", 201, RIGHT),
    ],
)
async def test_what_cannot_be_the_number_is_refused(http: Client, nip: str, status: int, says: str) -> None:
    answer = await correct(http, (await by_nip(http, STAFF))["id"], BODY | {"nip": nip})
    assert answer.status_code == status, answer.text
    assert says in answer.text


async def test_nobody_corrects_her_own_number(http: Client) -> None:
    own = await by_nip(http, OFFICER)
    answer = await correct(http, own["id"], BODY | {"nip": "198302072008022009"})
    assert answer.status_code == 403, answer.text
    assert "conflict of interest" in answer.text


async def test_a_file_that_names_a_former_number_is_told_the_new_one(http: Client) -> None:
    await correct(http, (await by_nip(http, STAFF))["id"])
    await correct(http, (await by_nip(http, SECTION))["id"], BODY | {"nip": "197003031995031077"})
    answer = await submit(http, {"servants.csv": servants().encode()})
    assert answer.status_code == 422
    asked = {one["value"]: one["choices"] for one in answer.json()["questions"]}
    assert asked == {STAFF: [RIGHT, STAFF], SECTION: ["197003031995031077", SECTION]}
    told = await _answered(http, servants().encode(), {STAFF: RIGHT, SECTION: "197003031995031077"})
    assert told["counts"]["servants"]["created"] == 0
    assert {"column": "rater_nip", "from": SECTION, "to": "197003031995031077", "rows": 1} in told["normalised"]
    assert (await by_nip(http, RIGHT))["rater_id"] == (await by_nip(http, "197003031995031077"))["id"]


async def test_the_number_that_was_wrong_may_be_somebody_elses(http: Client) -> None:
    await correct(http, (await by_nip(http, STAFF))["id"])
    newcomer = HEADER + person(STAFF, "Orang Lain", HEAD)
    told = await _answered(http, newcomer.encode(), {STAFF: STAFF})
    assert told["counts"]["servants"]["created"] == 1
    assert (await by_nip(http, STAFF))["name"] == "Orang Lain"
    assert (await by_nip(http, STAFF))["former_nip"] is None


async def test_a_changes_file_with_a_former_number_says_the_new_one(http: Client) -> None:
    await correct(http, (await by_nip(http, STAFF))["id"])
    line = f"nip,effective_from,what,reason,status\n{STAFF},2026-01-05,STATUS,SK 12/2026,STUDY_LEAVE\n"
    answer = await submit(http, {"changes.csv": line.encode()})
    assert answer.status_code == 422
    assert f"NIP {STAFF} gave way to {RIGHT}" in answer.text


async def test_a_pppk_who_is_appointed_keeps_one_history(http: Client, registry_db: Database) -> None:
    before, headers = await by_nip(http, CONTRACT), await as_office(http)
    body = {"from": "2026-01-01", "appointed_as": "CPNS", "reason": "SK CPNS 813/1/2026", "document": "SK 813/1/2026"}
    path = f"/v1/servants/{before['id']}/appointments"
    for more, says in (({}, "gets the number"), ({"nip": APPOINTED}, "grade of a PNS")):
        refused = await http.post(path, json=body | more, headers=headers)
        assert refused.status_code == 422, refused.text
        assert says in refused.text
    whole = body | {"nip": APPOINTED, "grade": "III/a"}
    made = [await http.post(path, json=whole, headers=headers) for _ in range(2)]
    assert [one.status_code for one in made] == [201, 201], made[0].text
    assert made[0].json()["id"] == made[1].json()["id"]
    now = await by_nip(http, CONTRACT)
    assert (now["id"], now["nip"], now["former_nip"]) == (before["id"], APPOINTED, CONTRACT)
    assert (now["employment_type"], now["grade"]) == ("PNS", "III/a")
    later = body | {"from": "2026-01-02", "appointed_as": "PNS", "reason": "SK PNS 821/1/2027"}
    wrong = await http.post(path, json=later | {"nip": "199001012026051008"}, headers=headers)
    assert "keeps the number" in wrong.text
    assert (await http.post(path, json=later, headers=headers)).status_code == 201
    kept = (await http.get(f"/v1/servants/{before['id']}/former-numbers", headers=headers)).json()["items"]
    assert [(one["former_nip"], one["kind"], one["effective_on"]) for one in kept] == [
        (CONTRACT, "APPOINTMENT", "2026-01-01")
    ]
    async with registry_db.transaction(CITY) as session:
        held = text("select since, employment_type from positions_held where servant_id = :who order by since")
        rows = (await session.execute(held, {"who": UUID(before["id"])})).all()
    assert [row.employment_type for row in rows] == ["PPPK", "PNS"]


async def test_a_file_with_a_pppk_as_civil_servant_asks_before_it_makes_a_second_person(http: Client) -> None:
    before = await by_nip(http, CONTRACT)
    line = PPPK.replace(CONTRACT, APPOINTED).replace(",PPPK,IX,", ",PNS,III/a,").replace("guru@", "guru.baru@")
    staff = person(STAFF, "Staf Empat", CONTRACT).replace(CONTRACT, APPOINTED)
    content = (HEADER + line + staff).encode()
    answer = await submit(http, {"servants.csv": content})
    assert answer.status_code == 422, answer.text
    [asked] = answer.json()["questions"]
    assert (asked["field"], asked["value"], asked["choices"]) == ("nip", APPOINTED, [CONTRACT, APPOINTED])
    told = await _answered(http, content, {APPOINTED: CONTRACT})
    assert told["counts"]["servants"]["created"] == 0
    now = await by_nip(http, APPOINTED)
    assert (now["id"], now["employment_type"], now["email"]) == (before["id"], "PNS", "guru.baru@palembang.example")
    assert (await by_nip(http, CONTRACT))["former_nip"] == CONTRACT
    assert (await by_nip(http, STAFF))["rater_id"] == before["id"]
    assert (await _answered(http, content, {}))["counts"]["servants"]["unchanged"] == 2


async def test_somebody_with_the_same_name_and_birth_date_may_be_another(http: Client) -> None:
    line = PPPK.replace(CONTRACT, APPOINTED).replace(",PPPK,IX,", ",PNS,III/a,").replace("guru@", "guru.baru@")
    told = await _answered(http, (HEADER + line).encode(), {APPOINTED: APPOINTED})
    assert told["counts"]["servants"]["created"] == 1
    assert (await by_nip(http, APPOINTED))["id"] != (await by_nip(http, CONTRACT))["id"]


async def _answered(client: Client, content: bytes, said: dict[str, str]) -> dict[str, Any]:
    answer = await client.post(
        "/v1/imports",
        files=[("files", ("servants.csv", content))],
        data={"answers": json.dumps({"nip": said})},
        headers=await as_office(client),
    )
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_another_city_finds_neither_number(http: Client) -> None:
    await correct(http, (await by_nip(http, STAFF))["id"])
    headers = http.as_(await office_of(http), "14.72", Role.PERFORMANCE_OFFICE)
    for nip in (STAFF, RIGHT):
        assert (await http.get(f"/v1/servants/by-nip/{nip}", headers=headers)).status_code == 404
    own = await by_nip(http, SEKDA)
    assert (await http.get(f"/v1/servants/{own['id']}/former-numbers", headers=headers)).status_code in (403, 404)


async def test_the_copies_of_other_services_follow(http: Client, registry_db: Database, plans_db: Database) -> None:
    who = UUID((await by_nip(http, STAFF))["id"])
    await correct(http, str(who))
    async with plans_db.transaction(CITY) as session:
        await take_master_data(session, await emitted(registry_db))
    async with plans_db.transaction(CITY) as session:
        found = await session.execute(text("select nip from directory_people where id = :who"), {"who": who})
        assert found.scalar_one() == RIGHT
