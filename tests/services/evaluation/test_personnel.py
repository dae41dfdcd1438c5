"""Transfers and absences in the middle of a cycle: who evaluates, who owes, and what ends."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from contracts.base import Phase, new_id
from contracts.evaluation.activities import CycleAsk
from contracts.evaluation.cycles import MembersChanged
from contracts.evaluation.obligations import ObligationsMoved
from contracts.evaluation.results import ResultReceived
from contracts.obligations import MoveCause
from contracts.registry.personnel import ChangeKind, PersonnelChanged, RelationChange, Status
from contracts.registry.servants import ServantRecorded
from directory import take
from kit.db import Database
from services.evaluation.appraisals.commands import personnel
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating, scene
from tests.support import people
from tests.support.arriving import arrive
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of, forget

pytestmark = pytest.mark.connected


def relation(here: Scene, servant: UUID, rater: UUID | None, authority: UUID | None) -> RelationChange:
    return RelationChange(
        servant_id=servant,
        unit_id=here.office.unit_id,
        rater_id=rater,
        authority_id=authority,
        is_head=False,
        former_unit_id=here.office.unit_id,
        former_rater_id=here.office.rater(servant),
        former_authority_id=here.office.authority(servant),
    )


def changed(
    here: Scene, servant: UUID, kind: ChangeKind, *relations: RelationChange, status: Status = Status.ACTIVE
) -> PersonnelChanged:
    return PersonnelChanged(
        tenant_id=here.tenant_id,
        change_id=new_id(),
        servant_id=servant,
        kind=kind,
        effective_on=here.now().date(),
        reason="SK 821/2026",
        status=status,
        unit_id=here.office.unit_id,
        recorded_by=here.office.office,
        relations=relations,
    )


async def recorded(here: Scene, servant: UUID, status: Status) -> None:
    """The registry's master data tell the status as well."""
    of_office = people.master_data(here.office)
    event = next(one for one in of_office if isinstance(one, ServantRecorded) and one.servant_id == servant)
    news = event.model_copy(update={"revision": 2, "status": status})
    async with here.database.transaction(here.tenant_id) as session:
        await take.take_master_data(session, [news])


async def open_obligations(here: Scene, kind: str, about: UUID) -> list[dict[str, Any]]:
    return [row for row in await here.obligations(kind, about) if row["state"] == "OPEN"]


