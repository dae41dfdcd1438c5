"""Questions about a provisional result (Dumai): the signature waits, and an answer may change the ratings."""

from typing import Any

import pytest

from contracts.base import Phase, Predicate, Rating, new_id
from contracts.evaluation.results import ResultIssued, ResultProvisional, ResultSuperseded
from contracts.feedback.clarifications import ClarificationAnswered, ClarificationRequested
from kit.db import Database
from services.evaluation.results.commands import clarifications
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.support.clock import SetClock
from tests.support.told import told_of

pytestmark = pytest.mark.connected


async def _asked(here: Scene) -> None:
    body: dict[str, Any] = {"tenant_id": here.tenant_id, "cycle_id": here.cycle_id, "servant_id": here.ani}
    event = ClarificationRequested(
        **body, clarification_id=new_id(), appraisal_id=here.appraisals[here.ani], rater_id=here.rater
    )
    async with here.database.transaction(here.tenant_id) as session:
        await clarifications.record_question(session, event)


async def _answered(here: Scene, rating: Rating | None = None) -> None:
    event = ClarificationAnswered(
        tenant_id=here.tenant_id,
        cycle_id=here.cycle_id,
        servant_id=here.ani,
        clarification_id=new_id(),
        appraisal_id=here.appraisals[here.ani],
        answered_by=here.rater,
        outcome="EXPLAINED" if rating is None else "AMENDED",
        result_rating=rating,
        reason="Bukti dukung triwulan kedua",
    )
    async with here.database.transaction(here.tenant_id) as session:
        await clarifications.apply_answer(session, event)


async def _provisional(database: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    here = await evaluating(database, client_of, clock)
    await here.lead(Phase.DISCLOSURE)
    await here.provisional(here.ani, result_rating="BELOW")
    return here


async def test_the_signature_waits_for_the_answer(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _provisional(evaluation_db, client_of, clock)
    await _asked(here)
    refused = await here.issue(here.ani, here.rater, status=409)
    assert refused["items"][0]["outcome"] == "CLARIFICATION_OPEN"
    await _answered(here)
    await here.issue(here.ani, here.rater)
    assert len(await told_of(evaluation_db, ResultProvisional)) == 1


async def test_an_amended_answer_changes_ratings_and_the_predicate_follows_from_the_table(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _provisional(evaluation_db, client_of, clock)
    await _asked(here)
    await _answered(here, Rating.MEETS)
    before, after = await told_of(evaluation_db, ResultProvisional)
    assert (before.predicate, after.predicate) == (Predicate.NEEDS_IMPROVEMENT, Predicate.GOOD)
    await here.issue(here.ani, here.rater)
    (result,) = await here.results(here.ani)
    assert (result["result_rating"], result["predicate"], result["version"]) == ("MEETS", "GOOD", 1)


async def test_an_answer_that_crossed_with_the_signature_makes_a_new_version(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _provisional(evaluation_db, client_of, clock)
    await here.issue(here.ani, here.rater)
    await here.deliver(here.ani)
    await _asked(here)
    await _answered(here, Rating.MEETS)
    first, second = await here.results(here.ani)
    assert (first["superseded_by"], second["predicate"], second["final_without_objection"]) == (2, "GOOD", False)
    assert len(await told_of(evaluation_db, ResultSuperseded)) == 1
    issued = await here.deliver(here.ani)
    assert issued.version == 2
    assert [one["state"] for one in await here.obligations("ACKNOWLEDGE_RESULT")].count("OPEN") == 1
    await here.post(here.ani, f"/results/{first['id']}/acknowledgement", status=409)
    await here.post(here.ani, f"/results/{second['id']}/acknowledgement")
    assert len(await told_of(evaluation_db, ResultIssued)) == 2
