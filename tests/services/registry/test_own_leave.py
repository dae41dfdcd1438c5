"""A rater on leave hands over himself: to a colleague who may rate, for a time, and gets the people back."""

from typing import Any
from uuid import UUID

import pytest
from httpx import Response

from contracts.registry.personnel import ChangeKind, PersonnelChanged
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.registry.place_files import HEAD, SECTION, SEKDA, STAFF, person, servants, small, submit
from tests.services.registry.test_personnel import CITY, CLERK, DEPUTY, Registry
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected
LEAVE = {"from": "2026-01-12", "until": "2026-01-23", "reason": "Cuti tahunan"}


@pytest.fixture
async def here(registry_db: Database, client_of: ClientOf, clock: SetClock) -> Registry:
    """The deputy is a colleague of the section head; the clerk ranks too low to rate."""
    client = client_of("registry", registry_db)
    clerk = person(CLERK, "Staf Lima", SECTION, since="2024-01-02").replace("PENGAWAS", "PELAKSANA")
    more = person(DEPUTY, "Kabid Enam", HEAD, since="2024-01-02") + clerk
    assert (await submit(client, small(servants=servants() + more))).status_code == 201
    return Registry(client, registry_db, clock)


async def hand_over(here: Registry, by: str, to: str, **change: Any) -> Response:
    headers = here.http.as_(_id(await here.who(by)), CITY)
    body = LEAVE | {"colleague_id": (await here.who(to))["id"]} | change
    return await here.http.post("/v1/hand-overs", json=body, headers=headers)


def _id(who: dict[str, Any]) -> UUID:
    return UUID(who["id"])


async def test_a_rater_on_leave_hands_over_and_gets_the_people_back(here: Registry, registry_db: Database) -> None:
    answer = await hand_over(here, SECTION, DEPUTY)
    assert (answer.status_code, answer.json()["state"]) == (201, "PLANNED"), answer.text
    assert await here.rater(STAFF) == SECTION
    await here.day("2026-01-12")
    assert [await here.rater(one) for one in (STAFF, CLERK)] == [DEPUTY, DEPUTY]
    await here.day("2026-01-24")
    assert [await here.rater(one) for one in (STAFF, CLERK)] == [SECTION, SECTION]
    told = await emitted_of(registry_db, PersonnelChanged)
    assert [one.kind for one in told] == [ChangeKind.ACTING, ChangeKind.ACTING_ENDED]
    assert {one.reason for one in told} == {"Cuti tahunan"}


async def test_who_comes_back_sooner_takes_back_sooner(here: Registry) -> None:
    handed = (await hand_over(here, SECTION, DEPUTY)).json()
    await here.day("2026-01-12")
    route, why = f"/v1/hand-overs/{handed['id']}/end", {"reason": "Cuti dipersingkat"}
    other = here.http.as_(_id(await here.who(DEPUTY)), CITY)
    assert (await here.http.post(route, json=why, headers=other)).status_code == 403
    own = here.http.as_(_id(await here.who(SECTION)), CITY)
    for _ in range(2):
        assert (await here.http.post(route, json=why, headers=own)).status_code == 200
    assert await here.rater(STAFF) == SECTION
    await here.day("2026-01-24")
    assert await here.rater(STAFF) == SECTION


async def test_a_planned_leave_that_is_called_off_never_begins(here: Registry) -> None:
    handed = (await hand_over(here, SECTION, DEPUTY)).json()
    own = here.http.as_(_id(await here.who(SECTION)), CITY)
    answer = await here.http.post(f"/v1/hand-overs/{handed['id']}/end", json={"reason": "Batal cuti"}, headers=own)
    assert answer.json()["state"] == "CANCELLED"
    await here.day("2026-01-12")
    assert await here.rater(STAFF) == SECTION


async def test_nobody_hands_over_to_who_may_not_rate_nor_what_is_not_his(here: Registry) -> None:
    assert (await hand_over(here, SECTION, CLERK)).status_code == 409
    assert (await hand_over(here, STAFF, DEPUTY)).status_code == 403
    assert (await hand_over(here, SECTION, SECTION)).status_code == 422
    assert (await hand_over(here, SECTION, DEPUTY, **{"from": "2026-01-02"})).json()["where"] == "from"
    assert (await hand_over(here, SECTION, DEPUTY, until="2026-07-01")).json()["where"] == "until"
    assert await here.rater(HEAD) == SEKDA
