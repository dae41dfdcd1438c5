"""A visit's way (Dumai): its date, the checklist, numbered findings, what those observed say, and what its workflow does."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from contracts.base import AssessorRole
from contracts.evaluation.visits import (
    VisitAnnounced,
    VisitConcluded,
    VisitDateSet,
    VisitHeld,
    VisitMissed,
    VisitResponded,
    VisitUnanswered,
)
from contracts.obligations import Ladder, ObligationKind
from contracts.policy import Source
from contracts.registry.personnel import ChangeKind, Status
from kinerja.commands.places import policy as policy_of
from kit.db import Database
from services.evaluation.appraisals.commands import personnel
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating, in_february
from tests.services.evaluation.test_personnel import changed
from tests.services.evaluation.visits import (
    REPLIES,
    answers,
    assess_unit,
    detail,
    hold,
    lead,
    respond,
    set_date,
    visit_of,
)
from tests.support.arriving import arrive
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected


@pytest.fixture
async def here(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    return await in_february(evaluation_db, client_of, clock)


async def without_head(here: Scene) -> None:
    """Nobody heads the unit any more, and nobody rates anybody in it."""
    async with here.database.transaction(here.tenant_id) as session:
        await session.execute(text("update directory_people set is_head = false"))
        await session.execute(text("update appraisals set rater_id = null, authority_id = null"))


async def test_the_panel_sets_a_date_and_moves_it_with_a_reason(here: Scene) -> None:
    first = await set_date(here, 10)
    assert await set_date(here, 10) == first
    problem = await set_date(here, 9, status=422)
    assert problem["where"] == "reason"
    moved = await set_date(here, 9, reason="Ketua tim bertugas luar kota", by=here.office.panel[1])
    event, again = await emitted_of(here.database, VisitDateSet)
    assert (event.former, event.reason, event.head_id, event.panel) == (None, None, here.office.head, here.office.panel)
    assert (again.former, again.visit_on.isoformat()) == (event.visit_on, moved["visit_on"])
    assert (again.reason, again.set_by) == ("Ketua tim bertugas luar kota", here.office.panel[1])


@pytest.mark.parametrize(
    ("days", "why"),
    [(-1, "from today until"), (200, "from today until"), (5, "no working day")],
    ids=["yesterday", "after it is due", "a Saturday"],
)
async def test_a_date_lies_in_the_window_and_on_a_working_day(here: Scene, days: int, why: str) -> None:
    problem = await set_date(here, days, status=422)
    assert problem["where"] == "visit_on"
    assert why in problem["detail"]
    assert await emitted_of(here.database, VisitDateSet) == []


async def test_a_visit_that_was_held_gets_no_date_any_more(here: Scene) -> None:
    await hold(here)
    await set_date(here, 9, status=409)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"standard_shown": None}, "checklist.standard_shown"),
        ({"coffee_served": True}, "checklist.coffee_served"),
        ({"queue_recorded": "ya"}, "checklist.queue_recorded"),
        ({"people_spoken_to": True}, "checklist.people_spoken_to"),
    ],
    ids=["missing", "unknown", "words for a yes or no", "a yes for words"],
)
async def test_a_report_answers_the_checklist_of_the_policy(here: Scene, change: Any, where: str) -> None:
    given = {code: answer for code, answer in (answers(here) | change).items() if answer is not None}
    problem = await hold(here, checklist=given, status=422)
    assert [one["where"] for one in problem["errors"]] == [where]
    optional = answers(here)
    del optional["people_spoken_to"]
    assert (await hold(here, checklist=optional))["state"] == "HELD"


async def test_findings_are_numbered_and_those_observed_respond_to_each_once(here: Scene) -> None:
    await hold(here)
    (obligation,) = await here.obligations("RESPOND_TO_VISIT")
    (held,) = await emitted_of(here.database, VisitHeld)
    assert (obligation["debtor_id"], obligation["phase"]) == (here.office.head, "EXECUTION")
    assert (held.respondent_id, held.respond_by) == (here.office.head, obligation["due_at"])
    assert held.respond_by == here.office_days(7, since=here.now())
    assert (await visit_of(here))["response_state"] == "AWAITED"
    first = await respond(here)
    assert await respond(here, items=[], comment="lain") == first
    read = await detail(here, here.office.panel[0])
    assert [one["number"] for one in read["findings"]] == [1, 2]
    assert [(one["number"], one["stance"], one["action"]) for one in read["response"]] == [
        (1, "AGREE", REPLIES[0]["action"]),
        (2, "EXPLAIN", None),
    ]
    assert (read["response_state"], read["responded_by"]) == ("ANSWERED", str(here.office.head))
    (event,) = await emitted_of(here.database, VisitResponded)
    assert (event.panel, event.agreed, event.explained, event.actions) == (here.office.panel, 1, 1, 1)
    assert [one["state"] for one in await here.obligations("RESPOND_TO_VISIT")] == ["DONE"]


@pytest.mark.parametrize(
    ("items", "where"),
    [
        ([{"number": 3, "stance": "AGREE"}], "items.0.number"),
        ([{"number": 1, "stance": "AGREE"}, {"number": 1, "stance": "AGREE"}], "items.1.number"),
        ([{"number": 2, "stance": "EXPLAIN", "text": " "}], "items.0.text"),
        ([], "comment"),
    ],
    ids=["no such finding", "twice", "without an explanation", "nothing at all"],
)
async def test_a_response_fits_the_report(here: Scene, items: Any, where: str) -> None:
    await hold(here)
    problem = await respond(here, items=items, status=422)
    assert [one["where"] for one in problem["errors"]] == [where]
    await respond(here, items=[], comment="Kami sependapat")


async def test_silence_lapses_with_a_note_and_is_too_late_afterwards(here: Scene) -> None:
    await hold(here)
    await here.sweep(days=20)
    read = await detail(here, here.office.head)
    assert (read["response_state"], read["response_note"], read["response"]) == ("SILENT", "no response", None)
    (event,) = await emitted_of(here.database, VisitUnanswered)
    assert (event.panel, event.note) == (here.office.panel, "no response")
    await respond(here, status=409)
    assert [one["state"] for one in await here.obligations("RESPOND_TO_VISIT")] == ["LAPSED"]


async def test_where_nobody_leads_the_unit_nobody_is_waited_for(here: Scene) -> None:
    await without_head(here)
    await hold(here)
    read = await detail(here, here.office.panel[0])
    assert (read["response_state"], read["response_note"]) == ("SILENT", "nobody leads this unit")
    assert await here.obligations("RESPOND_TO_VISIT") == []
    assert (await lead(here)).state == "SILENT"


async def test_a_unit_without_a_head_is_spoken_for_by_who_rates_most_of_it(here: Scene) -> None:
    async with here.database.transaction(here.tenant_id) as session:
        await session.execute(text("update directory_people set is_head = false"))
    await hold(here)
    assert (await visit_of(here))["response_state"] == "AWAITED"
    await respond(here, by=here.office.sekda, status=403)
    assert (await respond(here, by=here.office.section_head))["response_state"] == "ANSWERED"


async def test_for_a_head_who_has_left_the_office_responds(here: Scene) -> None:
    await hold(here)
    gone = changed(here, here.office.head, ChangeKind.STATUS, status=Status.RETIRED)
    await arrive(here.database, gone, personnel.take)
    await respond(here, status=409)
    assert (await respond(here, by=here.office.office))["response_state"] == "ANSWERED"


async def test_the_panel_assesses_after_the_response_which_changes_no_score_by_itself(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "dumai")
    await here.provisional(here.ani, points=90)
    await hold(here)
    assert await here.obligations("ASSESS_PANEL") == []
    await respond(here)
    assert [one["state"] for one in await here.obligations("ASSESS_PANEL")] == ["OPEN"]
    await assess_unit(here, 82)
    assert (await here.read(here.ani))["local_score"] == "86.80"


async def test_silence_opens_the_panels_obligation_as_well(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "dumai")
    await hold(here)
    await here.sweep(days=13)
    assert [one["state"] for one in await here.obligations("RESPOND_TO_VISIT")] == ["LAPSED"]
    assert [one["state"] for one in await here.obligations("ASSESS_PANEL")] == ["OPEN"]


async def test_a_ladder_that_never_lapses_does_not_keep_the_panel_waiting(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    usual = policy_of("dumai")
    ladders = usual.ladders | {ObligationKind.RESPOND_TO_VISIT: Ladder(due_days=5)}
    policy = usual.model_copy(update={"ladders": ladders})
    here = await evaluating(evaluation_db, client_of, clock, "dumai", policy=policy)
    await hold(here)
    state = await lead(here)
    assert (state.state, await here.obligations("ASSESS_PANEL")) == ("HELD", [])
    await _at(here, state.wait_seconds)
    assert [(await lead(here)).state for _ in range(2)] == ["SILENT", "SILENT"]
    assert len(await emitted_of(here.database, VisitUnanswered)) == 1
    assert [one["state"] for one in await here.obligations("RESPOND_TO_VISIT")] == ["LAPSED"]
    assert [one["state"] for one in await here.obligations("ASSESS_PANEL")] == ["OPEN"]


async def test_a_policy_from_before_there_were_responses_lapses_by_the_ladder_of_every_policy(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """It names no such ladder."""
    usual = policy_of("dumai")
    ladders = {kind: ladder for kind, ladder in usual.ladders.items() if kind is not ObligationKind.RESPOND_TO_VISIT}
    policy = usual.model_copy(update={"ladders": ladders})
    here = await evaluating(evaluation_db, client_of, clock, "dumai", policy=policy)
    await hold(here)
    await here.sweep(days=30)
    assert [one["state"] for one in await here.obligations("RESPOND_TO_VISIT")] == ["LAPSED"]
    assert (await lead(here)).state == "SILENT"


async def test_where_the_panel_visits_and_does_not_assess_the_response_completes_the_unit(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    alone = (Source(role=AssessorRole.SUPERIOR, share=Decimal(100)),)
    policy = policy_of("dumai").model_copy(update={"sources": alone})
    here = await evaluating(evaluation_db, client_of, clock, "dumai", policy=policy)
    await here.provisional(here.ani, points=90)
    await hold(here)
    assert (await here.read(here.ani))["state"] == "OPEN"
    (concluded,) = await emitted_of(here.database, VisitConcluded)
    assert not concluded.assessed
    await respond(here)
    assert (await here.read(here.ani))["state"] == "PROVISIONAL"


async def test_the_head_reads_the_visit_to_the_unit_and_the_office_every_visit(here: Scene) -> None:
    head, office = here.office.head, here.office.office
    assert (await visit_of(here, head))["id"] == (await visit_of(here, office))["id"]
    assert len((await detail(here, head))["asked"]) == len(here.office.policy.visits.checklist)
    await hold(here)
    assert len((await detail(here, head))["findings"]) == 2
    for observed in (here.ani, here.rater):
        assert len((await detail(here, observed))["findings"]) == 2


async def test_those_observed_read_nothing_before_the_report(here: Scene) -> None:
    for observed in (here.ani, here.rater):
        assert (await here.get(observed, "/visits"))["items"] == []
        await detail(here, observed, status=403)


async def test_the_workflow_announces_the_date_once_and_anew_when_it_was_moved(here: Scene) -> None:
    state = await lead(here)
    assert (state.state, state.wait_seconds is not None) == ("SCHEDULED", True)
    await set_date(here, 10)
    await _at(here, (await lead(here)).wait_seconds)
    for _ in range(2):
        await lead(here)
    (event,) = await emitted_of(here.database, VisitAnnounced)
    assert (event.visit_on.isoformat(), event.head_id) == ((await visit_of(here))["visit_on"], here.office.head)
    await set_date(here, 11, reason="Ketua tim sakit")
    await _at(here, (await lead(here)).wait_seconds)
    await lead(here)
    assert len(await emitted_of(here.database, VisitAnnounced)) == 2


async def test_a_date_of_tomorrow_is_announced_by_being_set(here: Scene) -> None:
    await set_date(here, 1)
    await lead(here)
    assert await emitted_of(here.database, VisitAnnounced) == []


async def test_the_workflow_says_once_that_a_date_was_missed_and_the_visit_may_still_be_held(here: Scene) -> None:
    await set_date(here, 1)
    wait = (await lead(here)).wait_seconds
    assert wait == (here.office_days(2, since=here.now() + timedelta(days=1)) - here.now()).total_seconds()
    await _at(here, wait)
    for _ in range(2):
        await lead(here)
    (event,) = await emitted_of(here.database, VisitMissed)
    assert event.visit_on == date(2026, 2, 3)
    assert (await hold(here))["state"] == "HELD"
    numbers = await here.get(here.office.office, f"/cycles/{here.cycle_id}/summary")
    assert (numbers["numbers"]["visits_missed"], numbers["visits_held"]) == (1, 1)


async def test_the_workflow_follows_until_those_observed_have_responded(here: Scene) -> None:
    await hold(here)
    state = await lead(here)
    assert state.state == "HELD"
    assert state.wait_seconds == (here.office_days(8, since=here.now()) - here.now()).total_seconds()
    await respond(here)
    assert await lead(here) == state.model_copy(update={"state": "ANSWERED", "wait_seconds": None})


async def test_the_workflow_ends_with_a_visit_that_was_never_held(here: Scene) -> None:
    await here.sweep(days=100)
    assert (await lead(here)).state == "NOT_HELD"
    await set_date(here, 1, status=409)


async def test_the_workflow_is_silent_while_the_cycle_is_paused_and_ends_with_a_cancelled_one(here: Scene) -> None:
    await set_date(here, 1)
    cycle, because = f"/cycles/{here.cycle_id}", {"reason": "Gangguan listrik"}
    await here.post(here.office.office, f"{cycle}/pause", because)
    here.clock.advance(days=30)
    assert (await lead(here)).wait_seconds == timedelta(days=1).total_seconds()
    assert await emitted_of(here.database, VisitMissed) == []
    await here.post(here.office.office, f"{cycle}/cancellation", because)
    assert (await lead(here)).state == "CALLED_OFF"


async def _at(here: Scene, seconds: float | None) -> None:
    """Let that much time pass."""
    assert seconds is not None
    here.clock.advance(seconds=seconds)


async def test_only_the_panel_sets_the_date_and_only_the_head_responds(here: Scene) -> None:
    for nobody in (here.office.head, here.ani, here.office.office):
        await set_date(here, 9, by=nobody, status=403)
    await hold(here)
    for nobody in (here.rater, here.ani, here.office.office, here.office.panel[0]):
        await respond(here, by=nobody, status=403)
    assert UUID((await detail(here, here.office.head))["respondent_id"]) == here.office.head
