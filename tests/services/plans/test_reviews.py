"""The performance office reads a sample of plans that were set (PLB-1; PP 30/2019): drawn by lot, and nothing waits for it."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from contracts.base import Role, new_id
from contracts.plans.reviews import PlanReviewed, PlansSampled, ReviewFinding
from services.plans.reviews.rules import draw, size
from tests.services.plans.stage import TALK, Stage, content, indicator
from tests.support.emitted import emitted_of
from tests.support.holders import declare

pytestmark = pytest.mark.connected

MEND = {"finding": "TO_MEND", "what": "Target tanpa sumber data", "how": "Sebutkan buku agenda yang dipakai"}


async def _all_set(stage: Stage) -> dict[UUID, UUID]:
    """Every plan of the staff is set: the plan of each."""
    found = {}
    for servant in stage.office.staff:
        plan_id = (await stage.plan(servant)).id
        await stage.put(servant, f"/plans/{plan_id}", content())
        await stage.post(servant, f"/plans/{plan_id}/proposal")
        await stage.post(stage.rater, f"/plans/{plan_id}/dialogues", TALK)
        assert (await stage.post(stage.rater, f"/plans/{plan_id}/setting")).status_code == 200
        found[plan_id] = servant
    return found


async def _drawn(stage: Stage, seed: str = "undian 7 Januari") -> Any:
    made = await stage.post(stage.office.office, f"/cycles/{stage.cycle.id}/plan-samples", {"seed": seed})
    assert made.status_code == 201, made.text
    return made.json()


async def _of_another_unit(stage: Stage, plan_ids: list[UUID]) -> UUID:
    """These plans count in another unit, as if it had drawn up its own."""
    unit_id = new_id()
    moving = text("update plans set unit_id = :unit where id = any(:ids)")
    async with stage.database.transaction(stage.city) as session:
        await session.execute(moving, {"unit": unit_id, "ids": plan_ids})
    return unit_id


async def test_a_sample_is_drawn_of_every_unit_and_anybody_draws_the_same_again(stage: Stage) -> None:
    nothing = await stage.post(stage.office.office, f"/cycles/{stage.cycle.id}/plan-samples", {})
    assert nothing.status_code == 409  # no plan is set yet
    plans = await _all_set(stage)
    other = await _of_another_unit(stage, list(plans)[:2])
    sample = await _drawn(stage)
    assert (sample["took_part"], sample["drawn"], sample["share"], sample["least"]) == (5, 2, 10, 1)
    assert await _drawn(stage) == sample  # the same seed is the same sample
    await declare(stage.database, stage.city, stage.office.holders)
    headers = stage.client.as_(stage.office.holders[Role.AUDITOR], stage.city, Role.AUDITOR)
    path = f"/v1/plan-samples/{sample['id']}"
    lots = (await stage.client.get(f"{path}/lots", headers=headers)).json()["items"]
    units = {UUID(one["plan_id"]): UUID(one["unit_id"]) for one in lots}
    assert set(units) == set(plans)
    mine = {UUID(one["plan_id"]) for one in lots if one["drawn"]}
    assert {units[one] for one in mine} == {other, stage.office.unit_id}
    assert draw(sample["seed"], units, share=10, least=1) == mine
    again = (await stage.client.get(f"{path}/redraw", headers=headers)).json()
    assert (again["agrees"], again["differing"]) == (True, [])
    # Whoever picked one out, in the table and not by lot, is found out.
    swapping = text("update plan_lots set drawn = not drawn where unit_id = :unit")
    async with stage.database.transaction(stage.city) as session:
        await session.execute(swapping, {"unit": other})
    picked = (await stage.client.get(f"{path}/redraw", headers=headers)).json()
    assert (picked["agrees"], len(picked["differing"])) == (False, 2)
    [event] = await emitted_of(stage.database, PlansSampled)
    assert (event.seed, event.took_part, event.drawn) == (sample["seed"], 5, 2)


async def test_a_seed_that_is_not_named_is_made_and_recorded(stage: Stage) -> None:
    await _all_set(stage)
    path = f"/cycles/{stage.cycle.id}/plan-samples"
    seeds = {(await stage.post(stage.office.office, path, {})).json()["seed"] for _ in range(2)}
    assert len(seeds) == 2
    assert all(len(one) >= 32 for one in seeds)
    listed = (await stage.get(stage.office.office, path)).json()["items"]
    assert {one["seed"] for one in listed} == seeds


async def test_a_finding_is_recorded_of_drawn_plans_alone_and_the_plan_stays_set_until_it_is_amended(
    stage: Stage,
) -> None:
    plans = await _all_set(stage)
    sample = await _drawn(stage)
    [drawn] = (await stage.get(stage.office.office, f"/plan-samples/{sample['id']}/plans")).json()["items"]
    assert drawn["review"] is None
    plan_id, servant = UUID(drawn["plan_id"]), UUID(drawn["servant_id"])
    path = f"/plan-samples/{sample['id']}/plans/{plan_id}/finding"
    silent = await stage.post(stage.office.office, path, MEND | {"how": " "})
    assert (silent.status_code, silent.json()["errors"][0]["where"]) == (422, "how")
    for person in (servant, stage.rater, stage.authority):
        assert (await stage.post(person, path, MEND)).status_code == 403
    for _ in range(2):
        assert (await stage.post(stage.office.office, path, MEND)).status_code == 200
    undrawn = next(one for one in plans if one != plan_id)
    picked = await stage.post(stage.office.office, path.replace(str(plan_id), str(undrawn)), MEND)
    assert picked.status_code == 409
    plan = (await stage.get(servant, f"/plans/{plan_id}")).json()
    assert (plan["state"], [one["finding"] for one in plan["reviews"]]) == ("SET", ["TO_MEND"])
    [event] = await emitted_of(stage.database, PlanReviewed)
    assert (event.finding, event.servant_id, event.set_by) == (ReviewFinding.TO_MEND, servant, stage.rater)
    assert (await _counts(stage))["to_mend"] == 1
    amended = content(indicator(source_of_data="Buku agenda loket")) | {"reason": "Reviu pengelola kinerja"}
    assert (await stage.post(stage.rater, f"/plans/{plan_id}/amendment", amended)).status_code == 200
    counts = await _counts(stage)
    assert (counts["drawn"], counts["to_mend"], counts["mended"], counts["unread"]) == (1, 0, 1, 0)
    stale = await stage.post(stage.office.office, path, {"finding": "IN_ORDER", "plan_version": 1})
    assert stale.status_code == 412
    assert (await stage.post(stage.office.office, path, {"finding": "IN_ORDER", "plan_version": 2})).status_code == 200
    assert (await _counts(stage))["in_order"] == 1
    lines = (await stage.get(stage.rater, f"/cycles/{stage.cycle.id}/board/people")).json()["items"]
    found = {one["plan_id"]: one["review"] and one["review"]["finding"] for one in lines}
    assert (found[str(plan_id)], found[str(undrawn)]) == ("IN_ORDER", None)


async def _counts(stage: Stage) -> dict[str, int]:
    board = (await stage.get(stage.office.office, f"/cycles/{stage.cycle.id}/board")).json()
    counts: dict[str, int] = board["reviews"]
    return counts


def test_a_share_is_rounded_up_and_no_unit_gives_more_than_it_has() -> None:
    sizes = [size(of_unit, share=10, least=1) for of_unit in (1, 9, 10, 11, 200)]
    assert sizes == [1, 1, 1, 2, 20]
    assert [size(3, share=100, least=5), size(3, share=1, least=0)] == [3, 1]
