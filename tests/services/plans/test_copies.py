"""An empty plan begins with what was set in an earlier period; what belongs to that period stays behind, and is named."""

from datetime import date

import pytest

from contracts.base import Phase
from contracts.plans.plans import PlanDrafted
from tests.services.plans.stage import Body, Stage, content, indicator
from tests.support import people
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

NEEDS: Body = {"resources": [{"kind": "EQUIPMENT", "need": "Satu pemindai"}]}


async def next_half_year(stage: Stage) -> Stage:
    cycle = await people.open_cycle(stage.database, stage.office, start=date(2026, 7, 1), end=date(2026, 12, 31))
    following = Stage(stage.database, stage.client, stage.office, cycle)
    await following.open(Phase.PLANNING)
    return following


async def superior_result(stage: Stage) -> str:
    """A result of the rater's own plan."""
    plan_id = (await stage.plan(stage.rater)).id
    written = await stage.put(stage.rater, f"/plans/{plan_id}", content())
    return str(written.json()["results"][0]["id"])


async def test_the_last_plan_that_was_set_is_copied_and_its_links_are_named_as_left_out(stage: Stage) -> None:
    linked = content(indicator(target_lo="55", target_hi="55")) | NEEDS
    linked["results"][0]["superior_result_id"] = await superior_result(stage)
    earlier = await stage.made_set(linked)
    now = await next_half_year(stage)
    plan_id = (await now.plan()).id

    for stranger in (stage.peer, stage.rater, stage.office.office):
        assert (await stage.post(stranger, f"/plans/{plan_id}/copy")).status_code == 403
    copied = await stage.post(stage.servant, f"/plans/{plan_id}/copy")
    assert copied.status_code == 200, copied.text
    body = copied.json()
    assert (body["copied_from"], body["state"], body["cycle_id"]) == (str(earlier), "DRAFT", str(now.cycle.id))
    [result] = body["results"]
    assert (result["indicators"][0]["target_lo"], body["resources"]) == ("55", NEEDS["resources"])
    assert result["superior_result_id"] is None
    assert [one["where"] for one in body["left_out"]] == ["results.0.superior_result_id"]
    before = (await stage.get(stage.servant, f"/plans/{earlier}")).json()
    assert (before["state"], before["results"][0]["id"] != result["id"]) == ("SET", True)
    assert [one.plan_id for one in await emitted_of(stage.database, PlanDrafted)].count(plan_id) == 1
    assert (await stage.post(stage.servant, f"/plans/{plan_id}/proposal")).status_code == 200


async def test_an_amended_plan_is_copied_as_it_was_last_set(stage: Stage) -> None:
    earlier = await stage.made_set()
    newer = content(indicator(statement="Surat yang diarsipkan")) | {"reason": "Tugas baru"}
    assert (await stage.post(stage.rater, f"/plans/{earlier}/amendment", newer)).status_code == 200
    now = await next_half_year(stage)
    body = (await stage.post(stage.servant, f"/plans/{(await now.plan()).id}/copy")).json()
    assert body["results"][0]["indicators"][0]["statement"] == "Surat yang diarsipkan"


async def test_a_plan_that_says_something_is_not_overwritten_and_without_an_earlier_one_nothing_is_copied(
    stage: Stage,
) -> None:
    plan_id = (await stage.plan()).id
    nothing = await stage.post(stage.servant, f"/plans/{plan_id}/copy")
    assert (nothing.status_code, "/plan-templates" in nothing.json()["detail"]) == (409, True)
    await stage.made_set()
    now = await next_half_year(stage)
    assert (await stage.post(stage.peer, f"/plans/{(await now.plan(stage.peer)).id}/copy")).status_code == 409
    later = (await now.plan()).id
    await stage.put(stage.servant, f"/plans/{later}", content())
    refused = await stage.post(stage.servant, f"/plans/{later}/copy")
    assert (refused.status_code, "already" in refused.json()["detail"]) == (409, True)


async def test_only_a_plan_of_the_same_person_is_copied(stage: Stage) -> None:
    earlier = await stage.made_set()
    now = await next_half_year(stage)
    theirs = (await now.plan(stage.peer)).id
    assert (await stage.post(stage.peer, f"/plans/{theirs}/copy", {"from_plan_id": str(earlier)})).status_code == 409
    mine = (await now.plan()).id
    assert (await stage.post(stage.servant, f"/plans/{mine}/copy", {"from_plan_id": str(earlier)})).status_code == 200
