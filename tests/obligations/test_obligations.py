"""Obligations: opened once, closed once, cleared once, and moved up their ladder."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase, new_id
from contracts.obligations import PARTS, ObligationKind, Step
from contracts.plans.obligations import (
    OBLIGATIONS,
    ObligationsClosed,
    ObligationsOpened,
    ObligationsStepped,
    PhaseCleared,
)
from kit import metrics
from kit.chunks import IN_ONE_EVENT
from kit.db import Database
from obligations import queries as obligations
from obligations.closing import close_obligations
from obligations.rows import NewObligation, ObligationRow
from obligations.sweep import CHUNK, sweep
from tests.obligations.demands import CITY, close_one, open_all, owed
from tests.support.clock import SetClock
from tests.support.emitted import emitted, emitted_of, forget

pytestmark = pytest.mark.connected


async def test_opened_twice_is_opened_once(plans_db: Database) -> None:
    cycle_id, some = new_id(), owed(3)
    assert await open_all(plans_db, cycle_id, some) == 3
    assert await open_all(plans_db, cycle_id, [*some, *owed()]) == 1
    items = [item for event in await emitted_of(plans_db, ObligationsOpened) for item in event.items]
    assert len(items) == 4
    assert {item.debtor_id for item in items} > {one.debtor_id for one in some}


async def test_many_are_told_in_events_of_bounded_size(plans_db: Database) -> None:
    await open_all(plans_db, new_id(), owed(IN_ONE_EVENT + 1))
    sizes = [len(event.items) for event in await emitted_of(plans_db, ObligationsOpened)]
    assert sum(sizes) == IN_ONE_EVENT + 1
    assert len(sizes) <= PARTS


async def test_closed_twice_is_told_once_and_late_is_late(plans_db: Database, clock: SetClock) -> None:
    in_time, late = some = owed(2)
    await open_all(plans_db, new_id(), some)
    assert await close_one(plans_db, in_time) == 1
    clock.advance(days=8)
    assert await close_one(plans_db, late) == 1
    assert await close_one(plans_db, late) == 0
    closed = await emitted_of(plans_db, ObligationsClosed)
    assert [[item.late for item in event.items] for event in closed] == [[False], [True]]


async def test_a_phase_is_cleared_exactly_once_when_the_last_two_close_at_the_same_time(plans_db: Database) -> None:
    for _ in range(10):
        some, cycle_id = owed(2), new_id()
        await open_all(plans_db, cycle_id, some)
        await asyncio.gather(*(close_one(plans_db, one) for one in some))
        cleared = [event for event in await emitted_of(plans_db, PhaseCleared) if event.cycle_id == cycle_id]
        assert len(cleared) == 1
        assert cleared[0].phase is Phase.PLANNING


async def test_a_phase_is_not_cleared_while_somebody_owes(plans_db: Database) -> None:
    first, second = some = owed(2)
    cycle_id = new_id()
    await open_all(plans_db, cycle_id, some)
    await close_one(plans_db, first)
    assert await emitted_of(plans_db, PhaseCleared) == []
    async with plans_db.transaction(CITY) as session:
        assert await obligations.count_open(session, cycle_id, Phase.PLANNING) == 1
        assert await obligations.count_open(session, cycle_id, Phase.EXECUTION) == 0
        assert await obligations.owes(session, ObligationKind.PROPOSE_PLAN, second.subject_id, second.debtor_id)
        assert not await obligations.owes(session, ObligationKind.PROPOSE_PLAN, first.subject_id, first.debtor_id)


async def test_a_rolled_back_close_tells_nothing(plans_db: Database) -> None:
    (one,) = some = owed()
    await open_all(plans_db, new_id(), some)
    await forget(plans_db)
    with pytest.raises(RuntimeError, match="afterwards"):
        await _close_and_fail(plans_db, one)
    assert await emitted(plans_db) == []
    assert await close_one(plans_db, one) == 1


async def _close_and_fail(database: Database, one: NewObligation) -> None:
    async with database.transaction(CITY) as session:
        await close_obligations(session, OBLIGATIONS, ObligationKind.PROPOSE_PLAN, [one.subject_id], tenant_id=CITY)
        raise RuntimeError("afterwards")


async def test_the_ladder_reminds_escalates_hands_over_tells_the_office_and_lapses(
    plans_db: Database, clock: SetClock
) -> None:
    (one,) = some = owed()
    lapsed: list[UUID] = []
    await open_all(plans_db, new_id(), some)
    await forget(plans_db)

    async def lapse(_: AsyncSession, rows: Sequence[ObligationRow]) -> None:
        lapsed.extend(row.subject_id for row in rows)

    handled, due = await sweep(plans_db, OBLIGATIONS, {ObligationKind.PROPOSE_PLAN: lapse}, tenant_id=CITY)
    assert handled == 0
    while due is not None:
        clock.set(due)
        handled, due = await sweep(plans_db, OBLIGATIONS, {ObligationKind.PROPOSE_PLAN: lapse}, tenant_id=CITY)
        assert handled == 1
    items = [item for event in await emitted_of(plans_db, ObligationsStepped) for item in event.items]
    assert [(item.step, item.told_id, item.debtor_id) for item in items] == [
        (Step.REMIND, one.debtor_id, one.debtor_id),
        (Step.ESCALATE, one.superior_id, one.debtor_id),
        (Step.HAND_OVER, one.superior_id, one.superior_id),
        (Step.OFFICE, one.office_id, one.superior_id),
        (Step.LAPSE, one.superior_id, one.superior_id),
    ]
    assert [item.former_id for item in items] == [None, None, one.debtor_id, None, None]
    assert lapsed == [one.subject_id]
    (closed,) = await emitted_of(plans_db, ObligationsClosed)
    assert [(item.late, item.lapsed) for item in closed.items] == [(True, True)]
    assert len(await emitted_of(plans_db, PhaseCleared)) == 1


async def test_rungs_that_were_slept_through_are_climbed_in_order(plans_db: Database, clock: SetClock) -> None:
    await open_all(plans_db, new_id(), owed(5))
    clock.advance(days=30)
    assert await sweep(plans_db, OBLIGATIONS, {}, tenant_id=CITY) == (25, None)
    steps = [event.items[0].step for event in await emitted_of(plans_db, ObligationsStepped)]
    assert steps == [Step.REMIND, Step.ESCALATE, Step.HAND_OVER, Step.OFFICE, Step.LAPSE]


async def test_more_than_a_chunk_is_swept_to_the_end_however_many_rungs_are_due(
    plans_db: Database, clock: SetClock
) -> None:
    await open_all(plans_db, new_id(), owed(CHUNK + 5))
    clock.advance(days=30)
    assert await sweep(plans_db, OBLIGATIONS, {}, tenant_id=CITY) == (5 * (CHUNK + 5), None)
    steps: dict[UUID, list[Step]] = {}
    for event in await emitted_of(plans_db, ObligationsStepped):
        for item in event.items:
            steps.setdefault(item.id, []).append(item.step)
    assert set(map(tuple, steps.values())) == {(Step.REMIND, Step.ESCALATE, Step.HAND_OVER, Step.OFFICE, Step.LAPSE)}
    assert len(steps) == CHUNK + 5


async def test_every_rung_that_is_climbed_is_counted_for_its_service(plans_db: Database, clock: SetClock) -> None:
    def counted() -> float:
        return metrics.registry.get_sample_value("kinerja_obligations_stepped_total", {"service": "plans"}) or 0

    await open_all(plans_db, new_id(), owed(2))
    clock.advance(days=30)
    before = counted()
    handled, _ = await sweep(plans_db, OBLIGATIONS, {}, tenant_id=CITY)
    assert counted() - before == handled == 10
    await sweep(plans_db, OBLIGATIONS, {}, tenant_id=CITY)
    assert counted() - before == 10


async def test_two_sweeps_at_once_move_each_ladder_once(plans_db: Database, clock: SetClock) -> None:
    await open_all(plans_db, new_id(), owed(50))
    async with plans_db.transaction(CITY) as session:
        rows = (await session.scalars(select(ObligationRow))).all()
    clock.set(min(row.next_at for row in rows if row.next_at is not None))
    swept = await asyncio.gather(*(sweep(plans_db, OBLIGATIONS, {}, tenant_id=CITY) for _ in range(3)))
    assert sum(handled for handled, _ in swept) == 50
    items = [item for event in await emitted_of(plans_db, ObligationsStepped) for item in event.items]
    assert len({item.id for item in items}) == len(items) == 50


async def test_who_closes_in_time_is_not_reminded(plans_db: Database, clock: SetClock) -> None:
    (one,) = some = owed()
    await open_all(plans_db, new_id(), some)
    await close_one(plans_db, one)
    clock.advance(days=30)
    assert await sweep(plans_db, OBLIGATIONS, {}, tenant_id=CITY) == (0, None)