async def test_a_transferred_servant_is_evaluated_by_the_new_rater_with_time_enough(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 L IV.A: the new rater evaluates who moved."""
    here = await evaluating(evaluation_db, client_of, clock)
    [before] = await open_obligations(here, "ASSESS", here.ani)
    clock.advance(days=7)
    await forget(evaluation_db)
    new, above = here.office.head, here.office.sekda
    await arrive(
        evaluation_db,
        changed(here, here.ani, ChangeKind.TRANSFER, relation(here, here.ani, new, above)),
        personnel.take,
    )
    [after] = await open_obligations(here, "ASSESS", here.ani)
    assert (after["debtor_id"], after["superior_id"], after["id"]) == (new, above, before["id"])
    assert after["due_at"] == here.office_days(23, since=here.now()) > before["due_at"]
    [moved] = await emitted_of(evaluation_db, ObligationsMoved)
    [item] = moved.items
    assert (moved.cause, item.former_id, item.debtor_id) == (MoveCause.PERSONNEL, here.rater, new)
    [told] = await emitted_of(evaluation_db, MembersChanged)
    assert [(one.servant_id, one.rater_id, one.former_rater_id) for one in told.members] == [
        (here.ani, new, here.rater)
    ]
    await here.plan(here.ani)
    await here.assess(here.ani, here.rater, status=403)
    await here.assess(here.ani, new)
    await here.lead(Phase.DISCLOSURE)
    await here.issue(here.ani, new)
    [result] = await here.results(here.ani)
    assert result["by_superior"] is False


async def test_a_rater_who_moved_in_the_window_evaluates_the_old_unit_and_outside_does_not(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 L IV.A: a rater who moved."""
    here = await scene(evaluation_db, client_of, clock)
    await here.lead(Phase.PREPARATION)
    one, other = here.office.staff[:2]
    new = here.office.head
    event = changed(here, here.rater, ChangeKind.TRANSFER, relation(here, one, new, here.office.sekda))
    await arrive(evaluation_db, event, personnel.take)
    assert (await here.read(one))["rater_id"] == str(new)
    inside = await evaluating_on(here)
    event = changed(inside, inside.rater, ChangeKind.TRANSFER, relation(inside, other, new, inside.office.sekda))
    await arrive(evaluation_db, event, personnel.take)
    assert (await inside.read(other))["rater_id"] == str(inside.rater)
    [obligation] = await open_obligations(inside, "ASSESS", other)
    assert obligation["debtor_id"] == inside.rater


async def evaluating_on(here: Scene) -> Scene:
    """Lead the cycle into its evaluation."""
    await here.end(Phase.PREPARATION)
    await here.through(Phase.PLANNING)
    await here.lead(Phase.EXECUTION)
    here.clock.set(here.now().replace(month=7, day=1))
    await here.end(Phase.EXECUTION)
    await here.lead(Phase.EVALUATION)
    return here


async def test_an_absent_rater_is_replaced_even_for_the_signature(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await here.provisional(here.ani)
    await here.lead(Phase.DISCLOSURE)
    [before] = await open_obligations(here, "ISSUE_RESULT", here.ani)
    assert before["debtor_id"] == here.rater
    new, above = here.office.head, here.office.sekda
    event = changed(here, here.rater, ChangeKind.STATUS, relation(here, here.ani, new, above), status=Status.DIED)
    await arrive(evaluation_db, event, personnel.take)
    [after] = await open_obligations(here, "ISSUE_RESULT", here.ani)
    assert after["debtor_id"] == new
    assert [
        row for row in await here.obligations("ASSESS") if row["state"] == "OPEN" and row["debtor_id"] == here.rater
    ] == []
    await here.issue(here.ani, new)
    assert len(await here.results(here.ani)) == 1


async def test_who_died_is_evaluated_for_the_part_and_needs_no_receipt(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    event = changed(here, here.ani, ChangeKind.STATUS, status=Status.DIED)
    event = event.model_copy(update={"effective_on": date(2026, 5, 4)})
    await recorded(here, here.ani, Status.DIED)
    await arrive(evaluation_db, event, personnel.take)
    [told] = await emitted_of(evaluation_db, MembersChanged)
    assert [one.ended_on for one in told.members] == [date(2026, 5, 3)]
    await here.provisional(here.ani)
    await here.lead(Phase.DISCLOSURE)
    await here.issue(here.ani, here.rater)
    await here.deliver(here.ani)
    assert await open_obligations(here, "ACKNOWLEDGE_RESULT", here.ani) == []
    [received] = await emitted_of(evaluation_db, ResultReceived)
    assert received.deemed


async def test_the_obligation_to_acknowledge_ends_with_who_leaves_and_the_receipt_is_deemed(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await here.provisional(here.ani)
    await here.lead(Phase.DISCLOSURE)
    await here.issue(here.ani, here.rater)
    await here.deliver(here.ani)
    suspended = changed(here, here.ani, ChangeKind.STATUS, status=Status.SUSPENDED)
    await arrive(evaluation_db, suspended, personnel.take)
    assert len(await open_obligations(here, "ACKNOWLEDGE_RESULT", here.ani)) == 1  # a right of the suspended as well
    await arrive(evaluation_db, changed(here, here.ani, ChangeKind.STATUS, status=Status.RETIRED), personnel.take)
    assert await open_obligations(here, "ACKNOWLEDGE_RESULT", here.ani) == []
    assert (await here.read(here.ani))["state"] == "RECEIVED"


async def test_a_colleague_who_leaves_holds_nobody_up(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """But nobody's result comes at that moment, which everybody knows: it would show whom the colleague was to assess."""
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    for servant in here.office.staff:
        await here.plan(servant)
        await here.assess(servant, here.rater)
    leaving, *_ = await here.peers(here.ani)
    for row in await here.obligations("ASSESS_PEER"):
        if row["debtor_id"] != leaving:
            await here.assess_as_peer(row["about_id"], row["debtor_id"])
    await arrive(evaluation_db, changed(here, leaving, ChangeKind.STATUS, status=Status.MOVED_AWAY), personnel.take)
    assert {row["state"] for row in await here.obligations("ASSESS_PEER")} == {"DONE", "CANCELLED"}
    assert {(await here.read(one))["state"] for one in here.office.staff} == {"OPEN"}
    await here.sweep()
    assert {(await here.read(one))["state"] for one in here.office.staff} == {"PROVISIONAL"}


async def test_the_same_change_twice_changes_nothing_a_second_time(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    event = changed(here, here.ani, ChangeKind.TRANSFER, relation(here, here.ani, here.office.head, here.office.sekda))
    await arrive(evaluation_db, event, personnel.take)
    await forget(evaluation_db)
    await arrive(evaluation_db, event, personnel.take)
    assert await emitted_of(evaluation_db, MembersChanged) == []
    assert await emitted_of(evaluation_db, ObligationsMoved) == []


async def test_whoever_is_not_covered_is_not_enrolled(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 L II.C.8: state officials, the suspended, unpaid leave, pre-retirement; not study leave."""
    here = await scene(evaluation_db, client_of, clock)
    student, *absent = here.office.staff
    away = (Status.PRE_RETIREMENT, Status.SUSPENDED, Status.UNPAID_LEAVE, Status.STATE_OFFICIAL)
    await recorded(here, student, Status.STUDY_LEAVE)
    for person, status in zip(absent, away, strict=True):
        await recorded(here, person, status)
    cycle = await here.post(
        here.office.office, "/cycles", {"scope": here.office.policy.scope, "period_start": "2026-07-01", "months": 6}
    )
    await here.does.enrol_members(CycleAsk(tenant_id=here.tenant_id, cycle_id=UUID(cycle["id"])))
    page = await here.get(here.office.office, "/appraisals", cycle_id=cycle["id"], limit=100)
    enrolled = {one["servant_id"] for one in page["items"]}
    assert enrolled == {str(one) for one in here.office.everyone} - {str(one) for one in absent}


async def test_a_colleague_who_is_not_at_work_is_not_asked_to_assess(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock, "sawahlunto")
    absent = here.office.staff[1]
    await recorded(here, absent, Status.UNPAID_LEAVE)
    here = await evaluating_on(await preparing(here))
    debtors = {row["debtor_id"] for row in await here.obligations("ASSESS_PEER")}
    assert here.ani in debtors
    assert absent not in debtors


async def preparing(here: Scene) -> Scene:
    """Lead the cycle into its preparation."""
    await here.lead(Phase.PREPARATION)
    return here
