"""Support for somebody's work: resources that are asked for, coaching, confidential counselling, results taken over."""

from typing import Any

import pytest

from contracts.base import Phase
from contracts.feedback.obligations import ObligationsClosed, ObligationsOpened
from contracts.feedback.support import (
    CoachingAsked,
    CoachingReported,
    SupportAnswered,
    SupportRequested,
    WorkResultTakenOver,
)
from contracts.obligations import ObligationKind
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.feedback.scene import Scene, scene
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

HELD = {"held_on": "2026-01-05", "outcome": "a way was agreed", "content": "what was said between us"}


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    return await scene(feedback_db, client_of)


def _coaching(here: Scene, coach: object, kind: str = "COUNSELLING") -> dict[str, Any]:
    body = {"cycle_id": here.cycle.id, "servant_id": here.ani, "coach_id": coach}
    return {name: str(one) for name, one in body.items()} | {"kind": kind, "topic": "tone at the counter"}


async def test_a_request_for_support_is_answered_once(here: Scene) -> None:
    """PermenPANRB 6/2022 art. 11 and art. 20: the leader grants resources or not, and says why."""
    body = {"cycle_id": str(here.cycle.id), "kind": "EQUIPMENT", "text": "a second printer"}
    asked = await here.post(here.ani, "/support-requests", body)
    assert await here.post(here.ani, "/support-requests", body) == asked
    assert len(await emitted_of(here.database, SupportRequested)) == 1
    [opened] = [item for event in await emitted_of(here.database, ObligationsOpened) for item in event.items]
    assert (opened.kind, opened.debtor_id, opened.superior_id) == (
        ObligationKind.ANSWER_SUPPORT,
        here.rater,
        here.authority,
    )
    assert (await here.does.read_phase(here.phase(Phase.EXECUTION))).owed == 0  # no cycle waits for it
    path, yes = f"/support-requests/{asked['id']}/answer", {"answer": "in May", "granted": True}
    await here.post(here.ani, path, yes, status=403)
    for _ in range(2):
        assert (await here.post(here.rater, path, yes))["granted"] is True
    await here.post(here.rater, path, yes | {"granted": False}, status=409)
    assert len(await emitted_of(here.database, SupportAnswered)) == 1
    assert len(await emitted_of(here.database, ObligationsClosed)) == 1
    assert (await here.get(here.office.staff[1], "/support-requests"))["items"] == []


async def test_counselling_stays_between_the_two_and_only_its_outcome_is_reported(here: Scene) -> None:
    """PermenPANRB 6/2022 art. 21 and L III: confidential, the outcome goes to the rater's superior."""
    counsellor = here.office.staff[3]
    asked = await here.post(here.rater, "/coachings", _coaching(here, counsellor))
    assert await here.post(here.rater, "/coachings", _coaching(here, counsellor)) == asked
    assert len(await emitted_of(here.database, CoachingAsked)) == 1
    path = f"/coachings/{asked['id']}/report"
    await here.post(here.rater, path, HELD, status=403)
    await here.post(counsellor, path, HELD | {"held_on": "2026-01-06"}, status=422)
    for _ in range(2):
        await here.post(counsellor, path, HELD)
    await here.post(counsellor, path, HELD | {"outcome": "nothing"}, status=409)
    [event] = await emitted_of(here.database, CoachingReported)
    assert (event.reported_to, event.outcome) == (here.authority, HELD["outcome"])
    assert HELD["content"] not in event.model_dump_json()
    seen = {who: (await here.get(who, "/coachings"))["items"] for who in here.office.everyone}
    content = {who: items[0]["content"] for who, items in seen.items() if items}
    assert content == {
        here.ani: HELD["content"],
        counsellor: HELD["content"],
        here.rater: None,
        here.authority: None,
    }
    for who, expected in content.items():
        assert (await here.get(who, f"/coachings/{asked['id']}"))["content"] == expected
    for who in (here.office.office, here.office.staff[1]):
        await here.get(who, f"/coachings/{asked['id']}", status=404)


async def test_a_counsellor_is_independent_and_a_guide_need_not_be(here: Scene) -> None:
    """PermenPANRB 6/2022 art. 20, art. 21 and L III: guidance by anybody, counselling by somebody independent."""
    for dependent in (here.rater, here.authority, here.ani):
        await here.post(here.rater, "/coachings", _coaching(here, dependent), status=409)
    await here.post(here.ani, "/coachings", _coaching(here, here.office.staff[3]), status=403)
    guided = await here.post(here.rater, "/coachings", _coaching(here, here.rater, "COACHING"))
    await here.post(here.rater, f"/coachings/{guided['id']}/report", HELD)
    [seen] = (await here.get(here.rater, "/coachings"))["items"]
    assert seen["content"] == HELD["content"]


async def test_the_leader_takes_over_a_work_result_with_a_note(here: Scene) -> None:
    """PermenPANRB 6/2022 art. 20: still no progress, so the leader takes the work result over, with a note."""
    body = {"cycle_id": str(here.cycle.id), "servant_id": str(here.ani), "result": "annual report", "note": "no draft"}
    await here.post(here.authority, "/take-overs", body, status=403)
    await here.post(here.rater, "/take-overs", body | {"note": " "}, status=422)
    for _ in range(2):
        await here.post(here.rater, "/take-overs", body)
    await here.post(here.rater, "/take-overs", body | {"note": "something else"}, status=409)
    [event] = await emitted_of(here.database, WorkResultTakenOver)
    assert (event.servant_id, event.leader_id, event.note) == (here.ani, here.rater, "no draft")
    assert [one["result"] for one in (await here.get(here.ani, "/take-overs"))["items"]] == ["annual report"]
