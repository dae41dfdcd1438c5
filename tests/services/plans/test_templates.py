"""Templates of plans: kept for a position by the office or a leader, and what an empty plan starts from."""

import pytest

from tests.services.plans.stage import Body, Stage, content, indicator

pytestmark = pytest.mark.connected

LOKET: Body = content(indicator(statement="Permohonan yang selesai", unit="berkas")) | {
    "position": "Petugas Loket",
    "name": "Loket terpadu",
    "resources": [{"kind": "EQUIPMENT", "need": "Satu pemindai"}],
}


async def test_a_plan_starts_from_a_template_of_the_position_and_its_writer_goes_on(stage: Stage) -> None:
    kept = await stage.post(stage.rater, "/plan-templates", LOKET)
    assert kept.status_code == 201, kept.text
    await stage.post(stage.office.office, "/plan-templates", LOKET | {"position": "Analis", "name": "Analis"})
    offered = (await stage.get(stage.servant, "/plan-templates", position="petugas loket")).json()["items"]
    assert [one["id"] for one in offered] == [kept.json()["id"]]
    plan_id = (await stage.plan()).id
    path, body = f"/plans/{plan_id}/start", {"template_id": kept.json()["id"]}
    for person in (stage.peer, stage.rater, stage.office.office):
        assert (await stage.post(person, path, body)).status_code == 403
    started = await stage.post(stage.servant, path, body)
    assert (started.status_code, started.json()["state"]) == (200, "DRAFT")
    [result] = started.json()["results"]
    assert [one["statement"] for one in result["indicators"]] == ["Permohonan yang selesai"]
    assert started.json()["resources"] == LOKET["resources"]
    again = await stage.post(stage.servant, path, body)
    assert (again.status_code, "already" in again.json()["detail"]) == (409, True)
    assert (await stage.post(stage.servant, f"/plans/{plan_id}/proposal")).status_code == 200


async def test_a_template_is_its_keepers_and_the_offices_and_is_taken_away_for_new_plans_alone(stage: Stage) -> None:
    mine = (await stage.post(stage.rater, "/plan-templates", LOKET)).json()
    assert (await stage.post(stage.rater, "/plan-templates", LOKET)).json() == mine
    other = LOKET | content(indicator(statement="Antrean"))
    assert (await stage.post(stage.authority, "/plan-templates", other)).status_code == 403
    assert (await stage.post(stage.servant, "/plan-templates", other)).status_code == 403
    newer = (await stage.post(stage.office.office, "/plan-templates", other)).json()
    assert (newer["id"], newer["results"][0]["indicators"][0]["statement"]) == (mine["id"], "Antrean")
    path = f"/plan-templates/{mine['id']}/retirement"
    assert (await stage.post(stage.authority, path)).status_code == 403
    for _ in range(2):
        assert (await stage.post(stage.rater, path)).json()["retired_at"] is not None
    assert (await stage.get(stage.servant, "/plan-templates")).json()["items"] == []
    plan_id = (await stage.plan()).id
    refused = await stage.post(stage.servant, f"/plans/{plan_id}/start", {"template_id": mine["id"]})
    assert refused.status_code == 409


async def test_a_template_without_an_indicator_is_none(stage: Stage) -> None:
    empty = {"position": "Analis", "name": "Kosong", "results": []}
    assert (await stage.post(stage.office.office, "/plan-templates", empty)).status_code == 422
