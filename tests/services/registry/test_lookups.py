"""PLB-11: everybody reads who looked at his or her personnel record and attendance; the directory of names is no record."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from kit.db import Database
from kit.lookups.noting import KEPT
from services.registry import due
from tests.conftest import ClientOf
from tests.services.registry.place_files import HEAD, SECTION, STAFF, small, submit
from tests.services.registry.test_personnel import CITY, Registry
from tests.support.clock import SetClock
from tests.support.emitted import relay_url

pytestmark = pytest.mark.connected


class Here(Registry):
    """A small city, and who looked at what."""

    async def looks(self, person: UUID) -> list[Any]:
        answer = await self.http.get("/v1/lookups", headers=self.http.as_(person, CITY))
        assert answer.status_code == 200, answer.text
        items: list[Any] = answer.json()["items"]
        return items

    async def read(self, person: UUID, path: str, status: int = 200) -> None:
        answer = await self.http.get(f"/v1{path}", headers=self.http.as_(person, CITY))
        assert answer.status_code == status, answer.text


@pytest.fixture
async def here(registry_db: Database, client_of: ClientOf, clock: SetClock) -> Here:
    client = client_of("registry", registry_db)
    assert (await submit(client, small())).status_code == 201
    return Here(client, registry_db, clock)


async def test_whoever_leads_or_keeps_the_record_is_told_and_the_directory_is_no_look(here: Here) -> None:
    staff, section, head = [UUID((await here.who(nip))["id"]) for nip in (STAFF, SECTION, HEAD)]
    before = {(one["role"], one["record"]) for one in await here.looks(staff)}
    assert before == {("OFFICE", "PERSONNEL_RECORD")}, "the office looked the numbers up just now"
    await here.read(section, f"/servants/{staff}")
    await here.read(section, "/servants")
    await here.read(head, f"/servants/{staff}/attendance")
    await here.read(head, f"/servants/{staff}/raters")
    await here.read(staff, f"/servants/{staff}")
    await here.read(staff, f"/servants/{section}")  # name and post, as everybody sees them of everybody
    told = {(one["reader_id"], one["role"], one["record"]): one["times"] for one in await here.looks(staff)}
    assert {key: times for key, times in told.items() if key[1] != "OFFICE"} == {
        (str(section), "RATER", "PERSONNEL_RECORD"): 2,
        (str(head), "AUTHORITY", "ATTENDANCE"): 1,
        (str(head), "AUTHORITY", "RATERS"): 1,
    }
    assert str(staff) not in {one["reader_id"] for one in await here.looks(section)}


async def test_the_list_of_everybody_is_one_look_and_looks_are_forgotten(
    here: Here, registry_db: Database, clock: SetClock
) -> None:
    section = UUID((await here.who(SECTION))["id"])
    clock.advance(days=1)
    await here.http.get("/v1/servants", headers=here.office)
    (one, *_) = await here.looks(section)
    assert (one["whole_list"], one["role"], one["cycle_id"]) == (True, "OFFICE", None)
    clock.advance(days=KEPT.days + 2)
    connection = await asyncpg.connect(relay_url(registry_db))
    try:
        assert await connection.fetchval("select count(looked_on) from lookups") > 0
        await due.sweep(connection, registry_db)
        assert await connection.fetchval("select count(looked_on) from lookups") == 0
    finally:
        await connection.close()
