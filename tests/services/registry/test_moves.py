"""A move between cities: one history, linked by what the two offices recorded, and neither reads the other's people."""

from typing import Any

import pytest
from sqlalchemy import text

from contracts.base import Role
from contracts.registry.moves import ServantArrived, ServantReleased
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.registry.place_files import HEADER, STAFF, office_of, person, servants, small, submit
from tests.support.client import Client
from tests.support.emitted import emitted

pytestmark = pytest.mark.connected
HERE, THERE = "16.71", "14.72"
OFFICER = "198302072008022001"
DECREE = {"reason": "Mutasi antarkota", "document": "SK BKN 823/7/2026"}
LEAVING = DECREE | {"from": "2026-01-02", "city": THERE}
COMING = DECREE | {"from": "2026-01-02", "city": HERE, "former_nip": STAFF}


def of(city: str, files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content.replace(HERE.encode(), city.encode()) for name, content in files.items()}


@pytest.fixture
async def http(client_of: ClientOf, registry_db: Database) -> Client:
    """Two cities with an officer each; the staff is in the first alone."""
    client = client_of("registry", registry_db)
    officer = person(OFFICER, "Petugas Lima", unit="16.71.SETDA").replace(",,id,", ",PERFORMANCE_OFFICE,id,")
    others = "".join(line for line in servants().splitlines(keepends=True) if STAFF not in line)
    for city, people in ((HERE, servants() + officer), (THERE, others + officer)):
        answer = await submit(client, of(city, small(servants=people)), city)
        assert answer.status_code == 201, answer.text
    return client


async def as_office(client: Client, city: str) -> dict[str, str]:
    return client.as_(await office_of(client, city), city, Role.PERFORMANCE_OFFICE)


