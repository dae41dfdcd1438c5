"""A plan is agreed by two (PLB-1): the servant agrees or disagrees with what was set, and silence is recorded as silence."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from contracts.base import Phase
from contracts.obligations import ObligationKind
from contracts.plans.confirmations import Answer, PlanConfirmed
from tests.services.plans.conftest import StageOf
from tests.services.plans.stage import Body, Stage, content, indicator
from tests.support import policies
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

AGREED: Body = {"answer": "AGREED"}
DISAGREED: Body = {"answer": "DISAGREED", "reason": "Target 40 surat tanpa tambahan petugas"}


async def _said(stage: Stage, plan_id: UUID) -> list[tuple[int, str, str | None]]:
    plan = (await stage.get(stage.rater, f"/plans/{plan_id}")).json()
    return [(one["plan_version"], one["answer"], one["reason"]) for one in plan["confirmations"]]


async def _answer(stage: Stage, plan_id: UUID, body: Body) -> Any:
    return await stage.post(stage.servant, f"/plans/{plan_id}/confirmation", body)


async def test_whose_plan_was_set_owes_a_word_about_it_and_agreeing_confirms_the_dialogue(stage: Stage) -> None:
    plan_id = await stage.proposed()
    assert (await _answer(stage, plan_id, AGREED)).status_code == 409  # nothing was set yet
    plan_id = await _set(stage, plan_id)
    owed = await stage.owed(ObligationKind.CONFIRM_PLAN, plan_id)
    assert owed is not None
    assert (owed.debtor_id, owed.superior_id, owed.phase) == (stage.servant, stage.rater, "EXECUTION")
    for person in (stage.rater, stage.authority, stage.peer, stage.office.office):
        assert (await stage.post(person, f"/plans/{plan_id}/confirmation", AGREED)).status_code == 403
    for _ in range(2):
        assert (await _answer(stage, plan_id, AGREED)).json()["late"] is False
    assert await stage.owed(ObligationKind.CONFIRM_PLAN, plan_id) is None
    [event] = await emitted_of(stage.database, PlanConfirmed)
    assert (event.answer, event.version, event.set_by) == (Answer.AGREED, 1, stage.rater)
    plan = (await stage.get(stage.servant, f"/plans/{plan_id}")).json()
    assert [one["confirmed_by"] for one in plan["dialogues"]] == [str(stage.servant)]
    assert (
        await _answer(stage, plan_id, DISAGREED)
    ).status_code == 409  # what was agreed on is amended, not taken back


async def _set(stage: Stage, plan_id: UUID) -> UUID:
    talk = {"held_on": "2026-01-05", "summary": "Target dibahas", "agreed": "Tiap triwulan", "purpose": "SET"}
    assert (await stage.post(stage.rater, f"/plans/{plan_id}/dialogues", talk)).status_code == 201
    assert (await stage.post(stage.rater, f"/plans/{plan_id}/setting")).status_code == 200
    return plan_id


async def test_a_servant_who_says_nothing_is_recorded_as_silent_and_never_as_agreed(
    stage: Stage, clock: SetClock
) -> None:
    plan_id = await stage.set_by_rater()
    clock.set(datetime(2026, 2, 20, 2, tzinfo=UTC))
    while await stage.sweep():
        pass
    assert await _said(stage, plan_id) == [(1, "SILENT", None)]
    plan = (await stage.get(stage.servant, f"/plans/{plan_id}")).json()
    assert [one["confirmed_by"] for one in plan["dialogues"]] == [None]
    [event] = await emitted_of(stage.database, PlanConfirmed)
    assert event.answer is Answer.SILENT
    late = await _answer(stage, plan_id, AGREED)
    assert (late.status_code, late.json()["late"]) == (200, True)
    assert [answer for _, answer, _ in await _said(stage, plan_id)] == ["SILENT", "AGREED"]


async def test_a_disagreement_has_a_reason_that_stays_with_the_plan_also_when_they_agree_later(stage: Stage) -> None:
    plan_id = await stage.set_by_rater()
    refused = await _answer(stage, plan_id, {"answer": "DISAGREED"})
    assert (refused.status_code, refused.json()["errors"][0]["where"]) == (422, "reason")
    assert (await _answer(stage, plan_id, {"answer": "SILENT"})).status_code == 422
    assert (await _answer(stage, plan_id, DISAGREED)).status_code == 200
    assert (await stage.plan()).state == "SET", "the plan counts all the same"
    assert (await _answer(stage, plan_id, AGREED)).status_code == 200
    assert await _said(stage, plan_id) == [(1, "DISAGREED", DISAGREED["reason"]), (1, "AGREED", None)]


async def test_an_amendment_is_a_new_version_about_which_the_servant_is_asked_again(stage: Stage) -> None:
    plan_id = await stage.set_by_rater()
    await stage.open(Phase.EXECUTION)
    body = content(indicator(target_lo="30", target_hi="30")) | {"reason": "Petugas dipindahkan"}
    assert (await stage.post(stage.rater, f"/plans/{plan_id}/amendment", body)).status_code == 200
    assert await stage.owed(ObligationKind.CONFIRM_PLAN, plan_id) is not None
    stale = await _answer(stage, plan_id, AGREED | {"plan_version": 1})
    assert (stale.status_code, "version 2" in stale.json()["detail"]) == (412, True)
    assert (await _answer(stage, plan_id, AGREED | {"plan_version": 2})).status_code == 200
    assert await _said(stage, plan_id) == [(2, "AGREED", None)]
    await stage.open(Phase.EVALUATION)
    assert await stage.owed(ObligationKind.CONFIRM_PLAN, plan_id) is None


async def test_a_city_that_does_not_ask_is_owed_no_word(stage_of: StageOf) -> None:
    policy = policies.policy("palembang")
    features = policy.features.model_copy(update={"plan_confirmation": False})
    stage = await stage_of("palembang", policy.model_copy(update={"features": features}))
    plan_id = await stage.set_by_rater()
    assert await stage.owed(ObligationKind.CONFIRM_PLAN, plan_id) is None
    assert (await _answer(stage, plan_id, AGREED)).status_code == 200, "but a word is taken"


@pytest.mark.parametrize("strict", [False, True])
async def test_where_the_policy_asks_for_it_a_plan_that_measures_nothing_is_not_proposed(
    stage_of: StageOf, *, strict: bool
) -> None:
    """BJI-5: "kerja baik sekali", unit "baik", target 1."""
    policy = policies.policy("binjai")
    features = policy.features.model_copy(update={"measurable_plans": strict})
    stage = await stage_of("binjai", policy.model_copy(update={"features": features}))
    plan_id = (await stage.plan()).id
    vague = content(indicator(statement="kerja baik sekali", unit="baik", target_lo="1", target_hi="1"))
    written = (await stage.put(stage.servant, f"/plans/{plan_id}", vague)).json()
    hints = {one["where"].split(".")[-1]: one for one in written["hints"] if "indicators" in one["where"]}
    assert hints.keys() >= {"statement", "unit", "target_hi"}
    assert (hints["statement"]["blocks"], hints["target_hi"]["blocks"]) == (strict, False)
    assert "penilaian" in hints["statement"]["id"]
    answer = await stage.post(stage.servant, f"/plans/{plan_id}/proposal")
    assert answer.status_code == (422 if strict else 200)
