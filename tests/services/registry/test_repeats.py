"""The same change asked for again: it is the same one if nothing came between, and a new one if something did."""

from collections.abc import Awaitable, Callable

import pytest
from httpx import Response

from contracts.registry.personnel import PersonnelChanged
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.registry.place_files import HEAD, HEADER, SECTION, SEKDA, STAFF, person, servants, small, submit
from tests.services.registry.test_personnel import CLERK, DEPUTY, REASON, Registry
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of, forget

pytestmark = pytest.mark.connected
TODAY = "2026-01-05"
Asked = Callable[[Registry], Awaitable[Response]]


@pytest.fixture
async def city(client_of: ClientOf, registry_db: Database, clock: SetClock) -> Registry:
    http = client_of("registry", registry_db)
    more = person(CLERK, "Juru Lima", SECTION) + person(DEPUTY, "Sekretaris Enam", HEAD)
    assert (await submit(http, small(servants=servants() + more))).status_code == 201
    await forget(registry_db)
    return Registry(http, registry_db, clock)


def rated_by(nip: str, source: str) -> Asked:
    async def ask(city: Registry) -> Response:
        rater = (await city.who(nip))["id"]
        path = f"/servants/{(await city.who(STAFF))['id']}/raters"
        return await city.post(path, TODAY, rater_id=rater, source=source)

    return ask


def in_status(status: str) -> Asked:
    return lambda city: city.status(STAFF, status, TODAY)


def in_unit(unit: str) -> Asked:
    return lambda city: city.transfer(STAFF, unit, TODAY)


KINDS = {
    "CORRECTION": (rated_by(HEAD, "CORRECTION"), rated_by(SEKDA, "CORRECTION")),
    "RATER": (rated_by(HEAD, "HIERARCHY"), rated_by(SEKDA, "HIERARCHY")),
    "DELEGATION": (rated_by(DEPUTY, "DELEGATION"), rated_by(SECTION, "DELEGATION")),
    "STATUS": (in_status("UNPAID_LEAVE"), in_status("ACTIVE")),
    "TRANSFER": (in_unit("16.71.SETDA"), in_unit("16.71.DINKES")),
}


async def state(city: Registry) -> list[tuple[str | None, ...]]:
    """What the registry has of everybody."""
    people = [await city.who(nip) for nip in (STAFF, CLERK, SECTION, DEPUTY)]
    return [tuple(one[name] for name in ("rater_id", "unit_id", "status")) for one in people]


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_asked_again_after_something_else_came_is_a_new_change(city: Registry, kind: str) -> None:
    one, other = KINDS[kind]
    first = await one(city)
    assert first.status_code == 201, first.text
    after = await state(city)
    assert (await other(city)).status_code == 201
    assert await state(city) != after
    again = await one(city)
    assert again.status_code == 201, again.text
    assert await state(city) == after
    assert len(await emitted_of(city.database, PersonnelChanged)) == 3


async def test_an_acting_official_who_is_appointed_again_after_another_is_appointed_anew(city: Registry) -> None:
    first, repeated = await city.acting(DEPUTY, TODAY), await city.acting(DEPUTY, TODAY)
    assert repeated.json() == first.json()
    await city.acting(SECTION, TODAY)
    again = (await city.acting(DEPUTY, TODAY)).json()
    assert again["id"] != first.json()["id"]
    newest = (await city.changed())[-1]
    assert (str(newest.change_id), newest.acting) == (again["id"], "PLT")


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_asked_again_at_once_is_the_same_change(city: Registry, kind: str) -> None:
    one, _ = KINDS[kind]
    first, second = await one(city), await one(city)
    assert first.json() == second.json()
    assert len(await emitted_of(city.database, PersonnelChanged)) == 1


async def test_a_rater_whom_a_file_replaced_is_given_again(city: Registry) -> None:
    again = rated_by(HEAD, "HIERARCHY")
    await again(city)
    lines = HEADER + person(STAFF, "Staf Empat", SEKDA)
    assert (await submit(city.http, {"servants.csv": lines.encode()})).status_code == 201
    assert await city.rater(STAFF) == SEKDA
    await again(city)
    assert await city.rater(STAFF) == HEAD


async def test_a_rater_who_was_absent_meanwhile_is_given_again(city: Registry) -> None:
    again = rated_by(SECTION, "HIERARCHY")
    await again(city)
    await city.status(SECTION, "UNPAID_LEAVE", TODAY)
    await city.status(SECTION, "ACTIVE", TODAY)
    assert await city.rater(STAFF) == HEAD
    await again(city)
    assert await city.rater(STAFF) == SECTION


async def test_what_was_taken_back_between_is_nothing_between(city: Registry) -> None:
    first = await city.status(STAFF, "RETIRED", "2026-02-02")
    other = (await city.status(STAFF, "UNPAID_LEAVE", "2026-02-02")).json()
    path = f"/v1/personnel-changes/{other['id']}/cancellation"
    assert (await city.http.post(path, json={"reason": "SK dicabut"}, headers=city.office)).status_code == 200
    assert (await city.status(STAFF, "RETIRED", "2026-02-02")).json() == first.json()


def changes(*lines: str) -> dict[str, bytes]:
    header = "nip,effective_from,what,reason,rater_nip\n"
    return {"changes.csv": (header + "".join(f"{one}\n" for one in lines)).encode()}


def line(nip: str, rater: str, day: str) -> str:
    return f"{nip},{day},CORRECTION,{REASON},{rater}"


async def created(city: Registry, *lines: str) -> int:
    answer = await submit(city.http, changes(*lines))
    assert answer.status_code == 201, answer.text
    count: int = answer.json()["counts"]["changes"]["created"]
    return count


async def test_a_file_that_is_sent_again_changes_nothing_although_its_own_lines_follow_one_another(
    city: Registry,
) -> None:
    lines = (line(STAFF, HEAD, TODAY), line(STAFF, SEKDA, TODAY), line(STAFF, HEAD, TODAY))
    assert await created(city, *lines) == 3
    assert await city.rater(STAFF) == HEAD
    assert await created(city, *lines) == 0


async def test_an_older_file_that_is_sent_again_takes_back_nothing_that_began_later(city: Registry) -> None:
    assert await created(city, line(STAFF, HEAD, "2026-01-02")) == 1
    assert await created(city, line(STAFF, SEKDA, TODAY)) == 1
    assert await created(city, line(STAFF, HEAD, "2026-01-02")) == 0
    assert await city.rater(STAFF) == SEKDA


async def test_a_file_of_one_day_is_taken_in_again_after_another_of_that_day(city: Registry) -> None:
    assert await created(city, line(STAFF, HEAD, TODAY)) == 1
    assert await created(city, line(STAFF, SEKDA, TODAY)) == 1
    assert await created(city, line(STAFF, HEAD, TODAY)) == 1
    assert await city.rater(STAFF) == HEAD


async def test_a_status_that_the_file_of_people_gives_a_second_time_on_one_day_holds(city: Registry) -> None:
    header = HEADER.replace("since\n", "since,status\n")
    for status in ("UNPAID_LEAVE", "ACTIVE", "UNPAID_LEAVE"):
        lines = header + person(CLERK, "Juru Lima", SECTION).strip() + f",{status}\n"
        answer = await submit(city.http, {"servants.csv": lines.encode()})
        assert answer.status_code == 201, answer.text
        assert (await city.who(CLERK))["status"] == status
