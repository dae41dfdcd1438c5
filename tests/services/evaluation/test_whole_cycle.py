"""The whole way of an appraisal in each of the five places, from enrolment to a closed cycle."""

from decimal import Decimal
from uuid import UUID

import pytest

from contracts.base import AssessorRole, Phase
from contracts.evaluation.cycles import CycleClosed
from contracts.evaluation.obligations import PhaseCleared
from contracts.evaluation.results import (
    ResultDelivered,
    ResultFinalised,
    ResultIssued,
    ResultProvisional,
    ResultReceived,
)
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating, scene
from tests.services.evaluation.visits import hold, respond
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

PLACES = ("palembang", "plaju", "sawahlunto", "binjai", "dumai")


async def everybody_is_assessed(here: Scene) -> None:
    """Organisation, superiors, and where the policy asks for them peers and panel."""
    await here.plan(*here.office.everyone)
    units = await here.get(here.office.office, f"/cycles/{here.cycle_id}/units")
    items = [{"unit_id": one["unit_id"], "performance": "GOOD"} for one in units["items"]]
    await here.post(here.office.office, f"/cycles/{here.cycle_id}/org-performance", {"items": items})
    for servant in here.office.everyone:
        await here.assess(servant, here.office.rater(servant) or here.office.office)
        for peer in await here.peers(servant):
            await here.assess_as_peer(servant, peer)
    await here.sweep()  # what colleagues gave is computed by the sweep
    await panel_assesses(here)


async def panel_assesses(here: Scene) -> None:
    for row in (await here.get(here.office.office, "/visits", cycle_id=str(here.cycle_id)))["items"]:
        lead = UUID(row["lead_id"])
        visit = await here.get(lead, f"/visits/{row['id']}")
        items = [
            {"appraisal_id": one["appraisal_id"], "scores": dict.fromkeys(visit["codes"], 90)}
            for one in visit["members"]
        ]
        await here.post(lead, f"/visits/{row['id']}/assessments", {"items": items})


async def visits_are_held(here: Scene) -> None:
    """And those observed respond."""
    if here.office.policy.features.panel_visits:
        await hold(here)
        await respond(here)


@pytest.mark.parametrize("place", PLACES)
async def test_a_whole_cycle_closes_with_every_result_final(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, place: str
) -> None:
    here = await scene(evaluation_db, client_of, clock, place)
    await lives_through(here)
    await ends_well(here)


