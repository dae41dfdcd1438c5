"""Transfers and absences in the middle of a cycle: plans and obligations go with the relations."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from contracts.base import Phase, new_id
from contracts.evaluation.cycles import ChangedMember, MembersChanged
from contracts.obligations import ObligationKind
from contracts.plans.plans import PlanSet
from contracts.plans.reports import ActualsReported
from contracts.registry.personnel import ChangeKind, PersonnelChanged, Status
from directory import take
from services.plans.cycles.commands import returns
from services.plans.plans.commands import personnel
from services.plans.plans.rules import renewal
from services.plans.plans.rules.states import PlanState
from tests.services.plans.stage import TALK, Stage, content, indicator
from tests.support.arriving import arrive
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of, forget

pytestmark = pytest.mark.connected


async def moved(
    stage: Stage, kind: ChangeKind, rater: UUID, *, effective_on: date = date(2026, 1, 12), **more: Any
) -> MembersChanged:
    """Evaluation emits that the servant has another rater in this cycle, has left it, or is back."""
    member = ChangedMember(
        appraisal_id=stage.cycle.appraisals[stage.servant],
        servant_id=stage.servant,
        unit_id=stage.office.unit_id,
        rater_id=rater,
        authority_id=stage.office.sekda,
        is_head=False,
        former_unit_id=stage.office.unit_id,
        former_rater_id=stage.rater,
        former_authority_id=stage.authority,
        **more,
    )
    event = MembersChanged(
        tenant_id=stage.city,
        cycle_id=stage.cycle.id,
        change_id=new_id(),
        kind=kind,
        effective_on=effective_on,
        reason="SK 821/2026",
        members=(member,),
    )
    await arrive(stage.database, event, take.take_changes, returns.follow_members)
    return event


async def test_the_new_rater_answers_the_plan_with_time_enough(stage: Stage, clock: SetClock) -> None:
    plan_id = await stage.proposed()
    before = await stage.owed(ObligationKind.ANSWER_PLAN, plan_id)
    clock.advance(days=4)
    await moved(stage, ChangeKind.CORRECTION, stage.authority)
    after = await stage.owed(ObligationKind.ANSWER_PLAN, plan_id)
    assert before is not None
    assert after is not None
    assert (after.debtor_id, after.superior_id) == (stage.authority, stage.office.sekda)
    assert after.due_at > before.due_at
    assert (await stage.post(stage.rater, f"/plans/{plan_id}/dialogues", TALK)).status_code == 403
    assert (await stage.post(stage.authority, f"/plans/{plan_id}/dialogues", TALK)).status_code == 201
    assert (await stage.post(stage.authority, f"/plans/{plan_id}/setting")).status_code == 200
    assert (await stage.plan()).by_superior is False


async def test_a_wrong_rater_never_blocked_the_draft_and_the_superior_of_it_follows(stage: Stage) -> None:
    plan_id = (await stage.plan()).id
    assert (await stage.put(stage.servant, f"/plans/{plan_id}", content())).status_code == 200
    await moved(stage, ChangeKind.CORRECTION, stage.authority)
    obligation = await stage.owed(ObligationKind.PROPOSE_PLAN, plan_id)
    assert obligation is not None
    assert (obligation.debtor_id, obligation.superior_id) == (stage.servant, stage.authority)


@pytest.mark.parametrize("amended", [False, True])
async def test_after_a_transfer_the_plan_is_agreed_anew_with_the_new_leader(stage: Stage, *, amended: bool) -> None:
    """PermenPANRB 6/2022 L II.C.6-7: a new plan with the new leader."""
    plan_id = await stage.made_set()
    await stage.open(Phase.EXECUTION)
    await moved(stage, ChangeKind.TRANSFER, stage.authority)
    obligation = await stage.owed(ObligationKind.ANSWER_PLAN, plan_id)
    assert obligation is not None
    assert obligation.debtor_id == stage.authority
    assert obligation.due_at.date() == date(2026, 1, 27)  # 15 working days after Monday 5 January, without Isra Mikraj
    assert (await stage.plan()).state == PlanState.SET
    await forget(stage.database)
    if amended:
        body = content(indicator(target_lo="50", target_hi="50")) | {"reason": "unit kerja baru"}
        assert (await stage.post(stage.authority, f"/plans/{plan_id}/amendment", body)).status_code == 200
    else:
        early = await stage.post(stage.authority, f"/plans/{plan_id}/setting")
        assert early.status_code == 409  # they have not spoken with each other yet
        assert (await stage.post(stage.authority, f"/plans/{plan_id}/dialogues", TALK)).status_code == 201
        assert (await stage.post(stage.authority, f"/plans/{plan_id}/setting")).status_code == 200
    assert await stage.owed(ObligationKind.ANSWER_PLAN, plan_id) is None
    [emitted] = await emitted_of(stage.database, PlanSet)
    assert (emitted.version, emitted.set_by) == (2, stage.authority)


async def test_what_somebody_who_left_would_have_reported_is_taken_over_as_known(stage: Stage) -> None:
    plan_id = await stage.made_set()
    await stage.open(Phase.EXECUTION)
    first, *_ = await stage.reports(plan_id)
    assert await stage.owed(ObligationKind.REPORT_ACTUALS, first.id) is not None
    await forget(stage.database)
    await moved(stage, ChangeKind.STATUS, stage.rater, ended_on=date(2026, 1, 11))
    assert await stage.owed(ObligationKind.REPORT_ACTUALS, first.id) is None
    assert {report.state for report in await stage.reports(plan_id)} == {"AUTOMATIC"}
    emitted = await emitted_of(stage.database, ActualsReported)
    assert [(one.automatic, one.final) for one in emitted] == [(True, False), (True, True)]
    await stage.open(Phase.EVALUATION)
    assert {report.state for report in await stage.reports(plan_id)} == {"AUTOMATIC"}


async def test_who_left_before_reports_were_made_is_reported_for_at_once(stage: Stage) -> None:
    await moved(stage, ChangeKind.STATUS, stage.rater, ended_on=date(2026, 1, 11))
    plan_id = (await stage.plan()).id
    assert await stage.owed(ObligationKind.PROPOSE_PLAN, plan_id) is None
    state = await stage.open(Phase.EXECUTION)
    assert state.owed == len(stage.office.everyone) - 1
    assert {report.state for report in await stage.reports(plan_id)} == {"AUTOMATIC"}


async def test_what_a_leader_who_left_still_held_goes_to_the_office(stage: Stage) -> None:
    plan_id = await stage.proposed()
    event = PersonnelChanged(
        tenant_id=stage.city,
        change_id=new_id(),
        servant_id=stage.rater,
        kind=ChangeKind.STATUS,
        effective_on=date(2026, 1, 12),
        reason="Wafat",
        status=Status.DIED,
        unit_id=stage.office.unit_id,
        recorded_by=stage.office.office,
    )
    own = (await stage.plan(stage.rater)).id
    await arrive(stage.database, event, personnel.leave_obligations)
    obligation = await stage.owed(ObligationKind.ANSWER_PLAN, plan_id)
    assert obligation is not None
    assert obligation.debtor_id == stage.office.office
    assert await stage.owed(ObligationKind.PROPOSE_PLAN, own) is None


@pytest.mark.parametrize(
    ("kind", "state", "phase", "owed"),
    [
        (ChangeKind.TRANSFER, PlanState.SET, Phase.EXECUTION, True),
        (ChangeKind.TRANSFER, PlanState.SET, Phase.EVALUATION, False),
        (ChangeKind.TRANSFER, PlanState.PROPOSED, Phase.PLANNING, False),
        (ChangeKind.ACTING, PlanState.SET, Phase.EXECUTION, False),
        (ChangeKind.STATUS, PlanState.SET, Phase.EXECUTION, False),
    ],
)
def test_when_a_plan_is_owed_anew(*, kind: ChangeKind, state: PlanState, phase: Phase, owed: bool) -> None:
    """PermenPANRB 6/2022 L II.C.6-7: after a transfer, as long as results are not rated."""
    assert renewal.is_owed(kind, state, phase, has_new_rater=True, has_ended=False) is owed
    assert not renewal.is_owed(kind, state, phase, has_new_rater=False, has_ended=False)
    assert not renewal.is_owed(kind, state, phase, has_new_rater=True, has_ended=True)