async def known_in(client: Client, city: str, nip: str = STAFF) -> dict[str, Any]:
    answer = await client.get(f"/v1/servants/by-nip/{nip}", headers=await as_office(client, city))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def post(client: Client, city: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post(f"/v1/servants/{path}", json=body, headers=await as_office(client, city))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def moves(client: Client, city: str, servant_id: str) -> list[dict[str, Any]]:
    answer = await client.get(f"/v1/servants/{servant_id}/moves", headers=await as_office(client, city))
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def taken_in(client: Client) -> dict[str, Any]:
    """The receiving city's file; what its line says."""
    line = of(THERE, {"servants.csv": (HEADER + person(STAFF, "Staf Empat")).encode()})
    answer = await submit(client, line, THERE)
    assert answer.status_code == 201, answer.text
    [row] = [one for one in answer.json()["rows"] if one["code"] == STAFF]
    found: dict[str, Any] = row
    return found


async def test_a_released_person_arrives_with_the_earlier_service_linked(http: Client, registry_db: Database) -> None:
    before = await known_in(http, HERE)
    released = [await post(http, HERE, f"{before['id']}/releases", LEAVING) for _ in range(2)]
    assert released[0]["id"] == released[1]["id"]
    assert (await known_in(http, HERE))["status"] == "MOVED_AWAY"
    row = await taken_in(http)
    assert "released by 16.71 on 2026-01-02: record the arrival" in row["note"]
    now = await known_in(http, THERE)
    arrived = [await post(http, THERE, f"{now['id']}/arrivals", COMING) for _ in range(2)]
    assert arrived[0]["id"] == arrived[1]["id"]
    [move] = await moves(http, THERE, now["id"])
    assert (move["kind"], move["other_city"], move["nip"], move["moved_on"]) == ("ARRIVAL", HERE, STAFF, "2026-01-02")
    assert (move["former_servant_id"], move["released_on"]) == (before["id"], "2026-01-02")
    [sent] = await moves(http, HERE, before["id"])
    assert (sent["kind"], sent["other_city"], sent["former_servant_id"]) == ("RELEASE", THERE, None)
    told = [one for one in await emitted(registry_db) if isinstance(one, ServantReleased | ServantArrived)]
    assert [(type(one).__name__, one.tenant_id) for one in told] == [
        ("ServantReleased", HERE),
        ("ServantArrived", THERE),
    ]
    assert STAFF not in "".join(one.model_dump_json() for one in told)


async def test_an_arrival_is_linked_whichever_office_was_first(http: Client) -> None:
    assert (await taken_in(http))["note"] is None
    now = await known_in(http, THERE)
    await post(http, THERE, f"{now['id']}/arrivals", COMING)
    [move] = await moves(http, THERE, now["id"])
    assert (move["former_servant_id"], move["released_on"]) == (None, None)
    before = await known_in(http, HERE)
    await post(http, HERE, f"{before['id']}/releases", LEAVING)
    [move] = await moves(http, THERE, now["id"])
    assert (move["former_servant_id"], move["released_on"]) == (before["id"], "2026-01-02")


async def test_the_office_reads_all_moves_of_its_city_the_newest_first(http: Client) -> None:
    before = await known_in(http, HERE)
    await post(http, HERE, f"{before['id']}/releases", LEAVING)
    await taken_in(http)
    now = await known_in(http, THERE)
    await post(http, THERE, f"{now['id']}/arrivals", COMING)
    await post(http, THERE, f"{now['id']}/releases", LEAVING | {"city": "13.73"})
    headers = await as_office(http, THERE)
    pages = [(await http.get("/v1/moves", params={"limit": 1}, headers=headers)).json()]
    pages.append((await http.get("/v1/moves", params={"limit": 1, "cursor": pages[0]["next"]}, headers=headers)).json())
    assert [one["kind"] for page in pages for one in page["items"]] == ["RELEASE", "ARRIVAL"]
    arrived = (await http.get("/v1/moves", params={"kind": "ARRIVAL"}, headers=headers)).json()["items"]
    assert [(one["servant_id"], one["former_servant_id"]) for one in arrived] == [(now["id"], before["id"])]
    waiting = (await http.get("/v1/moves", params={"waiting": "true"}, headers=headers)).json()["items"]
    assert waiting == []
    await post(http, THERE, f"{now['id']}/arrivals", COMING | {"city": "13.73"})
    waiting = (await http.get("/v1/moves", params={"waiting": "true"}, headers=headers)).json()["items"]
    assert [(one["kind"], one["other_city"]) for one in waiting] == [("ARRIVAL", "13.73")]
    own = http.as_(before["id"], HERE)
    assert (await http.get("/v1/moves", headers=own)).status_code == 403


async def test_a_release_that_was_taken_back_waits_no_more_and_may_be_recorded_again(http: Client) -> None:
    before, headers = await known_in(http, HERE), await as_office(http, HERE)
    later = LEAVING | {"from": "2126-02-01"}
    first = await post(http, HERE, f"{before['id']}/releases", later)
    [planned] = (await http.get("/v1/personnel-changes", headers=headers)).json()["items"]
    why = {"reason": "SK dicabut"}
    await http.post(f"/v1/personnel-changes/{planned['id']}/cancellation", json=why, headers=headers)
    asked = {"waiting": "true"}
    assert (await http.get("/v1/moves", params=asked, headers=headers)).json()["items"] == []
    assert [one["change_state"] for one in await moves(http, HERE, before["id"])] == ["CANCELLED"]
    again = await post(http, HERE, f"{before['id']}/releases", later)
    assert again["id"] == first["id"]
    [waiting] = (await http.get("/v1/moves", params=asked, headers=headers)).json()["items"]
    assert (waiting["id"], waiting["change_state"]) == (first["id"], "PLANNED")
    assert len((await http.get("/v1/personnel-changes", headers=headers)).json()["items"]) == 1


async def test_a_release_that_was_taken_back_is_not_told_to_the_other_city_until_it_is_recorded_again(
    http: Client,
) -> None:
    before, headers = await known_in(http, HERE), await as_office(http, HERE)
    later = LEAVING | {"from": "2126-02-01"}
    await post(http, HERE, f"{before['id']}/releases", later)
    [planned] = (await http.get("/v1/personnel-changes", headers=headers)).json()["items"]
    assert (await taken_in(http))["note"] is not None
    now = await known_in(http, THERE)
    await post(http, THERE, f"{now['id']}/arrivals", COMING)
    assert [one["released_on"] for one in await moves(http, THERE, now["id"])] == ["2126-02-01"]
    why = {"reason": "SK dicabut"}
    await http.post(f"/v1/personnel-changes/{planned['id']}/cancellation", json=why, headers=headers)
    [gone] = await moves(http, THERE, now["id"])
    assert (gone["former_servant_id"], gone["released_on"]) == (None, None)
    await post(http, HERE, f"{before['id']}/releases", later)
    assert [one["former_servant_id"] for one in await moves(http, THERE, now["id"])] == [before["id"]]


async def test_whoever_was_not_released_to_this_city_is_not_linked_and_nothing_is_told(http: Client) -> None:
    before = await known_in(http, HERE)
    await post(http, HERE, f"{before['id']}/releases", LEAVING | {"city": "13.73"})
    assert (await taken_in(http))["note"] is None
    now = await known_in(http, THERE)
    await post(http, THERE, f"{now['id']}/arrivals", COMING)
    [move] = await moves(http, THERE, now["id"])
    assert (move["former_servant_id"], move["released_on"]) == (None, None)


async def test_the_functions_give_a_city_what_was_addressed_to_it_alone(http: Client, registry_db: Database) -> None:
    before = await known_in(http, HERE)
    await post(http, HERE, f"{before['id']}/releases", LEAVING)
    seen = {}
    for city in (HERE, THERE, "13.73"):
        async with registry_db.transaction(city) as session:
            one = text("select * from release_to_here(:city, :nip)")
            many = text("select * from releases_to_here(array[cast(:nip as text)])")
            rows = list((await session.execute(one, {"city": HERE, "nip": STAFF})).all())
            rows += list((await session.execute(many, {"nip": STAFF})).all())
            own = (await session.execute(text("select count(*) from moves"))).scalar_one()
            seen[city] = (len(rows), own)
    assert seen == {HERE: (0, 1), THERE: (2, 0), "13.73": (0, 0)}


async def test_a_move_within_the_city_or_of_oneself_is_refused(http: Client) -> None:
    before, officer = await known_in(http, HERE), await known_in(http, HERE, OFFICER)
    headers = await as_office(http, HERE)
    for who, body, status in (
        (before, LEAVING | {"city": HERE}, 422),
        (before, LEAVING | {"city": "1671x"}, 422),
        (officer, LEAVING, 403),
    ):
        answer = await http.post(f"/v1/servants/{who['id']}/releases", json=body, headers=headers)
        assert answer.status_code == status, answer.text
