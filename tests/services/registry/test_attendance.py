"""Attendance is imported for information: the person and those above read it, no service hears of it."""

from typing import Any
from uuid import UUID

import pytest

from contracts.base import new_id
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.registry.place_files import SECTION, STAFF, small, submit
from tests.services.registry.test_personnel import CITY, Registry
from tests.support.clock import SetClock
from tests.support.emitted import emitted, forget

pytestmark = pytest.mark.connected
STRANGER = "199001012020011001"


@pytest.fixture
async def here(registry_db: Database, client_of: ClientOf, clock: SetClock) -> Registry:
    client = client_of("registry", registry_db)
    assert (await submit(client, small())).status_code == 201
    return Registry(client, registry_db, clock)


def month(**days: Any) -> dict[str, Any]:
    lines = [{"nip": STAFF, "present": 20, "late": 2, "absent": 1} | days, {"nip": STRANGER, "present": 1}]
    return {"month": "2025-12-15", "source": "E-Absensi", "lines": lines}


async def test_a_month_is_taken_in_and_no_service_hears_of_it(here: Registry, registry_db: Database) -> None:
    await forget(registry_db)
    answer = await here.http.post("/v1/attendance", json=month(), headers=here.office)
    assert (answer.status_code, answer.json()) == (201, {"recorded": 1, "unknown": [STRANGER]})
    assert (await here.http.post("/v1/attendance", json=month(present=21), headers=here.office)).status_code == 201
    assert await emitted(registry_db) == []
    staff = (await here.who(STAFF))["id"]
    [shown] = (await here.get(f"/servants/{staff}/attendance"))["items"]
    assert (shown["month"], shown["present"], shown["late"], shown["weight"]) == ("2025-12-01", 21, 2, 0)


async def test_only_the_person_and_those_above_read_it_and_only_the_office_writes(here: Registry) -> None:
    ids = {nip: UUID((await here.who(nip))["id"]) for nip in (STAFF, SECTION)}
    path = f"/v1/servants/{ids[STAFF]}/attendance"
    for reader, status in ((ids[STAFF], 200), (ids[SECTION], 200), (new_id(), 403)):
        headers = here.http.as_(reader, CITY)
        assert (await here.http.get(path, headers=headers)).status_code == status
        assert (await here.http.post("/v1/attendance", json=month(), headers=headers)).status_code == 403


async def test_more_late_days_than_days_are_refused_in_both_languages(here: Registry) -> None:
    told = [
        (
            await here.http.post("/v1/attendance", json=month(late=30), headers=here.office | {"Accept-Language": one})
        ).json()
        for one in ("en", "id")
    ]
    assert [one["status"] for one in told] == [422, 422]
    assert told[0]["errors"][0]["detail"] != told[1]["errors"][0]["detail"]
