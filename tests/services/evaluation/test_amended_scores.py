"""A contested score changes: the criterion, the score, its trace, and whatever follows from the result (DMI-8)."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from contracts.amendments import ScoreChange
from contracts.base import Phase, Rating, new_id
from contracts.evaluation.results import ResultFinalised, ResultIssued, ResultProvisional, ScoresAmended
from contracts.feedback.clarifications import ClarificationAnswered
from kit.db import Database
from services.evaluation.results.commands import clarifications
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.services.evaluation.visits import assess_unit, visited
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected


async def _received(database: Database, client_of: ClientOf, clock: SetClock, **change: Any) -> tuple[Scene, UUID]:
    here = await evaluating(database, client_of, clock)
    await here.lead(Phase.DISCLOSURE)
    return here, (await here.received(here.ani, **change)).result_id


async def _disclosed(database: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    """Seventy points everywhere, and the first sight of it: what is argued about comes before the result."""
    here = await evaluating(database, client_of, clock)
    await here.lead(Phase.DISCLOSURE)
    await here.provisional(here.ani, points=70)
    return here


async def _answered(here: Scene, *scores: ScoreChange, rating: Rating | None = None) -> None:
    event = ClarificationAnswered(
        tenant_id=here.tenant_id,
        cycle_id=here.cycle_id,
        servant_id=here.ani,
        clarification_id=new_id(),
        appraisal_id=here.appraisals[here.ani],
        answered_by=here.rater,
        outcome="AMENDED",
        result_rating=rating,
        behaviour_rating=rating,
        reason="Bukti dukung triwulan kedua",
        scores=scores,
    )
    async with here.database.transaction(here.tenant_id) as session:
        await clarifications.apply_answer(session, event)


async def _same_from_the_trace(here: Scene) -> int:
    """Every stored version is made again from its trace alone; returns how many there are."""
    page = await here.post(here.office.office, f"/cycles/{here.cycle_id}/recomputation")
    assert page["differing"] == []
    return int(page["checked"])


async def test_an_objection_about_one_criterion_changes_it_with_the_score_and_its_trace(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here, result_id = await _received(evaluation_db, client_of, clock, points=70)
    await here.objected(here.ani, result_id)
    await here.decided(here.ani, result_id, scores=[ScoreChange(criterion="creativity", score=Decimal(110))])
    first, second = await here.results(here.ani)
    # target_fulfilment 105 x 40, creativity 110 x 10, and 70 for the other 50, by hand.
    assert (first["local_score"], second["local_score"]) == ("84.00", "88.00")
    assert (first["criteria"]["creativity"], second["criteria"]["creativity"]) == ("70.00", "110.00")
    assert (second["result_rating"], second["version"]) == (first["result_rating"], 2)
    assert "creativity" not in second["areas"]
    explained = await here.get(here.ani, f"/results/{second['id']}/explanation")
    assert any("decided to be 110, before 70" in one["en"] for one in explained["sentences"])
    assert await _same_from_the_trace(here) == 2


async def test_whatever_follows_from_the_result_follows_the_new_score(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here, result_id = await _received(evaluation_db, client_of, clock, points=70)
    await here.objected(here.ani, result_id)
    here.clock.advance(days=40)
    await here.lead(Phase.FINALISATION)
    await here.decided(here.ani, result_id, scores=[ScoreChange(criterion="creativity", score=Decimal(110))])
    (final,) = await emitted_of(evaluation_db, ResultFinalised)
    assert (final.version, final.local_score, final.criteria["creativity"]) == (2, Decimal("88.00"), Decimal("110.00"))


async def test_an_actual_that_was_wrong_is_measured_again(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here, result_id = await _received(evaluation_db, client_of, clock, points=70)
    (issued,) = await emitted_of(evaluation_db, ResultIssued)
    ((indicator, actual),) = (issued.indicators or {}).items()
    assert actual == Decimal(105)
    await here.objected(here.ani, result_id)
    await here.decided(here.ani, result_id, scores=[ScoreChange(indicator=UUID(indicator), actual=Decimal(115))])
    *_, second = await here.results(here.ani)
    assert (second["criteria"]["target_fulfilment"], second["local_score"]) == ("115.00", "88.00")
    await _same_from_the_trace(here)


async def test_a_clarification_changes_the_provisional_score_and_a_later_fact_does_not_undo_it(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _disclosed(evaluation_db, client_of, clock)
    await _answered(here, ScoreChange(criterion="creativity", score=Decimal(110)))
    before, after = await emitted_of(evaluation_db, ResultProvisional)
    assert (before.local_score, after.local_score) == (Decimal("84.00"), Decimal("88.00"))
    assert (after.criteria or {})["creativity"] == Decimal("110.00")
    await here.plan(here.ani, actual=100)
    assert (await here.read(here.ani))["local_score"] == "86.00"
    await here.issue(here.ani, here.rater)
    (result,) = await here.results(here.ani)
    assert (result["version"], result["criteria"]["creativity"], result["local_score"]) == (1, "110.00", "86.00")
    await _same_from_the_trace(here)


async def test_a_second_decision_keeps_what_the_first_one_set(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _disclosed(evaluation_db, client_of, clock)
    await _answered(here, ScoreChange(criterion="creativity", score=Decimal(110)))
    await here.issue(here.ani, here.rater)
    issued = await here.deliver(here.ani)
    await here.post(here.ani, f"/results/{issued.result_id}/acknowledgement")
    await here.objected(here.ani, issued.result_id)
    await here.decided(here.ani, issued.result_id, scores=[ScoreChange(criterion="collaboration", score=Decimal(90))])
    *_, second = await here.results(here.ani)
    assert (second["criteria"]["creativity"], second["criteria"]["collaboration"]) == ("110.00", "90.00")
    assert second["local_score"] == "90.00"
    await _same_from_the_trace(here)


async def test_the_panel_that_had_assessed_it_is_told_and_no_other(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await visited(evaluation_db, client_of, clock)
    await assess_unit(here, 82)
    await _answered(here, ScoreChange(criterion="efficiency", score=Decimal(100)))
    (amended,) = await emitted_of(evaluation_db, ScoresAmended)
    (changed,) = amended.criteria
    assert (changed.criterion, changed.before, changed.after) == ("efficiency", Decimal("86.80"), Decimal("100.00"))
    assert set(amended.panel) == set(here.office.panel)
    assert (amended.servant_id, amended.by_objection) == (here.ani, False)


async def test_the_same_numbers_change_nothing_and_nobody_is_told(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _disclosed(evaluation_db, client_of, clock)
    await _answered(here, ScoreChange(criterion="creativity", score=Decimal(70)))
    assert len(await emitted_of(evaluation_db, ResultProvisional)) == 1
    assert await emitted_of(evaluation_db, ScoresAmended) == []
