"""Results go upward to the competent official: within clock 7, and again when an objection changed one (clock 10)."""

import pytest

from contracts.base import Phase, Rating
from contracts.evaluation.reports import ResultsReportedUpward
from contracts.evaluation.results import ResultIssued
from contracts.obligations import ObligationKind
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating, scene
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

PYB = {"recipient": "Sekretaris Daerah", "missing_reason": "masih dinilai"}


@pytest.fixture
async def here(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    return await scene(evaluation_db, client_of, clock)


async def test_the_report_is_owed_thirty_working_days_after_the_evaluation_window(here: Scene) -> None:
    """PermenPANRB 6/2022 L V.A.7 and L V.A.11."""
    await here.lead(Phase.PREPARATION)
    window = await here.lead(Phase.EVALUATION)
    await here.post(here.office.office, f"/cycles/{here.cycle_id}/upward-report", PYB, status=409)
    await here.lead(Phase.DISCLOSURE)
    [obligation] = await here.obligations("REPORT_UPWARD")
    assert window.due_at is not None
    ladder_days = here.office.policy.ladders[ObligationKind.REPORT_UPWARD].due_days
    assert obligation["due_at"] == here.office_days(ladder_days, since=window.due_at)


async def test_a_report_with_missing_results_says_why_and_is_owed_again_until_all_are_in(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 L V.A.7: all results are reported, thirty working days after the window."""
    here = await evaluating(evaluation_db, client_of, clock)
    await here.lead(Phase.DISCLOSURE)
    path, everyone = f"/cycles/{here.cycle_id}/upward-report", list(here.appraisals)
    await here.received(here.ani)
    refused = await here.post(here.office.office, path, {"recipient": "Sekda"}, status=422)
    assert (refused["missing"], refused["missing_states"]) == (len(everyone) - 1, {"OPEN": len(everyone) - 1})
    [before] = await here.obligations("REPORT_UPWARD")
    first = await here.post(here.office.office, path, PYB)
    assert (first["issued"], first["missing"], first["missing_reason"]) == (1, len(everyone) - 1, "masih dinilai")
    assert await here.post(here.office.office, path, PYB) == first
    owed = [one for one in await here.obligations("REPORT_UPWARD") if one["state"] == "OPEN"]
    assert [one["due_at"] for one in owed] == [before["due_at"]]
    await here.post(
        here.office.office,
        f"/cycles/{here.cycle_id}/org-performance",
        {"items": [{"unit_id": str(here.office.unit_id), "performance": "GOOD"}]},
    )
    for servant in everyone:
        if servant != here.ani:
            await here.provisional(servant)
            await here.issue(servant, here.office.rater(servant) or here.office.office)
    second = await here.post(here.office.office, path, {"recipient": "Sekda"})
    assert (second["issued"], second["missing"], second["missing_reason"]) == (len(everyone), 0, None)
    assert {one["state"] for one in await here.obligations("REPORT_UPWARD")} == {"DONE"}
    assert await here.post(here.office.office, path, PYB) == second
    told = await emitted_of(here.database, ResultsReportedUpward)
    assert [one.missing_reason for one in told] == ["masih dinilai", None]


async def test_the_office_reports_once_and_again_after_a_change(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 L V.B.7-8: a change is reported upward again."""
    here = await evaluating(evaluation_db, client_of, clock)
    await here.lead(Phase.DISCLOSURE)
    path = f"/cycles/{here.cycle_id}/upward-report"
    issued = await here.received(here.ani)
    await here.post(here.rater, path, PYB, status=403)
    first = await here.post(here.office.office, path, PYB)
    assert (first["issued"], first["final"], first["missing"]) == (1, 0, len(here.appraisals) - 1)
    assert await here.post(here.office.office, path, PYB) == first
    await here.objected(here.ani, issued.result_id)
    await here.decided(here.ani, issued.result_id, result_rating=Rating.ABOVE)
    second = await here.post(here.office.office, path, PYB)
    assert (second["id"] != first["id"], second["issued"], first["changes"]) == (True, 1, [])
    # The report refers to what was changed and to the document that says why (form D.1.3).
    [change], changed = second["changes"], (await here.results(here.ani))[-1]
    assert (change["result_id"], change["version"], change["predicate"]) == (changed["id"], 2, changed["predicate"])
    assert change["document"] == f"/v1/objections/{change['objection_id']}/document"
    [_, version] = await emitted_of(here.database, ResultIssued)
    assert str(version.objection_id) == change["objection_id"]
    [_, told] = await emitted_of(here.database, ResultsReportedUpward)
    assert [str(one.objection_id) for one in told.changes] == [change["objection_id"]]
    listed = await here.get(here.office.office, f"{path}s")
    assert [one["id"] for one in listed["items"]] == [first["id"], second["id"]]
    await here.get(here.rater, f"{path}s", status=403)
    # A later report refers to what came after it alone.
    await here.provisional(here.office.staff[1])
    await here.issue(here.office.staff[1], here.rater)
    assert (await here.post(here.office.office, path, PYB))["changes"] == []
    assert [one.report_id.hex for one in await emitted_of(here.database, ResultsReportedUpward)][:2] == [
        first["id"].replace("-", ""),
        second["id"].replace("-", ""),
    ]
    states = sorted(one["state"] for one in await here.obligations("REPORT_UPWARD"))
    assert states == ["DONE", "DONE", "DONE", "OPEN"]  # the others have no result yet
