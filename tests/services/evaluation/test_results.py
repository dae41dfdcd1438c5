"""Results: signed by whom, delivered, received or deemed so, objected to, and never overwritten."""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from contracts.base import Phase, Predicate, Rating, new_id
from contracts.evaluation.obligations import PhaseCleared
from contracts.evaluation.results import (
    ResultDelivered,
    ResultFinalised,
    ResultIssued,
    ResultReceived,
    ResultSuperseded,
)
from contracts.registry.servants import ServantRecorded
from contracts.registry.units import UnitRecorded
from kit.db import Database
from services.evaluation.cycles.commands import master_data as arriving
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of
from tests.support.people import master_data

pytestmark = pytest.mark.connected
ZONE = ZoneInfo("Asia/Jakarta")


async def _disclosing(database: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    here = await evaluating(database, client_of, clock)
    await here.lead(Phase.DISCLOSURE)
    return here


async def test_issuing_many_says_what_became_of_each(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _disclosing(evaluation_db, client_of, clock)
    ani, budi, citra = here.office.staff[:3]
    await here.provisional(ani)
    await here.provisional(budi)
    await here.issue(budi, here.rater)
    body = {
        "cycle_id": str(here.cycle_id),
        "appraisal_ids": [str(here.appraisals[one]) for one in (ani, budi, citra, here.rater)],
    }
    items = (await here.post(here.rater, "/results/issue", body))["items"]
    assert [one["outcome"] for one in items] == ["ISSUED", "ALREADY_ISSUED", "NOT_PROVISIONAL", "NOT_ALLOWED"]
    again = (await here.post(here.rater, "/results/issue", body))["items"]
    assert again[0] == items[0] | {"outcome": "ALREADY_ISSUED"}
    assert len(await emitted_of(evaluation_db, ResultIssued)) == 2
    await here.issue(citra, here.rater, status=409)


async def test_receipt_is_acknowledged_once_and_opens_the_window_for_an_objection(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _disclosing(evaluation_db, client_of, clock)
    await here.provisional(here.ani)
    await here.issue(here.ani, here.rater)
    issued = await here.deliver(here.ani)
    await here.deliver(here.ani)
    assert len(await emitted_of(evaluation_db, ResultDelivered)) == 1
    path = f"/results/{issued.result_id}/acknowledgement"
    first = await here.post(here.ani, path, {"note": "diterima, tidak setuju"})
    clock.advance(days=1)
    assert await here.post(here.ani, path) == first
    (received,) = await emitted_of(evaluation_db, ResultReceived)
    assert not received.deemed
    assert received.object_until == here.office_days(14, since=received.received_at)
    assert [one["state"] for one in await here.obligations("ACKNOWLEDGE_RESULT")] == ["DONE"]


async def test_a_result_that_is_not_acknowledged_is_deemed_received(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 L V.A.6: the note "not returned"; receipt is not agreement."""
    here = await _disclosing(evaluation_db, client_of, clock)
    await here.provisional(here.ani)
    await here.issue(here.ani, here.rater)
    await here.deliver(here.ani)
    await here.sweep(days=18)
    assert await emitted_of(evaluation_db, ResultReceived) == []  # fourteen working days are not over
    await here.sweep(days=3)
    (received,) = await emitted_of(evaluation_db, ResultReceived)
    (result,) = await here.results(here.ani)
    assert received.deemed
    assert result["receipt_note"] == "not returned"


async def test_a_silent_raters_superior_evaluates_and_signs_and_that_is_final(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 L V.A.8 and L IV.A.11: by the superior, without objection."""
    here = await evaluating(evaluation_db, client_of, clock)
    await here.plan(here.ani)
    await here.assess(here.ani, here.authority, status=403)
    await here.sweep(days=31)  # reminded, and handed over with the window
    refused = await here.assess(here.ani, here.rater, status=403)
    assert "L V.A.8" in refused["detail"]
    await here.assess(here.ani, here.authority)
    await here.assess(here.ani, here.rater, status=409)
    await here.lead(Phase.DISCLOSURE)
    assert [one["debtor_id"] for one in await here.obligations("ISSUE_RESULT", here.ani)] == [here.authority]
    await here.issue(here.ani, here.authority)
    issued = await here.deliver(here.ani)
    assert (issued.by_superior, issued.final_without_objection) == (True, True)
    await here.post(here.ani, f"/results/{issued.result_id}/acknowledgement")
    (received,) = await emitted_of(evaluation_db, ResultReceived)
    assert received.object_until is None
    await here.lead(Phase.FINALISATION)
    assert len(await emitted_of(evaluation_db, ResultFinalised)) == 1


async def test_a_rater_who_assessed_and_does_not_sign_is_replaced_by_the_superior(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 L V.A.5: who does not sign in time hands over the pen, so that the result is delivered."""
    here = await _disclosing(evaluation_db, client_of, clock)
    await here.provisional(here.ani)
    await here.issue(here.ani, here.authority, status=403)
    await here.sweep(days=30)
    await here.issue(here.ani, here.authority)
    (issued,) = await emitted_of(evaluation_db, ResultIssued)
    assert (issued.issued_by, issued.by_superior, issued.final_without_objection) == (here.authority, True, True)


async def test_a_head_rated_by_the_regional_head_gets_a_final_result(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 L IV.A.12: evaluated by the regional head, without objection."""
    here = await _disclosing(evaluation_db, client_of, clock)
    items = [{"unit_id": str(here.office.unit_id), "performance": "GOOD"}]
    await here.post(here.office.office, f"/cycles/{here.cycle_id}/org-performance", {"items": items})
    issued = await here.received(here.office.head)
    assert (issued.by_superior, issued.final_without_objection) == (False, True)


async def test_results_are_final_once_their_window_is_over_and_not_before(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _disclosing(evaluation_db, client_of, clock)
    await here.received(here.ani)
    await here.lead(Phase.FINALISATION)
    assert await emitted_of(evaluation_db, ResultFinalised) == []
    await here.sweep(days=10)
    assert await emitted_of(evaluation_db, ResultFinalised) == []
    await here.sweep(days=20)
    assert [one.servant_id for one in await emitted_of(evaluation_db, ResultFinalised)] == [here.ani]
    await here.sweep(days=1)
    assert len(await emitted_of(evaluation_db, ResultFinalised)) == 1


async def test_the_sweep_asks_to_be_woken_when_the_next_window_ends(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _disclosing(evaluation_db, client_of, clock)
    await here.received(here.ani)
    await here.lead(Phase.FINALISATION)
    async with evaluation_db.transaction(here.tenant_id) as session:
        await session.execute(text("update obligations set next_at = null"))
    (received,) = await emitted_of(evaluation_db, ResultReceived)
    assert received.object_until is not None
    assert await here.next_sweep() == pytest.approx((received.object_until - here.now()).total_seconds())


async def test_an_objection_that_is_upheld_keeps_the_result_and_one_that_is_open_holds_it(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _disclosing(evaluation_db, client_of, clock)
    issued = await here.received(here.ani)
    await here.objected(here.ani, issued.result_id)
    await here.lead(Phase.FINALISATION)
    await here.sweep(days=40)
    assert await emitted_of(evaluation_db, ResultFinalised) == []
    await here.decided(here.ani, issued.result_id)
    (final,) = await emitted_of(evaluation_db, ResultFinalised)
    assert (final.result_id, final.version) == (issued.result_id, 1)


async def test_an_amended_objection_makes_a_second_version_and_keeps_the_first(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _disclosing(evaluation_db, client_of, clock)
    issued = await here.received(here.ani, result_rating="BELOW")
    await here.objected(here.ani, issued.result_id)
    await here.decided(here.ani, issued.result_id, result_rating=Rating.MEETS)
    first, second = await here.results(here.ani)
    assert (first["version"], first["predicate"], first["superseded_by"]) == (1, "NEEDS_IMPROVEMENT", 2)
    assert (second["version"], second["predicate"], second["superseded_by"]) == (2, "GOOD", None)
    assert second["reason"] == "Bukti dukung diperiksa kembali"
    assert second["local_score"] == first["local_score"]
    (superseded,) = await emitted_of(evaluation_db, ResultSuperseded)
    event = next(one for one in await emitted_of(evaluation_db, ResultIssued) if one.version == 2)
    assert (superseded.version, superseded.by_version) == (1, 2)
    assert (event.issued_by, event.predicate, event.final_without_objection) == (here.authority, Predicate.GOOD, True)
    await here.deliver(here.ani)
    assert len(await here.obligations("ACKNOWLEDGE_RESULT", here.ani)) == 1  # of the first version
    await here.lead(Phase.FINALISATION)
    assert [one.version for one in await emitted_of(evaluation_db, ResultFinalised)] == [2]
    why = await here.get(here.ani, f"/results/{second['id']}/explanation")
    assert why["sentences"][-1]["en"].endswith("predicate Good")


async def test_the_last_final_result_says_that_the_phase_is_cleared(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _disclosing(evaluation_db, client_of, clock)
    items = [{"unit_id": str(here.office.unit_id), "performance": "GOOD"}]
    await here.post(here.office.office, f"/cycles/{here.cycle_id}/org-performance", {"items": items})
    for servant in here.office.everyone:
        await here.received(servant)
    await here.lead(Phase.FINALISATION)
    assert await here.owed(Phase.FINALISATION) > 0
    await here.sweep(days=40)
    assert await here.owed(Phase.FINALISATION) == 0
    assert Phase.FINALISATION in {one.phase for one in await emitted_of(evaluation_db, PhaseCleared)}


@pytest.mark.parametrize(
    "statement", ["update results set predicate = 'VERY_GOOD'", "delete from results", "update results set version = 3"]
)
async def test_the_database_itself_refuses_to_change_or_delete_a_version(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, statement: str
) -> None:
    """PermenPANRB 6/2022 L V.A.12: the document stays as it was signed."""
    here = await _disclosing(evaluation_db, client_of, clock)
    await here.received(here.ani)
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with evaluation_db.transaction(here.tenant_id) as session:
            await session.execute(text(statement))


async def test_what_is_provisional_after_disclosure_began_is_to_be_signed_at_once(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    budi = here.office.staff[1]
    await here.provisional(budi)
    assert await here.obligations("ISSUE_RESULT") == []
    await here.lead(Phase.DISCLOSURE)
    await here.provisional(here.ani)
    assert {one["about_id"] for one in await here.obligations("ISSUE_RESULT")} == {here.ani, budi}


async def test_the_window_counts_the_week_of_the_servants_unit(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _disclosing(evaluation_db, client_of, clock)
    ani, budi = here.office.staff[:2]
    await _move_to_a_hospital(here, ani)
    # Both on a Monday; 17 and 25 August 2026 are days off.
    clock.set(datetime(2026, 8, 10, 2, 0, tzinfo=UTC))
    for one in (ani, budi):
        await here.received(one)
    received = {one.servant_id: one for one in await emitted_of(evaluation_db, ResultReceived)}
    ends = [received[one].object_until for one in (ani, budi)]
    assert [end.astimezone(ZONE).isoformat() for end in ends if end is not None] == [
        "2026-08-28T23:59:59+07:00",  # six days a week
        "2026-09-01T23:59:59+07:00",
    ]


async def _move_to_a_hospital(here: Scene, servant: UUID) -> None:
    """The registry says that this person works six days a week now."""
    events = master_data(here.office)
    [office] = (one for one in events if isinstance(one, UnitRecorded))
    hospital = office.model_copy(update={"unit_id": new_id(), "work_days": (0, 1, 2, 3, 4, 5)})
    [person] = (one for one in events if isinstance(one, ServantRecorded) and one.servant_id == servant)
    moved = person.model_copy(update={"unit_id": hospital.unit_id, "revision": 2})
    async with here.database.transaction(here.tenant_id) as session:
        await arriving.take_master_data(session, [hospital, moved])
