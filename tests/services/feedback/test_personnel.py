"""Transfers and absences in the middle of a cycle: what is owed about people goes to others."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlmodel import col

from contracts.base import Phase, new_id
from contracts.evaluation.cycles import ChangedMember, MembersChanged
from contracts.obligations import ObligationKind
from contracts.registry.personnel import ChangeKind, PersonnelChanged, RelationChange, Status
from directory import take
from kit.db import Database
from obligations.rows import ObligationRow
from services.feedback.cycles.commands import personnel
from tests.conftest import ClientOf
from tests.services.feedback.scene import Scene, scene
from tests.support.arriving import arrive
from tests.support.clock import SetClock

pytestmark = pytest.mark.connected


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    return await scene(feedback_db, client_of)


async def hearing(here: Scene) -> Any:
    """An objection of the servant about which both sides were asked."""
    body = {"result_id": str(await here.receive(here.ani)), "grounds": "triwulan kedua hilang", "items": []}
    objection = await here.post(here.ani, "/objections", body | {"items": ["result_rating"]})
    await here.does.open_hearing(here.about(objection))
    return objection


async def open_obligations(here: Scene, kind: ObligationKind, about: UUID) -> list[ObligationRow]:
    async with here.database.transaction(here.office.tenant_id) as session:
        looking = select(ObligationRow).where(
            col(ObligationRow.kind) == kind.value,
            col(ObligationRow.about_id) == about,
            col(ObligationRow.state) == "OPEN",
        )
        return list((await session.scalars(looking.order_by(col(ObligationRow.debtor_id)))).all())


async def moved(here: Scene, rater: UUID, **more: Any) -> None:
    """Evaluation emits that the servant has another rater in this cycle."""
    member = ChangedMember(
        appraisal_id=here.cycle.appraisals[here.ani],
        servant_id=here.ani,
        unit_id=here.office.unit_id,
        rater_id=rater,
        authority_id=here.office.sekda,
        is_head=False,
        former_unit_id=here.office.unit_id,
        former_rater_id=here.rater,
        former_authority_id=here.authority,
        **more,
    )
    event = MembersChanged(
        tenant_id=here.office.tenant_id,
        cycle_id=here.cycle.id,
        change_id=new_id(),
        kind=ChangeKind.TRANSFER,
        effective_on=date(2026, 1, 12),
        reason="SK 821/2026",
        members=(member,),
    )
    await arrive(here.database, event, take.take_changes, personnel.follow_members)


def left(here: Scene, person: UUID, *relations: RelationChange) -> PersonnelChanged:
    return PersonnelChanged(
        tenant_id=here.office.tenant_id,
        change_id=new_id(),
        servant_id=person,
        kind=ChangeKind.STATUS,
        effective_on=date(2026, 1, 12),
        reason="Wafat",
        status=Status.DIED,
        unit_id=here.office.unit_id,
        recorded_by=here.office.office,
        relations=relations,
    )


async def test_feedback_is_owed_by_the_new_rater(here: Scene) -> None:
    await here.does.open_phase(here.phase(Phase.EXECUTION))
    [before] = await open_obligations(here, ObligationKind.GIVE_FEEDBACK, here.ani)
    await moved(here, here.authority)
    [after] = await open_obligations(here, ObligationKind.GIVE_FEEDBACK, here.ani)
    assert (before.debtor_id, after.debtor_id, after.superior_id) == (here.rater, here.authority, here.office.sekda)
    await here.does.open_phase(here.phase(Phase.EXECUTION))
    assert len(await open_obligations(here, ObligationKind.GIVE_FEEDBACK, here.ani)) == 1


async def test_a_hearing_that_has_begun_keeps_its_parties_and_limits(here: Scene) -> None:
    await hearing(here)
    before = await open_obligations(here, ObligationKind.GIVE_STATEMENT, here.ani)
    await moved(here, here.authority)
    after = await open_obligations(here, ObligationKind.GIVE_STATEMENT, here.ani)
    assert [(one.debtor_id, one.due_at) for one in after] == [(one.debtor_id, one.due_at) for one in before]


async def test_who_died_owes_no_statement_and_the_next_authority_decides(here: Scene, clock: SetClock) -> None:
    objection = await hearing(here)
    await arrive(here.database, left(here, here.rater), personnel.pass_on_obligations)
    debtors = {one.debtor_id for one in await open_obligations(here, ObligationKind.GIVE_STATEMENT, here.ani)}
    assert debtors == {here.ani}
    await here.post(here.ani, f"/objections/{objection['id']}/statements", {"text": "Capaian saya di atas target"})
    clock.set(datetime.fromisoformat(objection["statements_by"]) + timedelta(seconds=1))
    await here.does.end_hearing(here.about(objection))
    [owed] = await open_obligations(here, ObligationKind.DECIDE_OBJECTION, here.ani)
    assert owed.debtor_id == here.authority
    await arrive(here.database, left(here, here.authority), personnel.pass_on_obligations)
    [passed] = await open_obligations(here, ObligationKind.DECIDE_OBJECTION, here.ani)
    assert (passed.debtor_id, passed.due_at) == (here.office.office, owed.due_at)
    async with here.database.transaction(here.office.tenant_id) as session:
        authority_id = (await session.execute(text("select authority_id from objections"))).scalar_one()
    assert authority_id == here.office.office


async def test_of_a_change_told_in_pieces_each_moves_what_is_owed_about_the_people_it_names(here: Scene) -> None:
    """The office gets only what nobody else is named for, and that with the last piece."""
    await here.does.open_phase(here.phase(Phase.EXECUTION))
    one, other, third = here.office.staff[:3]
    whole = left(here, here.rater, relation(here, one, here.authority), relation(here, other, here.office.sekda))
    first = whole.model_copy(update={"relations": whole.relations[:1], "more": True})
    last = whole.model_copy(update={"relations": whole.relations[1:]})

    async def owed() -> list[UUID]:
        found = [await open_obligations(here, ObligationKind.GIVE_FEEDBACK, about) for about in (one, other, third)]
        return [row.debtor_id for [row] in found]

    await arrive(here.database, first, personnel.pass_on_obligations)
    assert await owed() == [here.authority, here.rater, here.rater]
    await arrive(here.database, last, personnel.pass_on_obligations)
    assert await owed() == [here.authority, here.office.sekda, here.office.office]


def relation(here: Scene, servant: UUID, rater: UUID) -> RelationChange:
    return RelationChange(
        servant_id=servant,
        unit_id=here.office.unit_id,
        rater_id=rater,
        authority_id=here.office.sekda,
        is_head=False,
        former_unit_id=here.office.unit_id,
        former_rater_id=here.rater,
        former_authority_id=here.authority,
    )


async def test_who_has_left_reads_no_standard_any_more(here: Scene) -> None:
    await here.does.open_phase(here.phase(Phase.PREPARATION))
    assert len(await open_obligations(here, ObligationKind.ACKNOWLEDGE_STANDARD, here.ani)) == 1
    await moved(here, here.rater, ended_on=date(2026, 1, 11))
    assert await open_obligations(here, ObligationKind.ACKNOWLEDGE_STANDARD, here.ani) == []
