"""Obligations that were moved: the to-do list shows the new day and person, and people are told why."""

from datetime import timedelta
from itertools import permutations
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlmodel import col

from contracts.base import Event, Phase, new_id
from contracts.obligations import ClosedObligation, MoveCause, MovedObligation, Obligation, ObligationKind
from contracts.plans.obligations import ObligationsClosed, ObligationsMoved, ObligationsOpened
from kit.db import Database
from services.notify.notices.commands.notices import notify_moves
from services.notify.notices.models import Delivery, Notice
from services.notify.todos.commands import take_closed, take_moved, take_opened
from services.notify.todos.models import Todo
from tests.support import people
from tests.support.arriving import Command, arrive
from tests.support.clock import MONDAY
from tests.support.people import Office

pytestmark = pytest.mark.connected
CYCLE, DUTY = new_id(), new_id()
WAS, NOW = MONDAY + timedelta(days=10), MONDAY + timedelta(days=14)


def opened(office: Office) -> ObligationsOpened:
    item = Obligation(
        id=DUTY,
        kind=ObligationKind.ANSWER_PLAN,
        subject_id=new_id(),
        about_id=office.staff[0],
        debtor_id=office.section_head,
        due_at=WAS,
        opened_at=MONDAY,
    )
    return ObligationsOpened(tenant_id=office.tenant_id, cycle_id=CYCLE, phase=Phase.PLANNING, items=[item])


def closed(office: Office, debtor: UUID) -> ObligationsClosed:
    item = ClosedObligation(id=DUTY, kind=ObligationKind.ANSWER_PLAN, debtor_id=debtor, late=False)
    return ObligationsClosed(tenant_id=office.tenant_id, cycle_id=CYCLE, phase=Phase.PLANNING, items=[item])


def moved(office: Office, debtor: UUID, former: UUID | None) -> ObligationsMoved:
    item = MovedObligation(
        id=DUTY,
        kind=ObligationKind.ANSWER_PLAN,
        about_id=office.staff[0],
        debtor_id=debtor,
        former_id=former,
        due_at=NOW,
        was_due_at=WAS,
    )
    return ObligationsMoved(
        tenant_id=office.tenant_id,
        cycle_id=CYCLE,
        phase=Phase.PLANNING,
        cause=MoveCause.PERSONNEL,
        cause_id=new_id(),
        reason="Mutasi, SK 821/2026.",
        items=[item],
    )


async def notices(database: Database, office: Office) -> dict[tuple[UUID, str], Notice]:
    async with database.transaction(office.tenant_id) as session:
        found = (await session.scalars(select(Notice))).all()
    return {(one.person_id, one.template): one for one in found}


@pytest.mark.parametrize("late", [False, True])
async def test_the_list_of_the_successor_has_the_obligation_with_its_new_day(
    notify_db: Database, *, late: bool
) -> None:
    office = await people.people(notify_db)
    told: list[tuple[Event, Command]] = [
        (opened(office), take_opened),
        (moved(office, office.head, office.section_head), take_moved),
    ]
    for event, command in reversed(told) if late else told:
        await arrive(notify_db, event, command)
    async with notify_db.transaction(office.tenant_id) as session:
        todo = (await session.scalars(select(Todo).where(col(Todo.id) == DUTY))).one()
    assert (todo.debtor_id, todo.due_at, todo.handed_over, todo.state) == (office.head, NOW, True, "OPEN")
    assert todo.first_debtor_id == office.section_head


@pytest.mark.parametrize("order", list(permutations(range(3))))
async def test_opening_move_and_close_may_arrive_in_any_order(notify_db: Database, order: tuple[int, ...]) -> None:
    """They have different keys: one partition may be read ahead of the other."""
    office = await people.people(notify_db)
    told: list[tuple[Event, Command]] = [
        (opened(office), take_opened),
        (moved(office, office.head, office.section_head), take_moved),
        (closed(office, office.head), take_closed),
    ]
    for number in order:
        await arrive(notify_db, *told[number])
    async with notify_db.transaction(office.tenant_id) as session:
        todo = (await session.scalars(select(Todo).where(col(Todo.id) == DUTY))).one()
    assert (todo.debtor_id, todo.due_at, todo.handed_over, todo.state) == (office.head, NOW, True, "DONE")
    assert (todo.first_debtor_id, todo.opened_at, todo.late) == (office.section_head, MONDAY, False)


async def test_both_are_told_of_a_successor_and_why(notify_db: Database) -> None:
    office = await people.people(notify_db)
    await arrive(notify_db, moved(office, office.head, office.section_head), notify_moves)
    found = await notices(notify_db, office)
    assert set(found) == {(office.head, "obligations_moved"), (office.section_head, "obligations_passed_on")}
    assert "Mutasi, SK 821/2026." in found[office.head, "obligations_moved"].body
    assert "19 Januari 2026" in found[office.head, "obligations_moved"].body


async def mailed(database: Database, office: Office, person_id: UUID) -> list[str]:
    """The templates of what was mailed to a person."""
    same = (col(Notice.tenant_id) == col(Delivery.tenant_id)) & (col(Notice.id) == col(Delivery.notice_id))
    asked = select(col(Notice.template)).join(Delivery, same).where(col(Delivery.channel) == "EMAIL")
    async with database.transaction(office.tenant_id) as session:
        return list((await session.scalars(asked.where(col(Notice.person_id) == person_id))).all())


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (MoveCause.OUTAGE, "Gangguan sistem: Mutasi"),
        (MoveCause.PAUSE, "Siklus dijeda: Mutasi"),
        (MoveCause.EXTENSION, "Perpanjangan waktu: Mutasi"),
    ],
)
async def test_who_gets_more_time_reads_of_it_alone_and_gets_no_mail(
    notify_db: Database, cause: MoveCause, said: str
) -> None:
    office = await people.people(notify_db)
    event = moved(office, office.section_head, None).model_copy(update={"cause": cause})
    await arrive(notify_db, event, notify_moves)
    found = await notices(notify_db, office)
    assert set(found) == {(office.section_head, "obligations_postponed")}
    assert said in found[office.section_head, "obligations_postponed"].body
    assert await mailed(notify_db, office, office.section_head) == []


async def test_a_successor_gets_a_mail(notify_db: Database) -> None:
    office = await people.people(notify_db)
    await arrive(notify_db, moved(office, office.head, office.section_head), notify_moves)
    assert await mailed(notify_db, office, office.head) == ["obligations_moved"]


async def test_a_ladder_that_moves_again_on_the_same_days_is_no_news(notify_db: Database) -> None:
    office = await people.people(notify_db)
    event = moved(office, office.section_head, None)
    same = event.items[0].model_copy(update={"due_at": WAS})
    await arrive(notify_db, event.model_copy(update={"items": [same]}), notify_moves)
    assert await notices(notify_db, office) == {}
