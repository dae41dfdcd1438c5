"""What an outage of the system extends in evaluation: open phases, and windows for questions and objections."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from contracts.base import Phase, new_id
from contracts.registry.calendars import OutageRecorded
from kit.db import Database
from services.evaluation.cycles.commands import outages
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating, scene
from tests.support import policies
from tests.support.arriving import arrive
from tests.support.clock import SetClock

pytestmark = pytest.mark.connected


async def down(here: Scene, around: datetime) -> None:
    """Nobody could work with the system in the two hours around an instant."""
    event = OutageRecorded(
        tenant_id=here.tenant_id,
        outage_id=new_id(),
        began_at=around - timedelta(hours=1),
        ended_at=around,
        reason="Pusat data padam",
        recorded_by=here.office.office,
    )
    await arrive(here.database, event, outages.extend)


async def value(here: Scene, question: str, **values: Any) -> Any:
    async with here.database.transaction(here.tenant_id) as session:
        return (await session.execute(text(question), values)).scalar_one()


WINDOW = "select object_until from results"
PHASE = "select due_at from cycle_phases where phase = 'EVALUATION'"


async def test_the_window_for_an_objection_is_a_working_day_longer(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await here.provisional(here.ani)
    await here.lead(Phase.DISCLOSURE)
    await here.issue(here.ani, here.rater)
    issued = await here.deliver(here.ani)
    await here.post(here.ani, f"/results/{issued.result_id}/acknowledgement")
    until = await value(here, WINDOW)
    await down(here, until)
    assert await value(here, WINDOW) == here.office_days(1, since=until)
    await down(here, until)  # it ends another day now
    assert await value(here, WINDOW) == here.office_days(1, since=until)


async def test_an_open_phase_is_due_later_and_the_workflow_learns_it_when_it_asks(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    due = await value(here, PHASE)
    await down(here, due)
    later = await value(here, PHASE)
    assert later == here.office_days(1, since=due)
    window = await here.does.begin_phase(here.ask(Phase.EVALUATION))
    assert window.due_at == later


async def test_what_did_not_fall_into_the_outage_stays(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    before = {row["id"]: row["due_at"] for row in await here.obligations("ASSESS")}
    await down(here, here.now() - timedelta(days=3))
    assert {row["id"]: row["due_at"] for row in await here.obligations("ASSESS")} == before


async def test_a_period_is_shown_due_when_its_obligation_is_before_and_after_it_was_evaluated(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock, policy=policies.quarterly(policies.policy()))
    await here.through(Phase.PREPARATION, Phase.PLANNING)
    await here.lead(Phase.EXECUTION)
    path = f"/appraisals/{here.appraisals[here.ani]}/periods"
    (obligation,) = await here.obligations("EVALUATE_PERIOD", here.ani)
    await down(here, obligation["due_at"])
    later = here.office_days(1, since=obligation["due_at"])
    (line,) = (await here.get(here.rater, path))["items"]
    assert datetime.fromisoformat(line["due_at"]) == later
    clock.set(later)
    ratings = {"result_rating": "MEETS", "behaviour_rating": "MEETS", "note": "Dibahas"}
    assert (await here.post(here.rater, f"{path}/1", ratings))["due_at"] == line["due_at"]
    assert (await here.get(here.rater, path))["items"][0]["due_at"] == line["due_at"]