async def lives_through(here: Scene) -> None:
    """A cycle in which everybody does what is owed, until it is closed."""
    await here.through(Phase.PREPARATION, Phase.PLANNING)
    await here.lead(Phase.EXECUTION)
    await visits_are_held(here)
    await here.end(Phase.EXECUTION)
    await here.lead(Phase.EVALUATION)
    assert await here.owed(Phase.EVALUATION) > len(here.office.everyone)
    await everybody_is_assessed(here)
    assert await here.owed(Phase.EVALUATION) == 0
    await here.end(Phase.EVALUATION)
    await here.lead(Phase.MODERATION)
    await findings_are_closed(here)
    assert await here.owed(Phase.MODERATION) == 0
    await here.end(Phase.MODERATION)
    await here.lead(Phase.DISCLOSURE)
    for servant in here.office.everyone:
        await here.issue(servant, here.office.rater(servant) or here.office.office)
        issued = await here.deliver(servant)
        await here.post(servant, f"/results/{issued.result_id}/acknowledgement", {"note": "diterima"})
    assert await here.owed(Phase.DISCLOSURE) == 0
    await here.post(here.office.office, f"/cycles/{here.cycle_id}/upward-report", {"recipient": "Sekretaris Daerah"})
    await here.end(Phase.DISCLOSURE)
    objection = await here.lead(Phase.OBJECTION)
    until = max(one.object_until for one in await emitted_of(here.database, ResultReceived) if one.object_until)
    assert objection.due_at is not None
    assert objection.due_at >= until
    here.clock.advance(seconds=objection.due_in + 1)
    await here.end(Phase.OBJECTION)
    await here.lead(Phase.FINALISATION)
    assert await here.owed(Phase.FINALISATION) == 0
    await here.through(Phase.FOLLOW_UP)
    if here.office.policy.features.system_review:
        await here.lead(Phase.SYSTEM_REVIEW)
        action = {"what": "Sosialisasi ulang", "responsible_id": str(here.rater), "until": "2026-12-31"}
        review = {"findings": "Berjalan baik", "actions": [action]}
        told = await here.post(here.office.office, f"/cycles/{here.cycle_id}/review", review)
        assert told["metrics"]["final"] == len(here.office.everyone)
        [whole] = [one for one in told["spread"] if one["criterion"] == "local_score" and one["unit_id"] is None]
        results = (await here.get(here.office.office, "/results", cycle_id=str(here.cycle_id), limit=500))["items"]
        scores = sorted(Decimal(one["local_score"]) for one in results if one["superseded_by"] is None)
        assert whole["people"] == len(scores)
        assert Decimal(whole["median"]) == scores[len(scores) // 2]
        assert abs(Decimal(whole["mean"]) - sum(scores, Decimal(0)) / len(scores)) <= Decimal("0.01")
        rates = {one["kind"]: one for one in told["on_time"]}
        received = rates["ACKNOWLEDGE_RESULT"]
        assert received["in_time"] + received["late"] + received["lapsed"] == len(here.office.everyone)
    assert await here.close() == 0


async def findings_are_closed(here: Scene) -> None:
    """Everybody got the same points here, so the raters of several people are asked why, and keep them."""
    listed = await here.get(here.office.office, "/moderations", cycle_id=str(here.cycle_id), state="OPEN")
    assert listed["items"]
    for one in listed["items"]:
        path = f"/moderations/{one['id']}"
        await here.post(here.office.office, f"{path}/question", {"question": "Mengapa nilainya sama?"})
        await here.post(UUID(one["concerns_id"]), f"{path}/answer", {"reason": "Hasilnya setara"})


async def ends_well(here: Scene) -> None:
    """Every result is final exactly once, and each phase told when nothing was owed any more."""
    everyone = len(here.office.everyone)
    for event in (ResultProvisional, ResultIssued, ResultDelivered, ResultReceived, ResultFinalised):
        assert len(await emitted_of(here.database, event)) == everyone, event
    assert len(await emitted_of(here.database, CycleClosed)) == 1
    assert {one.phase for one in await emitted_of(here.database, PhaseCleared)} >= {Phase.EVALUATION, Phase.DISCLOSURE}
    summary = await here.get(here.office.office, f"/cycles/{here.cycle_id}/summary")
    assert summary["appraisals"] == {"FINAL": everyone}
    assert summary["predicates"] == {"GOOD": everyone}
    assert (summary["second_versions"], summary["numbers"]["deemed_received"]) == (0, 0)
    assert await here.close() == 0


async def test_the_example_of_palembang_comes_out_and_explains_itself(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    scores = {"productivity": 100, "community_impact": 110, "creativity": 90, "collaboration": 100}
    await here.lead(Phase.DISCLOSURE)
    await here.plan(here.ani)
    await here.assess(here.ani, here.rater, scores=scores)
    await here.issue(here.ani, here.rater)
    (result,) = await here.results(here.ani)
    assert (result["local_score"], result["local_band"], result["predicate"]) == ("103.00", "GOOD", "GOOD")
    assert result["strengths"] == ["community_impact", "target_fulfilment", "collaboration", "productivity"]
    assert result["areas"] == ["creativity"]
    why = await here.get(here.ani, f"/results/{result['id']}/explanation")
    assert any("105,00 x bobot 40 = 42,00" in one["id"] for one in why["sentences"])
    assert any(one["id"].startswith("Laporan selesai: target 100, realisasi 105") for one in why["sentences"])


async def test_a_score_waits_for_the_last_actuals_and_a_missing_actual_leaves_it_open(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "binjai")
    ani, budi = here.office.staff[:2]
    await here.plan(ani, actual=None)
    await here.assess(ani, here.rater)
    await here.assess(budi, here.rater)
    told = {one.servant_id: one for one in await emitted_of(evaluation_db, ResultProvisional)}
    assert told[ani].local_score is None
    assert told[budi].local_score is None  # no plan was ever set
    await here.plan(budi, actual=110)
    late = [one for one in await emitted_of(evaluation_db, ResultProvisional) if one.servant_id == budi]
    assert [one.local_score for one in late] == [None, Decimal("108.50")]
    assert late[0].clarify_until == late[1].clarify_until


async def test_what_is_assessed_before_the_evaluation_opens_waits_for_it(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    await here.provisional(here.ani)
    assert (await here.read(here.ani))["state"] == "OPEN"
    await here.through(Phase.PREPARATION, Phase.PLANNING, Phase.EXECUTION)
    await here.lead(Phase.EVALUATION)
    assert (await here.read(here.ani))["state"] == "PROVISIONAL"
    assert await here.obligations("ASSESS", here.ani) == []


async def test_the_head_of_a_unit_is_rated_from_the_organisation(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 arts 24-25: the organisation's achievement comes first."""
    here = await evaluating(evaluation_db, client_of, clock)
    head = here.office.head
    await here.provisional(head, result_rating="BELOW", behaviour_rating="ABOVE")
    assert (await here.read(head))["state"] == "OPEN"
    items = [{"unit_id": str(here.office.unit_id), "performance": "OUTSTANDING"}]
    path = f"/cycles/{here.cycle_id}/org-performance"
    assert (await here.post(here.office.office, path, {"items": items}))["missing"] == 0
    read = await here.read(head)
    assert (read["result_rating"], read["predicate"]) == ("ABOVE", "VERY_GOOD")
    await here.post(here.office.office, path, {"items": items})
    changed = [{"unit_id": str(here.office.unit_id), "performance": "GOOD"}]
    await here.post(here.office.office, path, {"items": changed}, status=409)
    assert AssessorRole.SUPERIOR in {one["role"] for one in read["assessments"]}
