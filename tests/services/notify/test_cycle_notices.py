"""What happens to a whole cycle, or to who leads whom, reaches everybody whom it concerns, once and with as little mail."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlmodel import col

from contracts.base import Event, Phase, Role, new_id
from contracts.evaluation.cycles import CycleOpened, Member, MembersEnrolled, PhaseOpened
from contracts.evaluation.interventions import CyclePaused
from contracts.feedback.support import CoachingAsked, CoachingKind
from contracts.registry.personnel import ChangeKind, PersonnelChanged, RelationChange, Status
from contracts.registry.servants import ServantRecorded
from directory import take
from kit.db import Database
from services.notify.notices.commands.notices import notify, notify_joined
from services.notify.notices.models import Delivery, Notice
from tests.support.arriving import Command, arrive
from tests.support.people import Cycle, Office, master_data, open_cycle, people

pytestmark = pytest.mark.connected


@pytest.fixture
async def office(notify_db: Database) -> Office:
    return await people(notify_db)


@pytest.fixture
async def cycle(notify_db: Database, office: Office) -> Cycle:
    return await open_cycle(notify_db, office)


async def told(database: Database, event: Event, *commands: Command) -> dict[tuple[UUID, str], Notice]:
    """The notices that an event which arrives twice leaves."""
    cause = await arrive(database, event, *commands)
    await arrive(database, event, *commands, event_id=cause)
    async with database.transaction(event.tenant_id) as session:
        found = (await session.scalars(select(Notice).where(col(Notice.event_id) == cause))).all()
    assert len({(one.person_id, one.template) for one in found}) == len(found)
    return {(one.person_id, one.template): one for one in found}


async def mailed(database: Database, office: Office) -> set[tuple[UUID, str]]:
    same = (col(Notice.tenant_id) == col(Delivery.tenant_id)) & (col(Notice.id) == col(Delivery.notice_id))
    asked = select(col(Notice.person_id), col(Notice.template)).join(Delivery, same)
    async with database.transaction(office.tenant_id) as session:
        rows = await session.execute(asked.where(col(Delivery.channel) == "EMAIL"))
        return {(row.person_id, row.template) for row in rows}


async def test_everybody_in_a_cycle_hears_that_it_is_paused(notify_db: Database, office: Office, cycle: Cycle) -> None:
    event = CyclePaused(
        tenant_id=office.tenant_id,
        cycle_id=cycle.id,
        paused_at=notify_db.clock.now(),
        paused_by=office.office,
        reason="Banjir: kantor ditutup.",
    )
    found = await told(notify_db, event, notify)
    assert set(found) == {(one, "cycle_paused") for one in office.everyone}
    notice = found[office.staff[0], "cycle_paused"]
    assert notice.subject == "Siklus penilaian dijeda: Semester I 2026"
    assert "Alasan: Banjir: kantor ditutup." in notice.body
    assert await mailed(notify_db, office) == set(found)


async def test_the_office_hears_of_a_pause_by_operations_though_it_takes_no_part(
    notify_db: Database, office: Office
) -> None:
    event = CyclePaused(
        tenant_id=office.tenant_id,
        cycle_id=new_id(),
        paused_at=notify_db.clock.now(),
        paused_by=office.holders[Role.OPERATIONS],
        reason="Pusat data padam",
    )
    assert set(await told(notify_db, event, notify)) == {(office.office, "cycle_paused")}


async def test_the_office_hears_that_a_cycle_opened(notify_db: Database, office: Office) -> None:
    event = CycleOpened(
        tenant_id=office.tenant_id,
        cycle_id=new_id(),
        scope=office.policy.scope,
        name="Semester II 2026",
        period_start=date(2026, 7, 1),
        period_end=date(2026, 12, 31),
        months=6,
        policy=office.policy,
        calendar_version=1,
    )
    found = await told(notify_db, event, notify)
    assert set(found) == {(office.office, "cycle_opened")}
    assert "periode 1 Juli 2026 sampai 31 Desember 2026" in found[office.office, "cycle_opened"].body


@pytest.mark.parametrize("late", [False, True])
async def test_who_joins_a_cycle_hears_of_it_and_the_rater_too_where_it_runs_already(
    notify_db: Database, office: Office, cycle: Cycle, *, late: bool
) -> None:
    newcomer = new_id()
    servant = next(one for one in master_data(office) if isinstance(one, ServantRecorded) and one.rater_id is not None)
    recorded = servant.model_copy(update={"servant_id": newcomer, "name": "Pegawai Baru", "roles": ()})
    async with notify_db.transaction(office.tenant_id) as session:
        await take.take_master_data(session, [recorded])
        if late:
            now = notify_db.clock.now()
            opened = PhaseOpened(
                tenant_id=office.tenant_id, cycle_id=cycle.id, phase=Phase.PLANNING, opened_at=now, due_at=now
            )
            await take.take_phase(session, opened)
    member = Member(
        appraisal_id=new_id(),
        servant_id=newcomer,
        unit_id=office.unit_id,
        rater_id=office.section_head,
        authority_id=office.head,
        is_head=False,
    )
    event = MembersEnrolled(tenant_id=office.tenant_id, cycle_id=cycle.id, members=(member,))
    found = await told(notify_db, event, take.take_members, notify_joined)
    expected = {(newcomer, "cycle_joined"), (office.section_head, "cycle_joined_rater")}
    assert set(found) == (expected if late else {(newcomer, "cycle_begins")})
    if late:
        assert "- Pegawai Baru" in found[office.section_head, "cycle_joined_rater"].body
        assert await mailed(notify_db, office) == {(newcomer, "cycle_joined")}


async def test_one_person_may_get_a_mail_about_one_thing_and_a_notice_about_another(
    notify_db: Database, office: Office
) -> None:
    """The head rates the section head's people now, and not the section head any more."""
    unit: dict[str, Any] = {"unit_id": office.unit_id, "former_unit_id": office.unit_id, "is_head": False}
    relations = tuple(
        RelationChange(
            servant_id=servant,
            rater_id=rater,
            authority_id=None,
            former_rater_id=former,
            former_authority_id=None,
            **unit,
        )
        for servant, rater, former in (
            (office.staff[0], office.head, office.section_head),
            (office.section_head, office.sekda, office.head),
        )
    )
    event = PersonnelChanged(
        tenant_id=office.tenant_id,
        change_id=new_id(),
        servant_id=office.staff[0],
        kind=ChangeKind.CORRECTION,
        effective_on=date(2026, 5, 4),
        reason="Data keliru",
        status=Status.ACTIVE,
        unit_id=office.unit_id,
        recorded_by=office.office,
        relations=relations,
    )
    found = await told(notify_db, event, notify)
    both = {(office.head, "people_received"), (office.head, "people_passed")}
    assert both <= set(found)
    assert both & await mailed(notify_db, office) == {(office.head, "people_received")}


async def test_no_mail_tells_that_somebody_is_counselled(notify_db: Database, office: Office, cycle: Cycle) -> None:
    event = CoachingAsked(
        tenant_id=office.tenant_id,
        cycle_id=cycle.id,
        servant_id=office.staff[0],
        coaching_id=new_id(),
        coach_id=office.panel[0],
        kind=CoachingKind.COUNSELLING,
    )
    found = await told(notify_db, event, notify)
    assert set(found) == {(office.panel[0], "coaching_asked"), (office.staff[0], "coaching_planned")}
    assert await mailed(notify_db, office) == {(office.panel[0], "coaching_asked")}
    notice = found[office.panel[0], "coaching_asked"]
    assert "Pegawai" not in notice.subject + notice.body
