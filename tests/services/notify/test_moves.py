"""Duties that were moved: the to-do list shows the new day and person, and people are told why."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlmodel import col

from contracts.base import Event, Phase, new_id
from contracts.obligations import Duty, MoveCause, MovedObligation, Obligation
from contracts.plans import ObligationsMoved, ObligationsOpened
from kit.db import Database
from services.notify.commands.telling import tell_moves
from services.notify.commands.todos import take_moved, take_opened
from services.notify.models import Notice, Todo
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
        kind=Duty.ANSWER_PLAN,
        subject_id=new_id(),
        about_id=office.staff[0],
        debtor_id=office.section_head,
        due_at=WAS,
        opened_at=MONDAY,
    )
    return ObligationsOpened(tenant_id=office.tenant_id, cycle_id=CYCLE, phase=Phase.PLANNING, items=[item])


def moved(office: Office, debtor: UUID, former: UUID | None) -> ObligationsMoved:
    item = MovedObligation(
        id=DUTY,
        kind=Duty.ANSWER_PLAN,
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
async def test_the_list_of_the_successor_has_the_duty_with_its_new_day(notify_db: Database, *, late: bool) -> None:
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


async def test_both_are_told_of_a_successor_and_why(notify_db: Database) -> None:
    office = await people.people(notify_db)
    await arrive(notify_db, moved(office, office.head, office.section_head), tell_moves)
    found = await notices(notify_db, office)
    assert set(found) == {(office.head, "duties_moved"), (office.section_head, "duties_passed_on")}
    assert "Mutasi, SK 821/2026." in found[office.head, "duties_moved"].body
    assert "19 Januari 2026" in found[office.head, "duties_moved"].body


async def test_who_gets_more_time_is_told_alone(notify_db: Database) -> None:
    office = await people.people(notify_db)
    await arrive(notify_db, moved(office, office.section_head, None), tell_moves)
    assert set(await notices(notify_db, office)) == {(office.section_head, "duties_moved")}
