"""Special days with their reason, weeks of units, and recorded outages."""

from datetime import UTC, datetime

import pytest
from httpx import Response

from contracts.base import Role, new_id
from contracts.calendar import DayOrigin
from contracts.registry.calendars import CalendarPublished, OutageRecorded
from contracts.registry.units import UnitRecorded
from kit.db import Database
from services.registry.calendars.rules.zones import zone_of
from tests.conftest import ClientOf
from tests.services.registry.place_files import OFFICE, POLICY, UNITS, small, submit
from tests.support.client import Client
from tests.support.clock import SetClock
from tests.support.emitted import emitted, emitted_of, forget

pytestmark = pytest.mark.connected
DAYS = """\
day,name,kind
2026-11-25,Pemilihan wali kota,
2026-12-24,Cuti bersama dicabut,WORKING_DAY
"""


@pytest.fixture
def http(client_of: ClientOf, registry_db: Database) -> Client:
    return client_of("registry", registry_db)


async def reasons(http: Client, **query: str) -> dict[str, tuple[str, str]]:
    answer = await http.get("/v1/calendar", params=query, headers=http.as_(new_id(), "16.71"))
    assert answer.status_code == 200, answer.text
    return {one["day"]: (one["origin"], one["name"]) for one in answer.json()["days"]}


async def test_every_day_off_says_why(http: Client) -> None:
    policy = POLICY + 'holidays: {"2026-06-17": Hari jadi kota}\n'
    assert (await submit(http, small(policy=policy) | {"calendar.csv": DAYS.encode()})).status_code == 201
    found = await reasons(http, year="2026")
    assert found["2026-03-19"] == ("PUBLIC", "Hari Suci Nyepi")
    assert found["2026-03-18"] == ("COLLECTIVE_LEAVE", "Cuti Bersama Hari Suci Nyepi")
    assert found["2026-06-17"] == ("CITY", "Hari jadi kota")
    assert found["2026-11-25"] == ("CITY", "Pemilihan wali kota")
    assert found["2026-12-24"] == ("WORKING_DAY", "Cuti bersama dicabut")
    assert all(day.startswith("2026") for day in found)


async def test_a_calendar_file_makes_a_new_version_and_outlives_the_next_policy(
    http: Client, registry_db: Database
) -> None:
    await submit(http, small())
    await submit(http, {"calendar.csv": DAYS.encode()})
    before, after = [one.calendar for one in await emitted_of(registry_db, CalendarPublished)]
    assert after.version == before.version + 1
    assert {str(day) for day in after.holidays ^ before.holidays} == {"2026-11-25", "2026-12-24"}
    await forget(registry_db)
    assert (await submit(http, small() | {"calendar.csv": DAYS.encode()})).status_code == 201
    assert (await submit(http, {"policy.yaml": POLICY.encode()})).status_code == 201
    assert await emitted_of(registry_db, CalendarPublished) == []
    assert (await reasons(http))["2026-11-25"][0] == DayOrigin.CITY


async def test_a_second_calendar_file_adds_its_days_to_those_of_the_first(http: Client, registry_db: Database) -> None:
    await submit(http, small() | {"calendar.csv": DAYS.encode()})
    later = "day,name,kind\n17/06/2026,Hari jadi kota,\n2026-11-25,Pilkada,\n"
    answer = await submit(http, {"calendar.csv": later.encode()})
    assert answer.status_code == 201, answer.text
    [told] = answer.json()["warnings"]
    assert (told["line"], told["column"], told["wrong"]) == (2, 1, "'17/06/2026' is read as 2026-06-17")
    found = await reasons(http, year="2026")
    assert found["2026-06-17"] == ("CITY", "Hari jadi kota")
    assert found["2026-11-25"] == ("CITY", "Pilkada")
    assert found["2026-12-24"] == ("WORKING_DAY", "Cuti bersama dicabut")


