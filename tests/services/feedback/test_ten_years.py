"""Clocks 8 and 9 in ten years: until when one may object, and by when the objection is decided, beside a table of the law's dates."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from contracts.calendar import LegalCalendar
from contracts.feedback.objections import ObjectionEscalated
from contracts.registry.calendars import CalendarPublished
from directory import take
from kit.db import Database
from kit.errors import NotReady
from obligations.rows import ObligationRow
from tests.conftest import ClientOf
from tests.services.feedback.scene import Scene, scene
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of
from tests.support.legal_days import WIB, counted, day_of, days_off, rolled

pytestmark = pytest.mark.connected

LAW = {
    # received (the first working day after an annual, and after a half-year evaluation): last day to object (14 working
    # days, clock 8); decided, where it was filed on that day (7 working days, clock 9)
    "2027-02-01": ("2027-02-22", "2027-03-03"),
    "2028-02-01": ("2028-02-21", "2028-03-02"),
    "2029-02-01": ("2029-02-26", "2029-03-07"),
    "2030-02-01": ("2030-02-25", "2030-03-07"),
    "2031-02-03": ("2031-02-21", "2031-03-04"),
    "2032-02-02": ("2032-02-23", "2032-03-03"),
    "2033-02-01": ("2033-02-21", "2033-03-02"),
    "2034-02-01": ("2034-02-21", "2034-03-03"),
    "2035-02-01": ("2035-02-23", "2035-03-06"),
    "2036-02-01": ("2036-02-22", "2036-03-05"),
    "2026-08-03": ("2026-08-24", "2026-09-03"),
    "2027-08-02": ("2027-08-23", "2027-09-01"),
    "2028-08-01": ("2028-08-23", "2028-09-01"),
    "2029-08-01": ("2029-08-22", "2029-08-31"),
    "2030-08-01": ("2030-08-21", "2030-08-30"),
    "2031-08-01": ("2031-08-21", "2031-09-01"),
    "2032-08-02": ("2032-08-23", "2032-09-01"),
    "2033-08-01": ("2033-08-22", "2033-08-31"),
    "2034-08-01": ("2034-08-22", "2034-08-31"),
    "2035-08-01": ("2035-08-22", "2035-08-31"),
}
REASON = {"outcome": "UPHELD", "reason": "Bukti tidak mengubah apa pun"}


@pytest.mark.parametrize("received", LAW)
def test_the_table_is_what_the_articles_say_on_the_calendar(received: str) -> None:
    """PermenPANRB 6/2022 art. 29; L V.B.1-2 (14 working days of receipt); L V.B.3-6 (7 working days of the objection)."""
    day = date.fromisoformat(received)
    last, decided = (date.fromisoformat(one) for one in LAW[received])
    assert day == rolled(day.year, day.replace(day=1))
    assert last == counted(day.year, day, 14)
    assert decided == counted(day.year, last, 7)


async def _in(database: Database, client_of: ClientOf, clock: SetClock, day: date) -> Scene:
    """Somebody's city, on the morning of that day, with that year's calendar."""
    clock.set(datetime.combine(day, time(9), WIB))
    here = await scene(database, client_of)
    legal = LegalCalendar(version=2, holidays=days_off(day.year))
    published = CalendarPublished(tenant_id=here.office.tenant_id, calendar=legal, until=date(day.year + 1, 12, 31))
    async with database.transaction(here.office.tenant_id) as session:
        await take.take_master_data(session, [published])
    return here


async def _decision_due(here: Scene) -> date:
    looking = select(ObligationRow).where(
        col(ObligationRow.kind) == "DECIDE_OBJECTION", col(ObligationRow.state) == "OPEN"
    )
    async with here.database.transaction(here.office.tenant_id) as session:
        (owed,) = (await session.scalars(looking)).all()
    assert owed.debtor_id == here.authority
    return day_of(owed.due_at)


async def _receive(here: Scene, servant: Any, until: date) -> dict[str, str]:
    """As evaluation tells it: the window ends with that day."""
    result = await here.receive(servant, days=(until - here.now().astimezone(WIB).date()).days)
    return {"result_id": str(result), "grounds": "Triwulan kedua belum dihitung"}


@pytest.mark.parametrize("received", LAW)
async def test_an_objection_keeps_the_dates_of_the_law(
    feedback_db: Database, client_of: ClientOf, clock: SetClock, received: str
) -> None:
    """PermenPANRB 6/2022 art. 29; L V.B.1-2 (clock 8); L V.B.3-6 (clock 9): late is told, never deemed."""
    last, decided = LAW[received]
    here = await _in(feedback_db, client_of, clock, date.fromisoformat(received))
    mine = await _receive(here, here.ani, date.fromisoformat(last))
    late = await _receive(here, here.office.staff[1], date.fromisoformat(last))
    clock.set(datetime.combine(date.fromisoformat(last), time(8), WIB))
    objection = await here.post(here.ani, "/objections", mine)
    assert str(day_of(datetime.fromisoformat(objection["decide_by"]))) == decided
    path = f"/objections/{objection['id']}"
    await here.post(here.authority, f"{path}/decision", REASON, status=409)  # nobody was asked yet
    await here.does.open_hearing(here.about(objection))
    await here.post(here.authority, f"{path}/decision", REASON, status=409)  # nobody has answered yet
    clock.set(datetime.combine(date.fromisoformat(last) + timedelta(days=1), time(9), WIB))
    await here.post(here.office.staff[1], "/objections", late, status=409)
    for side in (here.ani, here.rater):
        await here.post(side, f"{path}/statements", {"text": "Penjelasan saya"})
    assert str(await _decision_due(here)) == decided
    clock.set(datetime.combine(date.fromisoformat(decided), time(23, 59, 58), WIB))
    with pytest.raises(NotReady):
        await here.does.escalate_objection(here.about(objection))
    clock.advance(seconds=2)
    await here.does.escalate_objection(here.about(objection))
    assert len(await emitted_of(feedback_db, ObjectionEscalated)) == 1
    assert (await here.get(here.ani, path))["state"] == "DECIDABLE", "nothing is deemed decided"
    assert (await here.post(here.authority, f"{path}/decision", REASON))["outcome"] == "UPHELD"
