"""The independent panel (Dumai): visits, assessments after them, and moderation where panel and superior differ."""

import pytest

from contracts.base import AssessorRole, Phase
from contracts.evaluation.assessments import SourceDropped
from contracts.evaluation.findings import ModerationDone, ModerationRequired
from contracts.evaluation.results import ResultProvisional
from contracts.evaluation.visits import VisitConcluded, VisitHeld, VisitNotHeld, VisitScheduled
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating, scene
from tests.services.evaluation.visits import assess_unit, hold, respond, visit_of, visited
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected


async def _in_execution(database: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    here = await scene(database, client_of, clock, "dumai")
    await here.through(Phase.PREPARATION, Phase.PLANNING)
    await here.lead(Phase.EXECUTION)
    return here


async def test_a_visit_is_scheduled_for_each_unit_and_reported_once(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _in_execution(evaluation_db, client_of, clock)
    (scheduled,) = await emitted_of(evaluation_db, VisitScheduled)
    assert (scheduled.panel, scheduled.head_id) == (here.office.panel, here.office.head)
    first, second = await hold(here), await hold(here, by=here.office.panel[1])
    assert first == second
    (held,) = await emitted_of(evaluation_db, VisitHeld)
    assert (held.findings, held.respondent_id) == (2, here.office.head)
    assert [one["state"] for one in await here.obligations("VISIT_UNIT")] == ["DONE"]


@pytest.mark.parametrize("days_ago", [-2, 400])
async def test_a_visit_is_not_held_in_the_future_nor_before_the_period(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, days_ago: int
) -> None:
    here = await _in_execution(evaluation_db, client_of, clock)
    await hold(here, days_ago=days_ago, status=422)


async def test_the_panel_assesses_after_its_visit_and_the_unit_is_computed_with_its_last_member(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "dumai")
    await here.provisional(here.ani, points=90)
    await assess_unit(here, 82, status=409)
    await hold(here)
    await assess_unit(here, 82, status=409)
    assert await here.obligations("ASSESS_PANEL") == []
    await respond(here)
    assert [one["state"] for one in await here.obligations("ASSESS_PANEL")] == ["OPEN"]
    await assess_unit(here, 82, only=here.ani)
    assert (await here.read(here.ani))["state"] == "OPEN"
    assert await emitted_of(evaluation_db, VisitConcluded) == []
    visit = await assess_unit(here, 82)
    read = await here.read(here.ani)
    assert visit["state"] == "ASSESSED"
    assert (read["state"], read["local_score"]) == ("PROVISIONAL", "86.80")
    await assess_unit(here, 82)
    await assess_unit(here, 60, status=409)
    (concluded,) = await emitted_of(evaluation_db, VisitConcluded)
    assert (concluded.panel, concluded.assessed) == (here.office.panel, True)


async def test_sources_that_lie_apart_go_to_the_performance_office_first(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await visited(evaluation_db, client_of, clock)
    await assess_unit(here, 70)
    (required,) = await emitted_of(evaluation_db, ModerationRequired)
    assert required.finding == "SOURCE_GAP: 20.00 points between SUPERIOR and PANEL"
    hidden = await here.read(here.ani, by=here.ani)
    assert (hidden["state"], hidden["local_score"], hidden["assessments"]) == ("MODERATION", None, [])
    assert await emitted_of(evaluation_db, ResultProvisional) == []
    path = f"/appraisals/{here.appraisals[here.ani]}/moderation"
    first = await here.post(here.office.office, path, {"reason": "Bukti dukung sejalan"})
    again = await here.post(here.office.office, path, {"reason": "lain"})
    assert first["reason"] == again["reason"] == "Bukti dukung sejalan"
    (done,) = await emitted_of(evaluation_db, ModerationDone)
    (event,) = await emitted_of(evaluation_db, ResultProvisional)
    assert done.appraisal_id == event.appraisal_id == required.appraisal_id
    budi = here.office.staff[1]
    other = f"/appraisals/{here.appraisals[budi]}/moderation"
    await here.post(here.office.office, other, {"reason": "x"}, status=409)


async def test_a_finding_that_nobody_moderates_goes_on_unchanged(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await visited(evaluation_db, client_of, clock)
    await assess_unit(here, 70)
    await here.sweep(days=30)
    (done,) = await emitted_of(evaluation_db, ModerationDone)
    assert done.reason.startswith("no change")
    assert (await here.read(here.ani))["state"] == "PROVISIONAL"
    assert [one["state"] for one in await here.obligations("MODERATE")] == ["LAPSED"]


async def test_a_visit_that_was_never_held_drops_the_panel(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "dumai")
    await here.provisional(here.ani, points=90)
    await here.sweep(days=60)
    (dropped,) = await emitted_of(evaluation_db, SourceDropped)
    assert (dropped.role, dropped.received) == (AssessorRole.PANEL, 0)
    assert (await here.read(here.ani))["local_score"] == "90.00"
    assert (await visit_of(here))["state"] == "NOT_HELD"
    (never,) = await emitted_of(evaluation_db, VisitNotHeld)
    assert (never.panel, never.head_id) == (here.office.panel, here.office.head)
    await hold(here, status=409)


async def test_a_panel_that_visited_and_stays_silent_is_dropped(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _in_execution(evaluation_db, client_of, clock)
    await hold(here)
    await respond(here)
    await here.end(Phase.EXECUTION)
    await here.lead(Phase.EVALUATION)
    await here.provisional(here.ani, points=90)
    assert (await here.read(here.ani))["state"] == "OPEN"
    await here.sweep(days=30)
    assert (await here.read(here.ani))["dropped"] == ["PANEL"]
    (concluded,) = await emitted_of(evaluation_db, VisitConcluded)
    assert not concluded.assessed
