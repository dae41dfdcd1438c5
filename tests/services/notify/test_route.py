"""From another service's outbox over a real broker to a person's inbox and to-do list."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from contracts.base import Phase, new_id
from contracts.obligations import Obligation, ObligationKind
from contracts.plans.obligations import ObligationsOpened
from contracts.plans.plans import PlanReturned
from kit import kafka as bus
from kit.db import Database
from kit.keyset import Window
from kit.outbox import emit
from kit.relay import Relay
from kit.settings import Settings
from services.notify import consumers
from services.notify.inbox import queries as inbox
from services.notify.todos.queries import todos
from tests.conftest import SettingsOf
from tests.support.people import Office, master_data, people

pytestmark = pytest.mark.connected


@pytest.fixture
def settings(settings_of: SettingsOf, notify_db: Database, kafka: str) -> Settings:
    return settings_of(notify_db).model_copy(update={"kafka": kafka})


@pytest.fixture
async def running(settings: Settings, notify_db: Database) -> AsyncIterator[None]:
    """Relay and consumers. The service's own outbox stands for those of the others: to the bus all are alike."""
    broker = bus.broker(settings, "notify")
    consumers.install(broker, notify_db)
    relay = asyncio.create_task(Relay("notify", settings).run())
    await broker.start()
    yield
    await broker.stop()
    relay.cancel()
    await asyncio.gather(relay, return_exceptions=True)


async def test_what_plans_tells_reaches_the_person(notify_db: Database, running: None) -> None:
    there = await people(notify_db, "dumai")  # an office to copy from: the city under test is told of it by events
    office = Office("16.71", there.policy, there.unit_id, there.sekda, there.head, there.section_head, there.staff)
    servant = office.staff[0]
    cycle_id, plan_id, now = new_id(), new_id(), notify_db.clock.now()
    obligation = Obligation(
        id=new_id(), kind=ObligationKind.PROPOSE_PLAN, subject_id=plan_id, debtor_id=servant, due_at=now, opened_at=now
    )
    async with notify_db.transaction("16.71") as session:
        for event in master_data(office):
            emit(session, event)
        emit(session, ObligationsOpened(tenant_id="16.71", cycle_id=cycle_id, phase=Phase.PLANNING, items=[obligation]))
        emit(
            session,
            PlanReturned(
                tenant_id="16.71",
                plan_id=plan_id,
                cycle_id=cycle_id,
                servant_id=servant,
                returned_by=office.section_head,
                reason="Target",
                round=1,
            ),
        )
    async with asyncio.timeout(60):
        notice_ids, todo_ids = await _arrived(notify_db, office)
    assert len(notice_ids) == 2  # that there is a plan to be made, and that it was returned
    assert todo_ids == [str(obligation.id)]


async def _arrived(database: Database, office: Office) -> tuple[list[str], list[str]]:
    """What lies in the servant's inbox and to-do list once both have something."""
    while True:
        async with database.transaction(office.tenant_id) as session:
            notices = (await inbox.inbox(session, office.staff[0], unread=False, window=Window())).items
            owed = (await todos.todo(session, office.staff[0], window=Window())).items
        if len(notices) > 1 and owed:
            return [str(notice.id) for notice in notices], [str(row[0].id) for row in owed]
        await asyncio.sleep(0.1)