async def test_errors_in_a_calendar_file_have_their_place(http: Client, registry_db: Database) -> None:
    wrong = "day,name,kind\n2026-02-30,Libur,\n2026-05-05,,\n2026-06-06,Pesta,FEAST\n2026-05-05,Lagi,\n"
    answer = await submit(http, small() | {"calendar.csv": wrong.encode()})
    assert answer.status_code == 422
    assert [(one["line"], one["column"]) for one in answer.json()["errors"]] == [(2, 1), (3, 2), (4, 3), (5, 1)]
    assert await emitted(registry_db) == []


async def test_a_unit_has_the_week_of_the_unit_above_unless_it_has_its_own(http: Client, registry_db: Database) -> None:
    head, city, secretariat, health = UNITS.replace("period_months\n", "period_months,work_week\n").splitlines()
    centre = "16.71.PKM,Puskesmas,HEALTH_CENTRE,16.71.DINKES,,"
    desk = "16.71.TU,Tata usaha,SECTION,16.71.DINKES,,5"
    units = "\n".join([head, f"{city},", f"{secretariat},", f"{health},6", centre, desk])
    assert (await submit(http, small(units=units + "\n"))).status_code == 201
    weeks = {event.code: event.work_days for event in await emitted_of(registry_db, UnitRecorded)}
    six = (0, 1, 2, 3, 4, 5)
    assert (weeks["16.71.SETDA"], weeks["16.71.DINKES"], weeks["16.71.PKM"]) == (None, six, six)
    assert weeks["16.71.TU"] == (0, 1, 2, 3, 4)
    listed = (await http.get("/v1/units", headers=http.as_(new_id(), "16.71"))).json()["items"]
    unit = next(one["id"] for one in listed if one["code"] == "16.71.PKM")
    seen = await http.get("/v1/calendar", params={"unit": unit}, headers=http.as_(new_id(), "16.71"))
    assert seen.json()["calendar"]["work_days"] == list(six)
    invalid = await submit(http, {"units.csv": units.replace(",,5", ",,7").encode()})
    assert [(one["line"], one["column"]) for one in invalid.json()["errors"]] == [(6, 6)]


@pytest.mark.parametrize(
    ("city", "zone"), [("16.71", "Asia/Jakarta"), ("73.71", "Asia/Makassar"), ("91.71", "Asia/Jayapura")]
)
def test_a_city_has_the_zone_of_its_province(city: str, zone: str) -> None:
    assert zone_of(city) == zone


async def outage(http: Client, began: str, ended: str, *roles: Role) -> Response:
    body = {"began_at": began, "ended_at": ended, "reason": "Pusat data padam"}
    return await http.post("/v1/outages", json=body, headers=http.as_(OFFICE, "16.71", *roles))


async def test_an_outage_is_recorded_once_by_the_office_when_it_is_over(
    http: Client, registry_db: Database, clock: SetClock
) -> None:
    clock.set(datetime(2026, 3, 4, 3, tzinfo=UTC))
    span = ("2026-03-02T01:00:00Z", "2026-03-03T09:00:00Z")
    assert (await outage(http, *span)).status_code == 403
    first = await outage(http, *span, Role.PERFORMANCE_OFFICE)
    assert first.status_code == 201, first.text
    assert (await outage(http, *span, Role.PERFORMANCE_OFFICE)).json() == first.json()
    [event] = await emitted_of(registry_db, OutageRecorded)
    assert (str(event.outage_id), event.reason, event.recorded_by) == (first.json()["id"], "Pusat data padam", OFFICE)
    listed = await http.get("/v1/outages", headers=http.as_(new_id(), "16.71"))
    assert [one["id"] for one in listed.json()["items"]] == [first.json()["id"]]
    for wrong in (span[::-1], ("2026-03-04T01:00:00Z", "2026-03-05T01:00:00Z")):
        assert (await outage(http, *wrong, Role.PERFORMANCE_OFFICE)).status_code == 422
