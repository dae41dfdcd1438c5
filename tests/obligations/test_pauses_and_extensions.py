"""Pauses, extensions and cancellations move obligations and their ladders together, in one statement for any number."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import ColumnElement, and_, event, text
from sqlmodel import col

from contracts.base import Phase, new_id
from contracts.calendar import DayKind
from contracts.obligations import MoveCause
from contracts.plans.obligations import OBLIGATIONS, ObligationsClosed, ObligationsMoved
from kit.db import Database
from obligations.closing import cancel_cycle
from obligations.events import Because
from obligations.holding import hold, release
from obligations.legal_dates import add_days, later, local_date, working_days
from obligations.rows import ObligationRow
from obligations.shifting.postponement import postpone
from obligations.sweep import sweep
from tests.obligations.demands import CITY, open_all, owed
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of
from tests.support.policies import calendar

pytestmark = pytest.mark.connected
BECAUSE = Because(MoveCause.PAUSE, new_id(), "x")


async def _rows(database: Database) -> Sequence[Any]:
    async with database.transaction(CITY) as session:
        return (await session.execute(text("select * from obligations order by id"))).mappings().all()


async def _postpone(
    database: Database, which: ColumnElement[bool], days: int, because: Because = BECAUSE, *, restart: bool = False
) -> int:
    async with database.transaction(CITY) as session:
        longer = partial(later, days=days, calendar=calendar())
        return await postpone(session, OBLIGATIONS, which, longer, because, restart=restart)


def _of(cycle_id: UUID) -> ColumnElement[bool]:
    return col(ObligationRow.cycle_id) == cycle_id


def _in(phase: Phase) -> ColumnElement[bool]:
    return col(ObligationRow.phase) == phase.value


async def test_an_extension_moves_due_dates_and_rungs_by_the_same_working_days(plans_db: Database) -> None:
    cycle_id = new_id()
    await open_all(plans_db, cycle_id, owed(3))
    before = await _rows(plans_db)
    because = Because(MoveCause.EXTENSION, new_id(), "banjir")
    assert await _postpone(plans_db, and_(_of(cycle_id), _in(Phase.PLANNING)), 6, because) == 3
    for old, new in zip(before, await _rows(plans_db), strict=True):
        instants = [(old["due_at"], new["due_at"]), (old["next_at"], new["next_at"])]
        for was, becomes in instants:
            expected = add_days(local_date(was, calendar()), 6, DayKind.WORKING, calendar())
            assert local_date(becomes, calendar()) == expected
        assert len(new["rungs"]) == len(old["rungs"])
        assert [one["step"] for one in new["rungs"]] == [one["step"] for one in old["rungs"]]
    (told,) = await emitted_of(plans_db, ObligationsMoved)
    assert (told.cause, told.reason, len(told.items)) == (MoveCause.EXTENSION, "banjir", 3)
    assert {one.was_due_at for one in told.items} == {row["due_at"] for row in before}


async def test_another_phase_and_another_cycle_do_not_move(plans_db: Database) -> None:
    cycle_id = new_id()
    await open_all(plans_db, cycle_id, owed())
    assert await _postpone(plans_db, and_(_of(cycle_id), _in(Phase.EXECUTION)), 2) == 0
    assert await _postpone(plans_db, _of(new_id()), 2) == 0
    assert await emitted_of(plans_db, ObligationsMoved) == []


async def test_no_ladder_moves_while_held_and_all_of_them_move_later_afterwards(
    plans_db: Database, clock: SetClock
) -> None:
    cycle_id, since = new_id(), clock.now()
    await open_all(plans_db, cycle_id, owed(2))
    clock.advance(hours=1)
    async with plans_db.transaction(CITY) as session:
        await hold(session, cycle_id)
    paused = clock.now()
    clock.advance(days=60)
    assert await sweep(plans_db, OBLIGATIONS, {}, tenant_id=CITY) == (0, None)
    days = working_days(since, clock.now(), calendar())
    before = and_(_of(cycle_id), col(ObligationRow.opened_at) <= paused)
    assert await _postpone(plans_db, before, days, restart=True) == 2
    assert await sweep(plans_db, OBLIGATIONS, {}, tenant_id=CITY) == (0, None)
    async with plans_db.transaction(CITY) as session:
        await release(session, cycle_id)
    handled, following = await sweep(plans_db, OBLIGATIONS, {}, tenant_id=CITY)
    assert handled == 0
    assert following is not None
    assert following > clock.now()


async def test_what_came_into_being_in_a_held_cycle_does_not_lapse_before_it_is_released(
    plans_db: Database, clock: SetClock
) -> None:
    cycle_id = new_id()
    async with plans_db.transaction(CITY) as session:
        await hold(session, cycle_id)
        await hold(session, cycle_id)
    await open_all(plans_db, cycle_id, owed(2))
    clock.advance(days=60)
    assert await sweep(plans_db, OBLIGATIONS, {}, tenant_id=CITY) == (0, None)
    async with plans_db.transaction(CITY) as session:
        await release(session, cycle_id)
    handled, _ = await sweep(plans_db, OBLIGATIONS, {}, tenant_id=CITY)
    assert handled > 0


async def test_only_what_was_opened_between_two_instants_moves(plans_db: Database, clock: SetClock) -> None:
    cycle_id, paused = new_id(), clock.now()
    clock.advance(hours=1)
    await open_all(plans_db, cycle_id, owed())
    opened = clock.now()
    opened_at = col(ObligationRow.opened_at)
    assert await _postpone(plans_db, and_(_of(cycle_id), opened_at <= paused), 9) == 0
    assert await _postpone(plans_db, and_(_of(cycle_id), opened_at > opened), 9) == 0
    between = and_(_of(cycle_id), opened_at > paused, opened_at <= opened)
    assert await _postpone(plans_db, between, 9) == 1


async def test_a_cancelled_cycle_is_owed_nothing_and_says_so_once(plans_db: Database) -> None:
    cycle_id = new_id()
    await open_all(plans_db, cycle_id, owed(4))
    for expected in (4, 0):
        async with plans_db.transaction(CITY) as session:
            assert await cancel_cycle(session, OBLIGATIONS, cycle_id) == expected
    closed = [one for event in await emitted_of(plans_db, ObligationsClosed) for one in event.items]
    assert [one.cancelled for one in closed] == [True] * 4


async def test_any_number_is_postponed_with_two_statements_and_nothing_with_one(plans_db: Database) -> None:
    cycle_id, statements = new_id(), list[str]()
    await open_all(plans_db, cycle_id, owed(50))

    def count(*args: Any) -> None:
        statements.append(args[2])

    event.listen(plans_db.engine.sync_engine, "before_cursor_execute", count)
    async with plans_db.transaction(CITY) as session:
        statements.clear()
        longer = partial(later, days=3, calendar=calendar())
        assert await postpone(session, OBLIGATIONS, _of(cycle_id), longer, BECAUSE) == 50
        assert len(statements) == 2
        assert await postpone(session, OBLIGATIONS, _of(new_id()), longer, BECAUSE) == 0
        assert len(statements) == 3


async def test_a_rung_that_was_climbed_stays_where_it_was(plans_db: Database, clock: SetClock) -> None:
    cycle_id = new_id()
    await open_all(plans_db, cycle_id, owed())
    _, due = await sweep(plans_db, OBLIGATIONS, {}, tenant_id=CITY)
    assert due is not None
    clock.set(due)
    assert (await sweep(plans_db, OBLIGATIONS, {}, tenant_id=CITY))[0] == 1
    (before,) = await _rows(plans_db)
    assert await _postpone(plans_db, _of(cycle_id), 3) == 1
    (after,) = await _rows(plans_db)
    assert after["rung"] == before["rung"] == 1
    assert after["rungs"][0] == before["rungs"][0]
    assert all(one["at"] != other["at"] for one, other in zip(after["rungs"][1:], before["rungs"][1:], strict=True))
    assert after["next_at"] > before["next_at"]


async def test_two_who_postpone_the_same_wait_for_each_other_and_both_count(plans_db: Database) -> None:
    cycle_id = new_id()
    await open_all(plans_db, cycle_id, owed(20))
    (before, *_) = await _rows(plans_db)
    await asyncio.gather(*(_postpone(plans_db, _of(cycle_id), 2) for _ in range(3)))
    expected = later(before["due_at"], 6, calendar())
    assert {row["due_at"] for row in await _rows(plans_db)} == {expected}
