"""People are told, once, in their language."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlmodel import col

from contracts.base import Phase, Predicate, Rating, new_id
from contracts.evaluation.results import ResultIssued
from contracts.feedback.development import DevelopmentProposed
from contracts.feedback.objections import Decision, ObjectionDecided, ObjectionOutcome
from contracts.integrations.endpoints import EndpointDisabled, GivenUp
from contracts.notify.notices import NoticeDelivered
from contracts.obligations import ObligationKind, Step, SteppedObligation
from contracts.plans.obligations import ObligationsStepped
from contracts.plans.plans import PlanProposed
from kit.db import Database
from kit.errors import NotReady
from services.notify.notices.commands.notices import notify, notify_steps
from services.notify.notices.models import Delivery, Notice
from tests.support.arriving import arrive
from tests.support.clock import SetClock
from tests.support.emitted import emitted
from tests.support.people import Cycle, Office, open_cycle, people

pytestmark = pytest.mark.connected


@pytest.fixture
async def office(notify_db: Database) -> Office:
    return await people(notify_db)


@pytest.fixture
async def cycle(notify_db: Database, office: Office) -> Cycle:
    return await open_cycle(notify_db, office)


def proposed(office: Office, cycle: Cycle) -> PlanProposed:
    return PlanProposed(
        tenant_id=office.tenant_id,
        plan_id=new_id(),
        cycle_id=cycle.id,
        servant_id=office.staff[0],
        rater_id=office.section_head,
        round=1,
        respond_by=SetClock().now() + timedelta(days=7),
    )


async def notices(database: Database, office: Office) -> list[Notice]:
    async with database.transaction(office.tenant_id) as session:
        return list((await session.scalars(select(Notice).order_by(col(Notice.id)))).all())


async def deliveries(database: Database, office: Office) -> list[tuple[str, str, str]]:
    async with database.transaction(office.tenant_id) as session:
        rows = (await session.scalars(select(Delivery).order_by(col(Delivery.id)))).all()
        return [(row.channel, row.state, row.address) for row in rows]


async def test_a_person_is_told_once_however_often_the_event_arrives(
    notify_db: Database, office: Office, cycle: Cycle
) -> None:
    event = proposed(office, cycle)
    cause = await arrive(notify_db, event, notify)
    await arrive(notify_db, event, notify, event_id=cause)
    (notice,) = await notices(notify_db, office)
    assert (notice.person_id, notice.template, notice.event_id) == (office.section_head, "plan_proposed", cause)
    assert notice.subject == "Rencana kinerja Pegawai 03 menunggu jawaban Anda"
    assert "Senin, 12 Januari 2026 pukul 09.00 WIB" in notice.body
    assert await deliveries(notify_db, office) == [
        ("INBOX", "SENT", str(office.section_head)),
        ("EMAIL", "PENDING", "pegawai02@example.go.id"),
    ]
    assert await emitted(notify_db) == []


async def test_even_a_lost_inbox_does_not_tell_twice(notify_db: Database, office: Office, cycle: Cycle) -> None:
    event, cause = proposed(office, cycle), new_id()
    for _ in range(2):
        async with notify_db.transaction(office.tenant_id) as session:
            session.info["situation"].cause = cause
            await notify(session, event)
    assert len(await notices(notify_db, office)) == 1
    assert len(await deliveries(notify_db, office)) == 2


async def test_an_issued_result_is_told_and_its_delivery_is_told_on(
    notify_db: Database, office: Office, cycle: Cycle, clock: SetClock
) -> None:
    servant = office.staff[1]  # reads English
    event = ResultIssued(
        tenant_id=office.tenant_id,
        appraisal_id=cycle.appraisals[servant],
        cycle_id=cycle.id,
        servant_id=servant,
        result_id=new_id(),
        version=2,
        rater_id=office.section_head,
        authority_id=office.head,
        result_rating=Rating.MEETS,
        behaviour_rating=Rating.ABOVE,
        predicate=Predicate.GOOD,
        local_score=Decimal(91),
        local_band="GOOD",
        criteria={},
        final_without_objection=False,
        issued_at=clock.now(),
        issued_by=office.head,
        by_superior=True,
        reason="After the objection",
    )
    cause = await arrive(notify_db, event, notify)
    (notice,) = await notices(notify_db, office)
    assert notice.subject == "Your result: good"
    assert "(version 2)" in notice.body
    assert "Reason: After the objection" in notice.body
    assert await emitted(notify_db) == [
        NoticeDelivered(
            tenant_id=office.tenant_id,
            notice_id=notice.id,
            person_id=servant,
            about_event=cause,
            about_type=ResultIssued.ce_type(),
            about_id=event.result_id,
            delivered_at=clock.now(),
        )
    ]


async def test_a_decided_objection_is_told_to_both_sides(notify_db: Database, office: Office, cycle: Cycle) -> None:
    servant = office.staff[0]
    event = ObjectionDecided(
        tenant_id=office.tenant_id,
        cycle_id=cycle.id,
        servant_id=servant,
        objection_id=new_id(),
        appraisal_id=cycle.appraisals[servant],
        result_id=new_id(),
        authority_id=office.head,
        decision=Decision(outcome=ObjectionOutcome.UPHELD, reason="Bukti tidak cukup"),
    )
    await arrive(notify_db, event, notify)
    assert {notice.person_id for notice in await notices(notify_db, office)} == {servant, office.section_head}
    assert {event.person_id for event in await emitted(notify_db) if isinstance(event, NoticeDelivered)} == {
        servant,
        office.section_head,
    }


async def test_who_has_no_rater_is_looked_after_by_the_office(
    notify_db: Database, office: Office, cycle: Cycle
) -> None:
    for servant in (office.sekda, office.staff[0]):
        event = DevelopmentProposed(
            tenant_id=office.tenant_id, cycle_id=cycle.id, servant_id=servant, action_id=new_id(), reason="< 90"
        )
        await arrive(notify_db, event, notify)
    assert [notice.person_id for notice in await notices(notify_db, office)] == [office.office, office.section_head]


async def test_an_event_that_overtakes_the_registry_waits_for_it(
    notify_db: Database, office: Office, cycle: Cycle
) -> None:
    event = proposed(office, cycle)
    stranger = event.model_copy(update={"rater_id": new_id()})
    with pytest.raises(NotReady):
        await arrive(notify_db, stranger, notify)
    await arrive(notify_db, event, notify)
    assert len(await notices(notify_db, office)) == 1


async def test_hundreds_of_steps_in_one_event_are_stored_in_a_few_statements(
    notify_db: Database, office: Office, cycle: Cycle
) -> None:
    items = [
        SteppedObligation(
            id=new_id(),
            kind=ObligationKind.ASSESS,
            step=Step.HAND_OVER if number % 2 else Step.REMIND,
            debtor_id=office.head if number % 2 else office.section_head,
            told_id=office.head if number % 2 else office.section_head,
            former_id=office.section_head if number % 2 else None,
            about_id=office.staff[number % 5],
            due_at=SetClock().now(),
            rung=1,
        )
        for number in range(400)
    ]
    event = ObligationsStepped(tenant_id=office.tenant_id, cycle_id=cycle.id, phase=Phase.EVALUATION, items=items)
    await arrive(notify_db, event, notify_steps)
    stored = {(notice.person_id, notice.template): notice for notice in await notices(notify_db, office)}
    assert set(stored) == {
        (office.section_head, "reminder"),
        (office.head, "handover_received"),
        (office.section_head, "handover_given"),
    }
    assert "Nilai kinerja pegawai (Pegawai 03) - Pegawai 02" in stored[office.head, "handover_received"].body


async def test_the_office_hears_of_a_machine_that_is_told_nothing_any_more(notify_db: Database, office: Office) -> None:
    since = notify_db.clock.now() - timedelta(days=5)
    event = EndpointDisabled(
        tenant_id=office.tenant_id,
        endpoint_id=new_id(),
        owner_id=new_id(),
        host="gaji.example.go.id",
        reason_code=GivenUp.FAILING,
        failing_since=since,
    )
    await arrive(notify_db, event, notify)
    [notice] = await notices(notify_db, office)
    assert notice.person_id == office.office
    assert "gaji.example.go.id" in notice.subject
