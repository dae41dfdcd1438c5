"""PLB-11: everybody reads who looked at his or her plan, reports and daily log."""

from typing import Any
from uuid import UUID

import pytest

from contracts.base import Phase
from tests.services.plans.conftest import StageOf
from tests.services.plans.stage import Stage

pytestmark = pytest.mark.connected


async def looks(stage: Stage, person: UUID) -> list[Any]:
    answer = await stage.get(person, "/lookups")
    assert answer.status_code == 200, answer.text
    items: list[Any] = answer.json()["items"]
    return items


async def test_whoever_reads_ones_plan_report_or_log_is_told_to_oneself(stage_of: StageOf) -> None:
    stage = await stage_of("dumai")
    plan_id = await stage.made_set()
    await stage.open(Phase.EXECUTION)
    assert await looks(stage, stage.servant) == [], "whoever acts on a plan gets it back, and does not look it up"
    report = (await stage.reports(plan_id))[0]
    entry = {"day": "2026-01-05", "text": "Memeriksa berkas masuk di loket", "minutes": 60}
    assert (await stage.post(stage.servant, f"/plans/{plan_id}/activities", {"entries": [entry]})).status_code == 201
    read = {
        stage.rater: (f"/plans/{plan_id}", f"/plans/{plan_id}", f"/plans/{plan_id}/activities"),
        stage.authority: (f"/reports/{report.id}", f"/reports/{report.id}/history", f"/plans/{plan_id}/versions"),
        stage.servant: (f"/plans/{plan_id}", f"/reports/{report.id}"),
    }
    for person, paths in read.items():
        for path in paths:
            assert (await stage.get(person, path)).status_code == 200
    assert (await stage.get(stage.peer, f"/plans/{plan_id}")).status_code == 403
    seen = {(one["reader_id"], one["role"], one["record"]): one["times"] for one in await looks(stage, stage.servant)}
    assert seen == {
        (str(stage.rater), "RATER", "PLAN"): 2,
        (str(stage.rater), "RATER", "DAILY_LOG"): 1,
        (str(stage.authority), "AUTHORITY", "REPORT"): 1,
        (str(stage.authority), "AUTHORITY", "REPORT_HISTORY"): 1,
        (str(stage.authority), "AUTHORITY", "PLAN_VERSIONS"): 1,
    }


async def test_the_board_is_a_look_at_each_whom_one_leads_and_one_list_for_the_office(stage: Stage) -> None:
    path = f"/cycles/{stage.cycle.id}/board/people"
    await stage.get(stage.rater, path)
    await stage.get(stage.office.office, path)
    seen = {(one["role"], one["whole_list"], one["record"]) for one in await looks(stage, stage.servant)}
    assert seen == {("RATER", False, "BOARD"), ("OFFICE", True, "BOARD")}
    assert [one["role"] for one in await looks(stage, stage.office.sekda)] == ["OFFICE"]
    assert await looks(stage, stage.office.office) == []
