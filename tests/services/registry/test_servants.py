from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from httpx import Response

from contracts.base import Role, new_id
from contracts.registry.personnel import PersonnelChanged
from contracts.registry.servants import ServantRecorded
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.registry.place_files import HEAD, OFFICE, SECTION, SEKDA, STAFF, servants, small, submit
from tests.support.client import Client
from tests.support.clock import SetClock
from tests.support.told import forget, told, told_of

pytestmark = pytest.mark.connected


@pytest.fixture
async def http(client_of: ClientOf, registry_db: Database) -> Client:
    client = client_of("registry", registry_db)
    assert (await submit(client, small())).status_code == 201
    await forget(registry_db)
    return client


async def find(http: Client, nip: str) -> dict[str, Any]:
    headers = http.as_(OFFICE, "16.71", Role.PERFORMANCE_OFFICE)
    answer = await http.get(f"/v1/servants/by-nip/{nip}", headers=headers)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


async def assign(http: Client, nip: str, rater: str, since: str, *, source: str = "DELEGATION") -> Response:
    body = {
        "rater_id": (await find(http, rater))["id"],
        "from": since,
        "reason": "Plt. selama cuti besar",
        "source": source,
    }
    identity = (await find(http, nip))["id"]
    headers = http.as_(OFFICE, "16.71", Role.PERFORMANCE_OFFICE)
    return await http.post(f"/v1/servants/{identity}/raters", json=body, headers=headers)


async def history(http: Client, nip: str, **query: str) -> list[dict[str, Any]]:
    headers = http.as_(OFFICE, "16.71", Role.PERFORMANCE_OFFICE)
    identity = (await find(http, nip))["id"]
    answer = await http.get(f"/v1/servants/{identity}/raters", params=query, headers=headers)
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def test_number_and_address_are_for_the_person_those_above_and_the_office(http: Client) -> None:
    staff, section, head = (await find(http, STAFF), await find(http, SECTION), await find(http, HEAD))
    for asker in (staff, section, head):
        seen = (await http.get(f"/v1/servants/{staff['id']}", headers=http.as_(UUID(asker["id"]), "16.71"))).json()
        assert (seen["nip"], seen["email"]) == (STAFF, "staf@palembang.example")
    stranger = http.as_(UUID((await find(http, SEKDA))["id"]), "16.71")
    seen = (await http.get(f"/v1/servants/{staff['id']}", headers=stranger)).json()
    assert (seen["name"], seen["position"]) == ("Staf Empat", "Pejabat")
    assert seen["nip"] is seen["email"] is seen["rater_id"] is None
    assert (await http.get(f"/v1/servants/by-nip/{STAFF}", headers=stranger)).status_code == 404
    assert (await http.get(f"/v1/servants/{staff['id']}/raters", headers=stranger)).status_code == 403


async def test_another_city_sees_nobody(http: Client) -> None:
    staff = await find(http, STAFF)
    other = http.as_(new_id(), "14.72", Role.PERFORMANCE_OFFICE)
    assert (await http.get(f"/v1/servants/{staff['id']}", headers=other)).status_code == 404
    assert (await http.get("/v1/servants", headers=other)).json()["items"] == []


async def test_people_are_listed_by_name_page_by_page(http: Client) -> None:
    headers = http.as_(OFFICE, "16.71", Role.PERFORMANCE_OFFICE)
    first = (await http.get("/v1/servants", params={"limit": 3}, headers=headers)).json()
    rest = (await http.get("/v1/servants", params={"limit": 3, "cursor": first["next"]}, headers=headers)).json()
    names = [one["name"] for one in first["items"] + rest["items"]]
    assert names == ["Kabid Tiga", "Kadis Dua", "Sekda Satu", "Staf Empat"]
    assert rest["next"] is None
    found = (await http.get("/v1/servants", params={"q": "kabid"}, headers=headers)).json()["items"]
    assert [one["nip"] for one in found] == [SECTION]
    unit = found[0]["unit_id"]
    assert len((await http.get("/v1/servants", params={"unit": unit}, headers=headers)).json()["items"]) == 3
    broken = await http.get("/v1/servants", params={"cursor": "nonsense"}, headers=headers)
    assert broken.status_code == 422


async def test_only_the_office_searches_by_number(http: Client) -> None:
    stranger, office = http.as_(new_id(), "16.71"), http.as_(OFFICE, "16.71", Role.PERFORMANCE_OFFICE)
    assert (await http.get("/v1/servants", params={"q": "1980"}, headers=stranger)).json()["items"] == []
    assert len((await http.get("/v1/servants", params={"q": "1980"}, headers=office)).json()["items"]) == 1


