"""The clocks of PermenPANRB 6/2022 in ten annual cycles: what people are given is what the articles say, counted here anew.

Nothing of the code's own arithmetic is used (``tests.support.legal_days``). Clock 1 for those who set plans, and clocks 8 and 9
for those who object, have their tables beside plans and feedback.
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts.base import Phase, Rating
from contracts.calendar import LegalCalendar
from contracts.evaluation.activities import CycleAsk
from contracts.evaluation.cycles import MembersEnrolled
from contracts.registry.calendars import CalendarPublished
from directory import take
from kinerja.commands.places import policy as policy_of
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene
from tests.support import people
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of
from tests.support.legal_days import WIB, counted, day_of, days_off, rolled
from tests.support.policies import quarterly

pytestmark = pytest.mark.connected
LAW = {
    # year: plans set (clock 1); evaluated (2), handed over (5) and last year's achievement taken (12);
    # the superior has evaluated (5); reported upward, and again after a change (7, 10)
    2026: ("2026-02-02", "2027-02-01", "2027-02-22", "2027-03-24"),  # 31 January 2027 is a Sunday
    2027: ("2027-02-01", "2028-01-31", "2028-02-18", "2028-03-14"),  # 31 January 2028 is a Monday
    2028: ("2028-01-31", "2029-01-31", "2029-02-23", "2029-03-20"),  # 31 January 2029 is a Wednesday
    2029: ("2029-01-31", "2030-01-31", "2030-02-22", "2030-03-19"),  # 31 January 2030 is a Thursday
    2030: ("2030-01-31", "2031-01-31", "2031-02-20", "2031-03-14"),  # 31 January 2031 is a Friday
    2031: ("2031-01-31", "2032-02-02", "2032-02-23", "2032-03-17"),  # 31 January 2032 is a Saturday
    2032: ("2032-02-02", "2033-02-01", "2033-02-21", "2033-03-15"),  # 31 January 2033 is Imlek, a Monday
    2033: ("2033-02-01", "2034-01-31", "2034-02-20", "2034-03-15"),  # 31 January 2034 is a Tuesday
    2034: ("2034-01-31", "2035-01-31", "2035-02-22", "2035-03-16"),  # 31 January 2035 is a Wednesday
    2035: ("2035-01-31", "2036-01-31", "2036-02-21", "2036-03-17"),  # 31 January 2036 is a Thursday
}

AFTER = {
    # year: signed (3), returned (4) and objected to (8), where all begins on the day after the window; a superior's returned
    # (6); and when each quarter but the last is evaluated (11), ten working days after its end in the regulation's layer
    2026: ("2027-02-23", "2027-02-12", "2026-04-15", "2026-07-14", "2026-10-14"),
    2027: ("2028-02-21", "2028-02-10", "2027-04-14", "2027-07-14", "2027-10-14"),
    2028: ("2029-02-26", "2029-02-12", "2028-04-17", "2028-07-14", "2028-10-13"),
    2029: ("2030-02-25", "2030-02-14", "2029-04-13", "2029-07-13", "2029-10-12"),
    2030: ("2031-02-20", "2031-02-11", "2030-04-12", "2030-07-12", "2030-10-14"),
    2031: ("2032-02-24", "2032-02-13", "2031-04-16", "2031-07-15", "2031-10-14"),
    2032: ("2033-02-22", "2033-02-11", "2032-04-15", "2032-07-14", "2032-10-14"),
    2033: ("2034-02-21", "2034-02-10", "2033-04-18", "2033-07-14", "2033-10-14"),
    2034: ("2035-02-23", "2035-02-13", "2034-04-17", "2034-07-14", "2034-10-16"),
    2035: ("2036-02-22", "2036-02-13", "2035-04-13", "2035-07-13", "2035-10-12"),
}


def _rung(row: dict[str, Any], step: str) -> date:
    return day_of(datetime.fromisoformat(next(one["at"] for one in row["rungs"] if one["step"] == step)))


@pytest.mark.parametrize("year", LAW)
def test_the_table_is_what_the_articles_say_on_the_calendar(year: int) -> None:
    """PermenPANRB 6/2022 art. 14, L II.C.4 (end of January); L IV.A.8; L V.A.8 (14 days); L V.A.7, 11 (30 days).

    L V.A.5, 6, L V.B.1 (14 days); L V.A.9-10 (7 days).
    """
    planned, evaluated, superior, reported = (date.fromisoformat(one) for one in LAW[year])
    assert planned == rolled(year, date(year, 1, 31))
    assert evaluated == rolled(year, date(year + 1, 1, 31))
    assert superior == counted(year, evaluated, 14)
    assert reported == counted(year, evaluated, 30)
    fourteen, seven, *quarters = (date.fromisoformat(one) for one in AFTER[year])
    disclosed = evaluated + timedelta(days=1)
    assert (fourteen, seven) == (counted(year, disclosed, 14), counted(year, disclosed, 7))
    assert quarters == [counted(year, date(year, *end), 10) for end in ((3, 31), (6, 30), (9, 30))]


async def _year(database: Database, client_of: ClientOf, clock: SetClock, year: int) -> Scene:
    """Palembang's own policy, an annual cycle, nobody planning yet."""
    clock.set(datetime(year, 1, 1, 9, tzinfo=WIB))
    office = await people.people(database, policy=quarterly(policy_of("palembang")))
    here = Scene(database, client_of("evaluation", database), clock, office)
    legal = LegalCalendar(version=2, holidays=days_off(year))
    async with database.transaction(here.tenant_id) as session:
        published = CalendarPublished(tenant_id=here.tenant_id, calendar=legal, until=date(year + 1, 12, 31))
        await take.take_master_data(session, [published])
    wanted = {"scope": office.policy.scope, "period_start": f"{year}-01-01", "months": 12}
    here.cycle_id = UUID((await here.post(office.office, "/cycles", wanted))["id"])
    await here.does.enrol_members(CycleAsk(tenant_id=here.tenant_id, cycle_id=here.cycle_id))
    for event in await emitted_of(database, MembersEnrolled):
        here.appraisals |= {one.servant_id: one.appraisal_id for one in event.members}
    return here


