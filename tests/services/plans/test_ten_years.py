"""Clock 1 in ten years: a plan is set by the end of January, whatever day that is, and what is set later is late by law."""

from datetime import date, datetime, time
from typing import Any

import pytest

from contracts.base import Phase
from contracts.calendar import LegalCalendar
from contracts.registry.calendars import CalendarPublished
from directory import take
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.plans.stage import TALK, Stage, content
from tests.support import people
from tests.support.clock import SetClock
from tests.support.legal_days import WIB, days_off

pytestmark = pytest.mark.connected

LAW = {
    # year: last day of January (art. 14; L II.C.4); the law names the month's end, and no day off moves it
    2026: ("2026-01-31", "Saturday"),
    2027: ("2027-01-31", "Sunday"),
    2028: ("2028-01-31", "Monday"),
    2029: ("2029-01-31", "Wednesday"),
    2030: ("2030-01-31", "Thursday"),
    2031: ("2031-01-31", "Friday"),
    2032: ("2032-01-31", "Saturday"),
    2033: ("2033-01-31", "Monday"),  # Imlek
    2034: ("2034-01-31", "Tuesday"),
    2035: ("2035-01-31", "Wednesday"),
}


@pytest.mark.parametrize("year", LAW)
def test_the_table_is_what_the_article_says(year: int) -> None:
    """PermenPANRB 6/2022 art. 14; L II.C.4."""
    written, weekday = LAW[year]
    day = date.fromisoformat(written)
    assert (day.year, day.month, (day.replace(day=28).day, f"{day:%A}")) == (year, 1, (28, weekday))
    assert date.fromordinal(day.toordinal() + 1) == date(year, 2, 1)


async def _planning(database: Database, client_of: ClientOf, clock: SetClock, year: int) -> Stage:
    """An annual cycle whose city plans until the middle of February; two plans wait to be set."""
    clock.set(datetime(year, 1, 2, 9, tzinfo=WIB))
    office = await people.people(database)
    legal = LegalCalendar(version=2, holidays=days_off(year))
    async with database.transaction(office.tenant_id) as session:
        published = CalendarPublished(tenant_id=office.tenant_id, calendar=legal, until=date(year + 1, 12, 31))
        await take.take_master_data(session, [published])
    cycle = await people.open_cycle(database, office, start=date(year, 1, 1), end=date(year, 12, 31))
    stage = Stage(database, client_of("plans", database), office, cycle)
    await stage.open(Phase.PLANNING, days=45)
    return stage


async def _set(stage: Stage, servant: Any, year: int) -> Any:
    plan_id = (await stage.plan(servant)).id
    assert (await stage.put(servant, f"/plans/{plan_id}", content())).status_code == 200
    assert (await stage.post(servant, f"/plans/{plan_id}/proposal")).status_code == 200
    talk = TALK | {"held_on": f"{year}-01-02"}
    assert (await stage.post(stage.rater, f"/plans/{plan_id}/dialogues", talk)).status_code == 201
    answer = await stage.post(stage.rater, f"/plans/{plan_id}/setting")
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("year", LAW)
async def test_a_plan_is_in_time_until_the_last_second_of_january(
    plans_db: Database, client_of: ClientOf, clock: SetClock, year: int
) -> None:
    """PermenPANRB 6/2022 art. 14; L II.C.4 (clock 1), beside the city's own planning, which goes on here."""
    stage = await _planning(plans_db, client_of, clock, year)
    plan_id = (await stage.plan()).id
    assert (await stage.get(stage.servant, f"/plans/{plan_id}")).json()["set_by_law_until"] == LAW[year][0]
    clock.set(datetime.combine(date.fromisoformat(LAW[year][0]), time(23, 59, 58), WIB))
    first = await _set(stage, stage.servant, year)
    assert (first["state"], first["late"], first["late_by_law"]) == ("SET", False, False)
    board = f"/cycles/{stage.cycle.id}/board"
    assert (await stage.get(stage.rater, board)).json()["late_by_law"] == 0
    clock.advance(seconds=2)
    second = await _set(stage, stage.peer, year)
    assert (second["state"], second["late"], second["late_by_law"]) == ("SET", False, True)
    # Those who have not planned are overdue as well; the first one, set in January, is not.
    assert (await stage.get(stage.rater, board)).json()["late_by_law"] == len(stage.office.staff) - 1
