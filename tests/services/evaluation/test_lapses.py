"""What happens when the performance office or others do not do what they owe."""

import pytest
from sqlalchemy import text

from contracts.base import OrgPerformance, Phase, new_id
from contracts.evaluation.organisations import OrgPerformanceSet
from contracts.evaluation.reviews import SystemReviewed
from contracts.plans.initiatives import InitiativeVerified
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected


async def _last_year(here: Scene, performance: str) -> None:
    """The unit's achievement in an earlier cycle."""
    adding = text(
        """
        with earlier as (
            insert into cycles select (jsonb_populate_record(c, jsonb_build_object(
                'id', cast(:id as text), 'period_start', '2025-01-01', 'period_end', '2025-06-30'))).* from cycles c limit 1
            returning tenant_id, id
        )
        insert into org_performances (tenant_id, cycle_id, unit_id, performance, recommendation, set_by, set_at)
        select tenant_id, id, cast(:unit as uuid), :performance, '', cast(:unit as uuid), '2025-07-10' from earlier
        """
    )
    values = {"id": str(new_id()), "unit": here.office.unit_id, "performance": performance}
    async with here.database.transaction(here.tenant_id) as session:
        await session.execute(adding, values)


@pytest.mark.parametrize("before", [None, "OUTSTANDING"])
async def test_an_achievement_that_was_not_set_in_time_is_last_years(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, before: str | None
) -> None:
    """PermenPANRB 6/2022 L IV.B.1.f: last year's achievement is used."""
    here = await evaluating(evaluation_db, client_of, clock)
    if before is not None:
        await _last_year(here, before)
    await here.provisional(here.office.head)
    await here.sweep(days=40)
    (told,) = await emitted_of(evaluation_db, OrgPerformanceSet)
    assert told.performance == OrgPerformance(before or "GOOD")
    read = await here.read(here.office.head)
    assert (read["state"], read["result_rating"]) == ("PROVISIONAL", "MEETS" if before is None else "ABOVE")


async def test_a_review_that_nobody_wrote_keeps_the_numbers(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "binjai")
    early = await here.post(here.office.office, f"/cycles/{here.cycle_id}/review", {"findings": "x"}, status=409)
    assert early["type"].endswith("/refused")
    await here.lead(Phase.SYSTEM_REVIEW)
    await here.sweep(days=90)
    (reviewed,) = await emitted_of(evaluation_db, SystemReviewed)
    assert reviewed.metrics["members"] == len(here.office.everyone)
    kept = await here.get(here.ani, f"/cycles/{here.cycle_id}/review")
    assert (kept["findings"], kept["actions"]) == ("", [])


async def test_a_recognised_innovation_lifts_the_band_even_after_the_score_was_made(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "binjai")
    await here.plan(here.ani, actual=115)
    await here.assess(here.ani, here.rater, points=100)
    before = await here.read(here.ani)
    event = InitiativeVerified(
        tenant_id=here.tenant_id,
        initiative_id=new_id(),
        cycle_id=here.cycle_id,
        servant_id=here.ani,
        kind="INNOVATION",
        title="Antrean daring",
        recognised=True,
        verified_by=here.rater,
    )
    await here.take(event.model_copy(update={"kind": "INITIATIVE"}))
    assert not (await here.read(here.ani))["innovation_recognised"]
    await here.take(event)
    after = await here.read(here.ani)
    assert before["local_score"] == after["local_score"] == "113.50"
    assert (before["local_band"], after["local_band"]) == ("GOOD", "VERY_GOOD")
    assert before["predicate"] == after["predicate"] == "GOOD"  # the local band is not the national predicate
