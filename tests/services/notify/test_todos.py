"""The read model of obligations, in whatever order it is fed."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlmodel import col

from contracts.base import Event, Phase, new_id
from contracts.obligations import ClosedObligation, Obligation, ObligationKind, Step, SteppedObligation
from contracts.plans.obligations import ObligationsClosed, ObligationsOpened, ObligationsStepped
from kit.cursors import pack
from kit.db import Database
from kit.keyset import Window
from services.notify.todos.commands import take_closed, take_opened, take_stepped
from services.notify.todos.models import Todo
from services.notify.todos.queries import todos
from tests.support.arriving import arrive
from tests.support.clock import MONDAY

pytestmark = pytest.mark.connected

CITY, CYCLE, DUE = "16.71", new_id(), MONDAY + timedelta(days=10)
ANI, BUDI = new_id(), new_id()

Told = tuple[Event, Callable[..., Awaitable[Any]]]


def opened(*ids: UUID, debtor: UUID = ANI, due: datetime = DUE) -> Told:
    items = [
        Obligation(
            id=one,
            kind=ObligationKind.PROPOSE_PLAN,
            subject_id=one,
            about_id=debtor,
            debtor_id=debtor,
            superior_id=BUDI,
            due_at=due,
            opened_at=MONDAY,
        )
        for one in ids
    ]
    return ObligationsOpened(tenant_id=CITY, cycle_id=CYCLE, phase=Phase.PLANNING, items=items), take_opened


def stepped(one: UUID, step: Step) -> Told:
    item = SteppedObligation(
        id=one,
        kind=ObligationKind.PROPOSE_PLAN,
        step=step,
        debtor_id=BUDI if step is Step.HAND_OVER else ANI,
        told_id=BUDI,
        former_id=ANI if step is Step.HAND_OVER else None,
        about_id=ANI,
        due_at=DUE,
        rung=1,
    )
    return ObligationsStepped(tenant_id=CITY, cycle_id=CYCLE, phase=Phase.PLANNING, items=[item]), take_stepped


def closed(one: UUID, *, debtor: UUID = ANI, late: bool = False, lapsed: bool = False) -> Told:
    item = ClosedObligation(id=one, kind=ObligationKind.PROPOSE_PLAN, debtor_id=debtor, late=late, lapsed=lapsed)
    return ObligationsClosed(tenant_id=CITY, cycle_id=CYCLE, phase=Phase.PLANNING, items=[item]), take_closed


async def rows(database: Database) -> dict[UUID, Todo]:
    async with database.transaction(CITY) as session:
        return {row.id: row for row in (await session.scalars(select(Todo).order_by(col(Todo.seq)))).all()}


async def test_the_order_of_arrival_does_not_matter(notify_db: Database) -> None:
    orders = list(permutations(range(4)))
    ids = [new_id() for _ in orders]
    for one, order in zip(ids, orders, strict=True):
        told = [
            opened(one),
            stepped(one, Step.REMIND),
            stepped(one, Step.HAND_OVER),
            closed(one, debtor=BUDI, late=True),
        ]
        for number in order:
            await arrive(notify_db, *told[number])
    found = await rows(notify_db)
    ends = {tuple(row.model_dump(exclude={"id", "seq", "subject_id"}).values()) for row in found.values()}
    assert len(found) == len(orders)
    assert len(ends) == 1
    row = found[ids[0]]
    assert (row.state, row.late, row.handed_over, row.reminders, row.escalations) == ("DONE", True, True, 1, 0)
    assert (row.debtor_id, row.first_debtor_id, row.service, row.due_at) == (BUDI, ANI, "plans", DUE)


async def test_an_obligation_that_lapsed_stays_lapsed(notify_db: Database) -> None:
    one = new_id()
    await arrive(notify_db, *closed(one, lapsed=True))
    await arrive(notify_db, *opened(one))
    await arrive(notify_db, *closed(one))
    assert (await rows(notify_db))[one].state == "LAPSED"


async def test_what_is_closed_leaves_the_to_do_list_and_stays_in_the_feed(notify_db: Database) -> None:
    one, two = new_id(), new_id()
    await arrive(notify_db, *opened(one, two))
    async with notify_db.transaction(CITY) as session:
        before = await todos.obligations(session, cycle_id=CYCLE, window=Window())
    await arrive(notify_db, *closed(one))
    async with notify_db.transaction(CITY) as session:
        assert [row[0].id for row in (await todos.todo(session, ANI, window=Window())).items] == [two]
        since = Window(pack((before.items[-1].seq,)))
        (changed,) = (await todos.obligations(session, cycle_id=None, window=since)).items
    assert (changed.id, changed.state) == (one, "DONE")


async def test_who_reads_on_from_the_last_number_misses_nothing_of_concurrent_writers(notify_db: Database) -> None:
    expected = [new_id() for _ in range(60)]
    seen: list[UUID] = []

    async def write(one: UUID) -> None:
        await arrive(notify_db, *opened(one))

    async def read() -> None:
        window = Window(limit=10)
        while len(seen) < len(expected):
            async with notify_db.transaction(CITY) as session:
                page = (await todos.obligations(session, cycle_id=None, window=window)).items
            seen.extend(row.id for row in page)
            window = Window(pack((page[-1].seq,)), limit=10) if page else window
            await asyncio.sleep(0)

    async with asyncio.timeout(20):
        await asyncio.gather(read(), *(write(one) for one in expected))
    assert sorted(seen) == sorted(expected)
