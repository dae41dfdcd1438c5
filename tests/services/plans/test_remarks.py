"""A plan that comes back says row by row what is lacking, and the place is found again after it was rewritten."""

import pytest

from contracts.plans.plans import PlanReturned
from tests.services.plans.stage import Stage, content, indicator
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected


async def test_a_returned_plan_shows_each_remark_at_its_row_and_tells_it(stage: Stage) -> None:
    plan_id = await stage.proposed(content(indicator(weight="60"), indicator(statement="Surat terarsip", weight="40")))
    [result] = (await stage.get(stage.servant, f"/plans/{plan_id}")).json()["results"]
    remarks = [
        {"where": "results.0.indicators.1.target_lo", "text": "Tahun lalu sudah 45"},
        {"where": "resources", "text": "Tulis kebutuhan pemindai"},
    ]
    returned = await stage.post(
        stage.rater, f"/plans/{plan_id}/return", {"reason": "Target terlalu rendah", "remarks": remarks}
    )
    assert returned.status_code == 200, returned.text
    shown = (await stage.get(stage.servant, f"/plans/{plan_id}")).json()
    second = result["indicators"][1]["id"]
    assert shown["remarks"] == [remarks[0] | {"part_id": second}, remarks[1] | {"part_id": None}]
    (event,) = await emitted_of(stage.database, PlanReturned)
    assert [(one.where, one.text) for one in event.remarks or ()] == [(one["where"], one["text"]) for one in remarks]

    measured = {"actual", "reason", "evidence"}
    rows = [{name: one[name] for name in one.keys() - measured} for one in reversed(result["indicators"])]
    written = await stage.put(stage.servant, f"/plans/{plan_id}", {"results": [result | {"indicators": rows}]})
    assert written.status_code == 200, written.text
    rewritten = (await stage.get(stage.servant, f"/plans/{plan_id}")).json()
    assert rewritten["results"][0]["indicators"][0]["id"] == second == rewritten["remarks"][0]["part_id"]


async def test_the_remarks_of_one_return_are_not_those_of_the_next(stage: Stage) -> None:
    plan_id = await stage.proposed()
    first = {"reason": "Satuan", "remarks": [{"where": "results.0.indicators.0.unit", "text": "Surat atau berkas?"}]}
    await stage.post(stage.rater, f"/plans/{plan_id}/return", first)
    await stage.post(stage.servant, f"/plans/{plan_id}/proposal")
    await stage.post(stage.rater, f"/plans/{plan_id}/return", {"reason": "Bobot"})
    shown = (await stage.get(stage.servant, f"/plans/{plan_id}")).json()
    assert (shown["returned_reason"], shown["remarks"]) == ("Bobot", None)


@pytest.mark.parametrize("where", ["results.1", "results.0.indicators.1", "results.0.id", "weights", "resources.0"])
async def test_a_remark_about_a_place_that_the_plan_has_not_is_refused_with_its_number(
    stage: Stage, where: str
) -> None:
    plan_id = await stage.proposed()
    good, bad = {"where": "results.0.goal", "text": "Sasaran lain"}, {"where": where, "text": "Kurang"}
    refused = await stage.post(stage.rater, f"/plans/{plan_id}/return", {"reason": "Lihat", "remarks": [good, bad]})
    assert refused.status_code == 422
    assert [one["where"] for one in refused.json()["errors"]] == ["remarks.1.where"]
    assert (await stage.plan()).state == "PROPOSED"
