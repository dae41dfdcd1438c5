"""How a city comes in when nobody of it is known: a role of the token counts while the registry knows nobody with it."""

from uuid import UUID

import pytest
from sqlalchemy import text

from contracts.base import Role, new_id
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.registry.place_files import OFFICE, office_of, small, submit
from tests.support.client import Client

pytestmark = pytest.mark.connected
CITY = "16.71"
OUTAGE = {"began_at": "2026-01-02T08:00:00+07:00", "ended_at": "2026-01-02T15:00:00+07:00", "reason": "Listrik padam"}


@pytest.fixture
def http(client_of: ClientOf, registry_db: Database) -> Client:
    return client_of("registry", registry_db)


async def change(database: Database, statement: str) -> None:
    async with database.transaction(CITY) as session:
        await session.execute(text(statement))


async def status(http: Client, person: UUID, *roles: Role) -> int:
    """What an act of the office is answered."""
    return (await http.post("/v1/outages", json=OUTAGE, headers=http.as_(person, CITY, *roles))).status_code


async def test_nobody_without_the_role_brings_a_city_in(http: Client) -> None:
    files = [("files", (name, content)) for name, content in small().items()]
    for roles in ((), (Role.PANEL,)):
        headers = http.as_(new_id(), CITY, *roles)
        assert (await http.post("/v1/imports", files=files, headers=headers)).status_code == 403
    assert (await submit(http, small())).status_code == 201


async def test_who_brought_a_city_in_acts_until_it_has_an_office(http: Client, registry_db: Database) -> None:
    await submit(http, small())
    assert await status(http, OFFICE, Role.PERFORMANCE_OFFICE) == 201
    await change(registry_db, "update servants set roles = '{PERFORMANCE_OFFICE}' where name = 'Sekda Satu'")
    office = await office_of(http)
    assert office != OFFICE
    assert await status(http, OFFICE, Role.PERFORMANCE_OFFICE) == 403
    assert await status(http, office, Role.PERFORMANCE_OFFICE) == 201
    assert await status(http, office) == 403, "the token must say it as well"


async def test_a_city_whose_only_office_has_left_gets_another(http: Client, registry_db: Database) -> None:
    await submit(http, small())
    held = "update servants set roles = '{PERFORMANCE_OFFICE}' where name = 'Sekda Satu'"
    await change(registry_db, held)
    office = await office_of(http)
    for gone in ("active = false, status = 'RETIRED'", "status = 'SUSPENDED'"):
        await change(registry_db, f"update servants set {gone} where name = 'Sekda Satu'")  # noqa: S608
        assert await status(http, office, Role.PERFORMANCE_OFFICE) == 403
        assert await status(http, OFFICE, Role.PERFORMANCE_OFFICE) == 201
        assert (await office_of(http)) == OFFICE


async def test_one_role_that_is_held_leaves_the_others_free(http: Client, registry_db: Database) -> None:
    await submit(http, small())
    await change(registry_db, "update servants set roles = '{PANEL}' where name = 'Sekda Satu'")
    assert await status(http, OFFICE, Role.PERFORMANCE_OFFICE, Role.PANEL) == 201


async def test_the_list_of_people_finds_who_has_a_role(http: Client, registry_db: Database) -> None:
    await submit(http, small())
    await change(registry_db, "update servants set roles = '{PANEL}' where name in ('Sekda Satu', 'Kadis Dua')")
    await change(registry_db, "update servants set status = 'SUSPENDED' where name = 'Kadis Dua'")
    found = await http.get("/v1/servants", params={"role": "PANEL"}, headers=http.as_(new_id(), CITY))
    assert [one["name"] for one in found.json()["items"]] == ["Sekda Satu"]
