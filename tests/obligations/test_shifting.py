"""Obligations that are postponed, passed on and cancelled; the rest stays as it was."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlmodel import col

from contracts.base import Phase, new_id
from contracts.obligations import MoveCause, ObligationKind
from contracts.plans.obligations import OBLIGATIONS, ObligationsClosed, ObligationsMoved
from kit.db import Database
from obligations.closing import cancel_obligations
from obligations.events import Because
from obligations.holding import hold
from obligations.ladders import climb
from obligations.opening import open_obligations
from obligations.rows import NewObligation, ObligationRow
from obligations.shifting.postponement import postpone
from obligations.succession import Succession, pass_on
from obligations.superiors import follow_superiors
from obligations.terms import Terms
from tests.obligations.demands import CITY, LADDER, open_all, owed
from tests.support.emitted import emitted_of, forget
from tests.support.policies import calendar

pytestmark = pytest.mark.connected
CYCLE = new_id()
BECAUSE = Because(MoveCause.PERSONNEL, new_id(), "SK 821/2026")
WEEK = timedelta(days=7)


def fresh(database: Database, days: int) -> Terms:
    """The terms of an obligation that is opened now and due after so many days."""
    now = database.clock.now()
    due = now + timedelta(days=days)
    rungs = climb(LADDER, due, now, calendar())
    return Terms(kind=ObligationKind.PROPOSE_PLAN, phase=Phase.PLANNING, cycle_id=CYCLE, due_at=due, rungs=rungs)


async def rows(database: Database) -> dict[UUID, ObligationRow]:
    """Every obligation by what it is about."""
    async with database.transaction(CITY) as session:
        return {row.subject_id: row for row in (await session.scalars(select(ObligationRow))).all()}


async def about(database: Database, person: UUID, debtor: UUID, superior: UUID | None = None) -> NewObligation:
    """An obligation of somebody about a person."""
    one = NewObligation(subject_id=new_id(), debtor_id=debtor, about_id=person, superior_id=superior)
    async with database.transaction(CITY) as session:
        await open_obligations(session, OBLIGATIONS, fresh(database, 7), [one], tenant_id=CITY)
    await forget(database)
    return one


async def passed(
    database: Database, *successions: Succession, days: int = 14, **more: frozenset[ObligationKind]
) -> int:
    async with database.transaction(CITY) as session:
        terms = fresh(database, days)
        return len(
            await pass_on(session, OBLIGATIONS, CYCLE, successions, terms_of=lambda *_: terms, because=BECAUSE, **more)
        )


async def test_only_what_is_named_is_postponed_with_the_rest_of_its_ladder(plans_db: Database) -> None:
    mine, other = owed(2)
    await open_all(plans_db, CYCLE, [mine, other])
    before = await rows(plans_db)
    await forget(plans_db)
    async with plans_db.transaction(CITY) as session:
        which = col(ObligationRow.subject_id) == mine.subject_id
        assert await postpone(session, OBLIGATIONS, which, lambda instant: instant + WEEK, BECAUSE) == 1
    after = await rows(plans_db)
    was, now = before[mine.subject_id], after[mine.subject_id]
    assert now.due_at == was.due_at + WEEK
    moved = [datetime.fromisoformat(rung["at"]) for rung in now.rungs]
    assert moved == [datetime.fromisoformat(rung["at"]) + WEEK for rung in was.rungs]
    assert now.next_at == moved[0]
    assert after[other.subject_id].due_at == before[other.subject_id].due_at
    [event] = await emitted_of(plans_db, ObligationsMoved)
    assert [(item.id, item.due_at, item.was_due_at) for item in event.items] == [(now.id, now.due_at, was.due_at)]


async def test_a_ladder_that_stands_still_in_a_pause_still_does(plans_db: Database) -> None:
    one = await about(plans_db, new_id(), new_id())
    async with plans_db.transaction(CITY) as session:
        await hold(session, CYCLE)
        which = col(ObligationRow.subject_id) == one.subject_id
        await postpone(session, OBLIGATIONS, which, lambda instant: instant + WEEK, BECAUSE)
    assert one.about_id is not None
    assert await passed(plans_db, Succession(one.about_id, one.debtor_id, new_id())) == 1
    assert (await rows(plans_db))[one.subject_id].next_at is None


async def test_a_successor_has_the_time_of_a_new_obligation_and_the_former_one_owes_it_no_more(
    plans_db: Database,
) -> None:
    one, new, above = await about(plans_db, new_id(), new_id()), new_id(), new_id()
    assert one.about_id is not None
    assert await passed(plans_db, Succession(one.about_id, one.debtor_id, new, above)) == 1
    now = (await rows(plans_db))[one.subject_id]
    assert (now.debtor_id, now.first_debtor_id, now.superior_id) == (new, new, above)
    assert now.due_at == fresh(plans_db, 14).due_at
    [event] = await emitted_of(plans_db, ObligationsMoved)
    assert [(item.former_id, item.debtor_id) for item in event.items] == [(one.debtor_id, new)]
    assert await passed(plans_db, Succession(one.about_id, one.debtor_id, new, above)) == 0


@pytest.mark.parametrize("days", [3, 14])
async def test_a_limit_that_is_longer_or_fixed_by_law_stays(plans_db: Database, days: int) -> None:
    one = await about(plans_db, new_id(), new_id())
    before = (await rows(plans_db))[one.subject_id]
    fixed = frozenset({ObligationKind.PROPOSE_PLAN}) if days > 7 else frozenset[ObligationKind]()
    assert one.about_id is not None
    await passed(plans_db, Succession(one.about_id, one.debtor_id, new_id()), days=days, fixed=fixed)
    after = (await rows(plans_db))[one.subject_id]
    assert after.debtor_id != before.debtor_id
    assert (after.due_at, after.rungs, after.next_at) == (before.due_at, before.rungs, before.next_at)


async def test_nobody_gets_an_obligation_twice_or_one_that_stays_in_any_case(plans_db: Database) -> None:
    person, old, new = new_id(), new_id(), new_id()
    one = await about(plans_db, person, old)
    async with plans_db.transaction(CITY) as session:
        same = NewObligation(subject_id=one.subject_id, debtor_id=new, about_id=person)
        await open_obligations(session, OBLIGATIONS, fresh(plans_db, 7), [same], tenant_id=CITY)
    assert await passed(plans_db, Succession(person, old, new)) == 0
    assert await passed(plans_db, Succession(person, old, None)) == 0
    stays = frozenset({ObligationKind.PROPOSE_PLAN})
    assert await passed(plans_db, Succession(person, old, new_id()), excluded=stays) == 0


async def test_the_present_superior_is_notified_of_late_obligations_and_never_the_debtor(plans_db: Database) -> None:
    person, rater, new = new_id(), new_id(), new_id()
    own = await about(plans_db, person, person, rater)
    his = await about(plans_db, person, new, rater)
    async with plans_db.transaction(CITY) as session:
        await follow_superiors(session, CYCLE, [(person, rater, new)])
    found = await rows(plans_db)
    assert found[own.subject_id].superior_id == new
    assert found[his.subject_id].superior_id == rater


async def test_what_is_cancelled_ends_with_its_reason(plans_db: Database) -> None:
    one, other = await about(plans_db, new_id(), new_id()), await about(plans_db, new_id(), new_id())
    async with plans_db.transaction(CITY) as session:
        which = col(ObligationRow.debtor_id) == one.debtor_id
        assert len(await cancel_obligations(session, OBLIGATIONS, which, reason=BECAUSE.reason)) == 1
    states = {subject: row.state for subject, row in (await rows(plans_db)).items()}
    assert states == {one.subject_id: "CANCELLED", other.subject_id: "OPEN"}
    [event] = await emitted_of(plans_db, ObligationsClosed)
    assert [item.cancelled for item in event.items] == [True]
