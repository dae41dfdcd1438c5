"""The leader's week: what was due in seven days and became of it, and what is due in the next seven."""

from datetime import timedelta
from typing import Any

import pytest

from contracts.base import Phase, new_id
from contracts.obligations import ClosedObligation, Obligation, ObligationKind, ObligationsClosed, ObligationsOpened
from kit.db import Database
from services.portal.city.queries import UnitWeek, week_by_unit
from services.portal.duties.commands import take_closed, take_opened
from tests.conftest import DatabaseOf
from tests.support import people
from tests.support.arriving import arrive
from tests.support.people import Cycle, Office

pytestmark = pytest.mark.connected
REPORT, PEER = ObligationKind.REPORT_ACTUALS, ObligationKind.ASSESS_PEER
OWED: tuple[tuple[float, ObligationKind, dict[str, bool] | None], ...] = (
    (-8, REPORT, None),
    (-7, REPORT, {"late": False}),
    (-5, REPORT, {"late": True}),
    (-4, REPORT, None),
    (-3, REPORT, {"late": True, "lapsed": True}),
    (-2, REPORT, {"late": False, "cancelled": True}),
    (-1, PEER, None),
    (0, REPORT, None),
    (6.9, REPORT, None),
    (3, REPORT, {"late": False}),
    (7, REPORT, None),
)
"""Days from now to the due date, and how it ended, if it did."""


@pytest.fixture
def portal_db(database_of: DatabaseOf) -> Database:
    return database_of("portal")


async def _owe(database: Database, office: Office, cycle: Cycle) -> None:
    now, who = database.clock.now(), office.staff[0]
    items = [
        Obligation(
            id=new_id(), kind=kind, subject_id=new_id(), about_id=who, debtor_id=who,
            due_at=now + timedelta(days=days), opened_at=now - timedelta(days=20),
        )
        for days, kind, _ in OWED
    ]  # fmt: skip
    told: dict[str, Any] = {"tenant_id": office.tenant_id, "cycle_id": cycle.id, "phase": Phase.PLANNING}
    await arrive(database, ObligationsOpened(**told, items=items), take_opened)
    ends = [
        ClosedObligation(id=one.id, kind=kind, debtor_id=who, **ended)
        for one, (_, kind, ended) in zip(items, OWED, strict=True)
        if ended is not None
    ]
    await arrive(database, ObligationsClosed(**told, items=ends), take_closed)


async def _weeks(database: Database, tenant_id: str, cycle: Cycle) -> list[UnitWeek]:
    async with database.transaction(tenant_id) as session:
        found = await week_by_unit(session, cycle.id)
    assert (found.now - found.since, found.until - found.now) == (timedelta(days=7), timedelta(days=7))
    return found.units


async def test_a_week_counts_what_was_done_in_time_late_or_not_and_what_comes(portal_db: Database) -> None:
    office = await people.people(portal_db)
    cycle = await people.open_cycle(portal_db, office)
    await _owe(portal_db, office, cycle)
    [unit] = await _weeks(portal_db, office.tenant_id, cycle)
    assert (unit.people, unit.hidden) == (len(office.everyone), False)
    assert (unit.in_time, unit.done_late, unit.not_done, unit.coming) == (1, 1, 2, 2)


async def test_another_city_counts_nothing_of_it(portal_db: Database) -> None:
    office = await people.people(portal_db)
    cycle = await people.open_cycle(portal_db, office)
    await _owe(portal_db, office, cycle)
    another = await people.people(portal_db, "dumai")
    assert await _weeks(portal_db, another.tenant_id, cycle) == []