async def _planned_and_worked(here: Scene, year: int) -> None:
    """Clock 1, and every quarter before the last (clock 11)."""
    await here.through(Phase.PREPARATION)
    window = await here.lead(Phase.PLANNING)
    assert window.due_at is not None
    assert str(day_of(window.due_at)) == LAW[year][0]
    await here.end(Phase.PLANNING)
    await here.lead(Phase.EXECUTION)
    due = {str(day_of(row["due_at"])) for row in await here.obligations("EVALUATE_PERIOD")}
    assert due == set(AFTER[year][2:])
    here.clock.set(datetime(year + 1, 1, 1, 9, tzinfo=WIB))
    await here.end(Phase.EXECUTION)


async def _evaluated(here: Scene, year: int) -> UUID:
    """Clocks 2, 5 and 12; Ani's rater is in time, Budi's is silent. Returns Budi."""
    ends, superior = LAW[year][1:3]
    budi = here.office.staff[1]
    window = await here.lead(Phase.EVALUATION)
    assert window.due_at is not None
    assert str(day_of(window.due_at)) == ends
    [of_budi] = await here.obligations("ASSESS", budi)
    assert (str(day_of(of_budi["due_at"])), str(_rung(of_budi, "HAND_OVER"))) == (ends, ends)
    assert str(_rung(of_budi, "OFFICE")) == superior
    [achievement, *_] = await here.obligations("SET_ORG_PERFORMANCE")
    assert str(_rung(achievement, "LAPSE")) == ends
    await here.provisional(here.ani)
    here.clock.set(window.due_at + timedelta(seconds=1))
    await here.sweep()
    await here.plan(budi)
    await here.assess(budi, here.rater, status=403)
    await here.assess(budi, here.authority)
    return budi


async def _delivered(here: Scene, servant: UUID, until: str) -> UUID:
    """Clocks 4 and 6: returned so many days after the delivery; returns the result."""
    issued = await here.deliver(servant)
    [receipt] = await here.obligations("ACKNOWLEDGE_RESULT", servant)
    assert str(_rung(receipt, "LAPSE")) == until
    return issued.result_id


async def _followed_up(here: Scene, year: int, budi: UUID) -> None:
    """Clocks 3 to 8 and 10."""
    await here.lead(Phase.DISCLOSURE)
    fourteen, seven = AFTER[year][:2]
    [signature] = await here.obligations("ISSUE_RESULT", here.ani)
    assert str(_rung(signature, "HAND_OVER")) == fourteen
    await here.issue(here.ani, here.rater)
    await here.issue(budi, here.authority)
    mine = await _delivered(here, here.ani, fourteen)
    await _delivered(here, budi, seven)
    received = await here.post(here.ani, f"/results/{mine}/acknowledgement")
    assert str(day_of(datetime.fromisoformat(received["object_until"]))) == fourteen
    path, reason = f"/cycles/{here.cycle_id}/upward-report", "masih dinilai"
    await here.post(here.office.office, path, {"recipient": "Sekretaris Daerah", "missing_reason": reason})
    await here.objected(here.ani, mine)
    await here.decided(here.ani, mine, result_rating=Rating.ABOVE)
    reports = await here.obligations("REPORT_UPWARD")
    assert sorted(row["state"] for row in reports) == ["DONE", "OPEN"]
    assert {str(day_of(row["due_at"])) for row in reports} == {LAW[year][3]}


@pytest.mark.parametrize("year", LAW)
async def test_an_annual_cycle_keeps_the_dates_of_the_law(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, year: int
) -> None:
    """PermenPANRB 6/2022 art. 14, art. 24 and art. 29 with their annex.

    L IV.A.8; L IV.A.11; L IV.B.1.f; L V.A.5; L V.A.6; L V.A.7; L V.A.8; L V.A.9-10; L V.A.11; L V.B.1-2; L V.B.7-8.
    """
    here = await _year(evaluation_db, client_of, clock, year)
    await _planned_and_worked(here, year)
    budi = await _evaluated(here, year)
    await _followed_up(here, year, budi)
