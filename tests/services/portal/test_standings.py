"""How far everybody in a cycle has come: whatever the order of events, and whatever is asked for."""

from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from contracts.base import AssessorRole, Event, Phase, new_id
from contracts.evaluation.assessments import AssessmentSubmitted
from contracts.obligations import Obligation, ObligationKind
from contracts.plans.obligations import ObligationsOpened
from contracts.plans.plans import PlanDrafted, PlanProposed, PlanReturned, PlanSet
from kit.db import Database
from services.portal.branch.queries import OLDEST, owed_by_raters
from services.portal.duties.commands import take_opened
from services.portal.standings import events
from services.portal.standings.queries import SORTS, Row, Rows, Wanted, standings
from tests.conftest import DatabaseOf
from tests.support import people
from tests.support.arriving import Command, arrive
from tests.support.people import Cycle, Office

pytestmark = pytest.mark.connected


@pytest.fixture
def portal_db(database_of: DatabaseOf) -> Database:
    return database_of("portal")


def told(office: Office, cycle: Cycle, who: UUID, now: Any) -> list[tuple[Event, Command]]:
    """A plan that is proposed, returned, proposed again and set."""
    about: dict[str, Any] = {
        "tenant_id": office.tenant_id,
        "plan_id": cycle.appraisals[who],
        "cycle_id": cycle.id,
        "servant_id": who,
    }
    rater = office.section_head
    return [
        (PlanDrafted(**about), events.take_drafted),
        (PlanProposed(**about, rater_id=rater, round=1, respond_by=now), events.take_proposed),
        (PlanReturned(**about, returned_by=rater, reason="Target", round=1), events.take_returned),
        (PlanProposed(**about, rater_id=rater, round=2, respond_by=now), events.take_proposed),
        (
            PlanSet(**about, version=1, set_by=rater, by_superior=False, late=False, indicators=()),
            events.take_set,
        ),
    ]


async def found(database: Database, office: Office, wanted: Wanted, **page: int) -> Rows:
    async with database.transaction(office.tenant_id) as session:
        return await standings(session, wanted, **page)


async def row_of(database: Database, office: Office, cycle: Cycle, who: UUID) -> Row:
    rows = (await found(database, office, Wanted(cycle.id))).rows
    return next(one for one in rows if one.servant_id == who)


async def test_events_in_any_order_and_twice_end_in_the_same_state(portal_db: Database) -> None:
    office = await people.people(portal_db)
    cycle = await people.open_cycle(portal_db, office)
    who = office.staff[0]
    for upto, state in enumerate(("DRAFT", "PROPOSED", "RETURNED", "PROPOSED", "SET"), start=1):
        for order in permutations(range(upto)):
            async with portal_db.transaction(office.tenant_id) as session:
                for number in (*order, order[0]):
                    event, command = told(office, cycle, who, portal_db.clock.now())[number]
                    await command(session, event)
            assert (await row_of(portal_db, office, cycle, who)).plan_state == state


async def test_the_oldest_duty_says_who_is_late_and_rows_are_filtered_counted_and_paged(portal_db: Database) -> None:
    office = await people.people(portal_db)
    cycle = await people.open_cycle(portal_db, office)
    now = portal_db.clock.now()
    items = [
        Obligation(
            id=new_id(), kind=kind, subject_id=new_id(), about_id=office.staff[0], debtor_id=office.staff[0],
            superior_id=office.section_head, due_at=now + timedelta(days=days), opened_at=now - timedelta(days=9),
        )
        for kind, days in ((ObligationKind.REPORT_ACTUALS, 3), (ObligationKind.PROPOSE_PLAN, -2))
    ]  # fmt: skip
    await arrive(
        portal_db,
        ObligationsOpened(tenant_id=office.tenant_id, cycle_id=cycle.id, phase=Phase.PLANNING, items=items),
        take_opened,
    )
    late = await found(portal_db, office, Wanted(cycle.id, late=True))
    assert [(one.servant_id, one.duty, one.late) for one in late.rows] == [
        (office.staff[0], ObligationKind.PROPOSE_PLAN, True)
    ]
    team = await found(portal_db, office, Wanted(cycle.id, rater_id=office.section_head))
    assert (team.total, {one.servant_id for one in team.rows}) == (5, set(office.staff))
    assert team.rows[0].servant_id == office.staff[0]
    second = await found(portal_db, office, Wanted(cycle.id, rater_id=office.section_head), page=2, size=2)
    assert (len(second.rows), second.total) == (2, 5)
    beyond = await found(portal_db, office, Wanted(cycle.id, rater_id=office.section_head), page=9, size=2)
    assert (beyond.rows, beyond.total) == ([], 5)
    none = await found(portal_db, office, Wanted(cycle.id, plan_state="SET"))
    assert (none.rows, none.total) == ([], 0)
    for sort in SORTS:
        assert (await found(portal_db, office, Wanted(cycle.id, sort=sort))).total == len(office.everyone)
    branch = await found(portal_db, office, Wanted(cycle.id, authority_id=office.head))
    assert {one.servant_id for one in branch.rows} == set(office.staff)


async def test_a_rater_with_hundreds_of_duties_hides_no_other_and_the_count_is_whole(portal_db: Database) -> None:
    office = await people.people(portal_db)
    cycle = await people.open_cycle(portal_db, office)
    # Both rate in the branch of the secretary.
    now, much, little = portal_db.clock.now(), office.head, office.panel[1]
    owed = [(much, -1 - number / 600) for number in range(600)] + [(little, 9)]
    items = [
        Obligation(
            id=new_id(), kind=ObligationKind.ASSESS, subject_id=new_id(), about_id=office.staff[0], debtor_id=who,
            due_at=now + timedelta(days=days), opened_at=now - timedelta(days=9),
        )
        for who, days in owed
    ]  # fmt: skip
    told: dict[str, Any] = {
        "tenant_id": office.tenant_id,
        "cycle_id": cycle.id,
        "phase": Phase.EVALUATION,
        "items": items,
    }
    await arrive(portal_db, ObligationsOpened(**told), take_opened)
    async with portal_db.transaction(office.tenant_id) as session:
        found = await owed_by_raters(session, cycle.id, office.sekda)
    told_of = [(one.debtor_id, one.total, one.late) for one in found]
    assert told_of == [(much, 600, True)] * OLDEST + [(little, 1, False)]
    assert [one.id for one in found[:OLDEST]] == [one.id for one in reversed(items[600 - OLDEST : 600])]


async def test_only_the_superior_s_assessment_is_kept(portal_db: Database) -> None:
    office = await people.people(portal_db)
    cycle = await people.open_cycle(portal_db, office)
    who = office.staff[1]
    about: dict[str, Any] = {
        "tenant_id": office.tenant_id,
        "appraisal_id": cycle.appraisals[who],
        "cycle_id": cycle.id,
        "servant_id": who,
    }
    for role, state in ((AssessorRole.PEER, None), (AssessorRole.SUPERIOR, "RATED")):
        event = AssessmentSubmitted(**about, role=role, assessor_id=office.section_head)
        await arrive(portal_db, event, events.take_assessed)
        assert (await row_of(portal_db, office, cycle, who)).rating_state == state


async def test_another_city_sees_no_row(portal_db: Database) -> None:
    office = await people.people(portal_db)
    cycle = await people.open_cycle(portal_db, office)
    another = await people.people(portal_db, "dumai")
    assert (await found(portal_db, another, Wanted(cycle.id))).total == 0