async def test_a_delegate_rates_from_a_day_on_and_the_history_stays(http: Client, registry_db: Database) -> None:
    """PermenPANRB 6/2022 L IV.A: the rater is the direct superior or a delegate."""
    answer = await assign(http, STAFF, HEAD, "2026-01-03")
    assert answer.status_code == 201, answer.text
    [event] = await told_of(registry_db, ServantRecorded)
    assert (event.nip, event.revision) == (STAFF, 2)
    now, before = await history(http, STAFF)
    head, section, sekda = (await find(http, HEAD), await find(http, SECTION), await find(http, SEKDA))
    assert (now["rater_id"], now["authority_id"], now["valid_from"], now["valid_to"]) == (
        head["id"],
        sekda["id"],
        "2026-01-03",
        None,
    )
    assert (before["rater_id"], before["authority_id"], before["valid_to"]) == (
        section["id"],
        head["id"],
        "2026-01-03",
    )
    assert [one["rater_id"] for one in await history(http, STAFF, on="2026-01-02")] == [section["id"]]


async def test_asked_twice_a_rater_is_recorded_once(http: Client, registry_db: Database) -> None:
    first = await assign(http, STAFF, HEAD, "2026-01-03")
    second = await assign(http, STAFF, HEAD, "2026-01-03")
    assert first.json() == second.json()
    assert [type(event) for event in await told(registry_db)] == [ServantRecorded, PersonnelChanged]


async def test_those_below_get_the_new_authority(http: Client, registry_db: Database) -> None:
    await assign(http, SECTION, SEKDA, "2026-01-03")
    events = {event.nip: event for event in await told_of(registry_db, ServantRecorded)}
    assert set(events) == {SECTION, STAFF}
    assert events[STAFF].authority_id == events[SECTION].rater_id
    cut = await history(http, STAFF)
    assert [one["valid_from"] for one in cut] == ["2026-01-03", "2024-01-02"]
    assert cut[0]["rater_id"] == cut[1]["rater_id"]
    assert cut[0]["authority_id"] != cut[1]["authority_id"]


async def test_a_circle_and_a_stranger_are_refused(http: Client, registry_db: Database) -> None:
    assert (await assign(http, HEAD, STAFF, "2026-01-03")).status_code == 409
    assert (await assign(http, HEAD, HEAD, "2026-01-03")).status_code == 409
    staff, head = await find(http, STAFF), await find(http, HEAD)
    body = {"rater_id": head["id"], "from": "2026-01-03", "reason": "sekadar mencoba"}
    section = UUID((await find(http, SECTION))["id"])
    refused = await http.post(f"/v1/servants/{staff['id']}/raters", json=body, headers=http.as_(section, "16.71"))
    assert refused.status_code == 403
    assert await told(registry_db) == []


async def test_what_the_office_set_by_hand_outlives_the_next_import(http: Client, registry_db: Database) -> None:
    await assign(http, STAFF, HEAD, "2026-01-03")
    await forget(registry_db)
    answer = (await submit(http, {"servants.csv": servants().encode()})).json()
    assert answer["counts"]["servants"]["unchanged"] == 4
    assert [row["code"] for row in answer["rows"] if row["note"]] == [STAFF]
    assert await told(registry_db) == []
    await assign(http, STAFF, SECTION, "2026-01-05", source="HIERARCHY")
    answer = (await submit(http, {"servants.csv": servants(section_rater=SEKDA).encode()})).json()
    assert answer["counts"]["servants"]["changed"] == 2  # the section head's rater, his people's authority
    assert (await history(http, STAFF))[0]["rater_id"] == (await find(http, SECTION))["id"]


async def test_a_change_in_the_file_holds_from_the_day_of_the_import(http: Client, clock: SetClock) -> None:
    clock.set(datetime(2026, 3, 2, 3, tzinfo=UTC))
    await submit(http, {"servants.csv": servants(section_rater=SEKDA).encode()})
    now, before = await history(http, SECTION)
    assert (before["valid_to"], now["valid_from"]) == ("2026-03-02", "2026-03-02")
    dated = servants(section_rater=HEAD).replace(
        "kabid@palembang.example,,id,2024-01-02", "kabid@palembang.example,,id,2026-03-03"
    )
    clock.set(datetime(2026, 3, 9, 3, tzinfo=UTC))
    await submit(http, {"servants.csv": dated.encode()})
    assert [one["valid_from"] for one in await history(http, SECTION)] == ["2026-03-03", "2026-03-02", "2024-01-02"]
