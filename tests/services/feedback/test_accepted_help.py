"""Accepted help happens: one register of development, each action with an end, requests that end, rewards with a document."""

from typing import Any

import pytest

from contracts.base import Phase, Predicate
from contracts.evaluation.proposals import ProposalKind
from contracts.feedback.development import (
    DevelopmentCompleted,
    DevelopmentProposed,
    DevelopmentUnreported,
    RecognitionDecided,
    RecognitionDocumented,
)
from contracts.feedback.support import SupportLapsed, SupportRequested
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.feedback.months import accepted
from tests.services.feedback.scene import Scene, scene
from tests.support import people
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

PLAN = {"kind": "TRAINING", "what": "quarterly targets", "how": "a week in the planning unit", "due_on": "2026-02-02"}
DECREE = {"kind": "DOCUMENT", "title": "SK Wali Kota", "reference": "800/12/2026", "count": None, "on": "2026-01-05"}


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    return await scene(feedback_db, client_of)


async def _actions(here: Scene) -> list[Any]:
    items: list[Any] = (await here.get(here.rater, "/development-actions"))["items"]
    return items


async def test_accepted_training_opens_an_action_with_its_clock_and_its_end_is_a_fact(here: Scene) -> None:
    """PLB-12, PLJ-4, SWL-7."""
    proposal_id = await accepted(here, kind=ProposalKind.TRAINING_NEED)
    [action] = await _actions(here)
    assert (action["state"], action["proposal_id"], action["need"]) == ("PROPOSED", str(proposal_id), "DEVELOPMENT")
    [opened] = await emitted_of(here.database, DevelopmentProposed)
    assert (opened.servant_id, opened.rater_id, opened.proposal_id) == (here.ani, here.rater, proposal_id)
    path = f"/development-actions/{action['id']}"
    await here.post(here.rater, f"{path}/plan", PLAN)
    assert (await here.does.read_phase(here.phase(Phase.FOLLOW_UP))).owed == len(here.office.everyone)
    await here.post(here.office.staff[1], f"{path}/completion", {"outcome": "done"}, status=403)
    ended = await here.post(here.rater, f"{path}/completion", {"outcome": "targets are met"})
    assert (ended["state"], ended["ended_at"]) == ("COMPLETED", None)
    [event] = await emitted_of(here.database, DevelopmentCompleted)
    assert (event.outcome, event.not_held) == ("targets are met", False)


async def test_training_for_a_result_below_target_joins_the_action_that_the_result_had_opened(here: Scene) -> None:
    result_id = await here.finalise(here.ani)
    [before] = await _actions(here)
    proposal_id = await accepted(here, kind=ProposalKind.TRAINING_NEED, result_id=result_id)
    [after] = await _actions(here)
    assert (after["id"], after["proposal_id"]) == (before["id"], str(proposal_id))
    assert after["reason"].startswith(before["reason"])
    coaching = await accepted(here, kind=ProposalKind.COACHING, result_id=result_id)
    assert {one["proposal_id"] for one in await _actions(here)} == {str(proposal_id), str(coaching)}
    await here.supersede(here.ani, result_id)
    assert {one["state"] for one in await _actions(here)} == {"SUPERSEDED"}


async def test_what_was_declined_opens_nothing(here: Scene) -> None:
    await accepted(here, kind=ProposalKind.TRAINING_NEED, accepted=False)
    await accepted(here, kind=ProposalKind.TALENT_BOX)
    assert await _actions(here) == []


async def test_what_was_not_held_ends_with_its_reason(here: Scene) -> None:
    await accepted(here, kind=ProposalKind.COACHING)
    [action] = await _actions(here)
    path = f"/development-actions/{action['id']}"
    await here.post(here.rater, f"{path}/plan", PLAN | {"kind": "COACHING"})
    body = {"outcome": "the coach moved away", "held": False}
    ended = await here.post(here.rater, f"{path}/completion", body)
    assert await here.post(here.rater, f"{path}/completion", body) == ended
    assert (ended["state"], ended["completed_at"]) == ("NOT_HELD", None)
    await here.post(here.rater, f"{path}/completion", {"outcome": "it was held after all"}, status=409)


async def test_nobody_who_records_the_end_is_asked_for_ever_and_a_late_record_counts(
    here: Scene, clock: SetClock
) -> None:
    await accepted(here, kind=ProposalKind.TRAINING_NEED)
    [action] = await _actions(here)
    path = f"/development-actions/{action['id']}"
    await here.post(here.rater, f"{path}/plan", PLAN)
    clock.advance(days=29)
    for _ in range(6):
        clock.advance(days=15)
        await here.sweep()
    [action] = await _actions(here)
    assert action["state"] == "UNREPORTED"
    [event] = await emitted_of(here.database, DevelopmentUnreported)
    assert (event.servant_id, event.planned_by) == (here.ani, here.rater)
    late = await here.post(here.rater, f"{path}/completion", {"outcome": "held in May"})
    assert late["state"] == "COMPLETED"


async def test_a_request_that_nobody_answers_ends_and_is_carried_on_knowingly(here: Scene, clock: SetClock) -> None:
    body = {"cycle_id": str(here.cycle.id), "kind": "EQUIPMENT", "text": "a second printer"}
    asked = await here.post(here.ani, "/support-requests", body)
    for _ in range(8):
        clock.advance(days=15)
        await here.sweep()
    [lapsed] = await emitted_of(here.database, SupportLapsed)
    assert (lapsed.servant_id, str(lapsed.request_id)) == (here.ani, asked["id"])
    [request] = (await here.get(here.ani, "/support-requests"))["items"]
    assert (request["answer"], request["ended_at"] is None) == (None, False)
    path = f"/support-requests/{asked['id']}/carrying-on"
    why = {"cycle_id": str(here.cycle.id), "reason": "the queue is longer still"}
    await here.post(here.ani, path, why, status=409)
    later = await people.open_cycle(here.database, here.office)
    why |= {"cycle_id": str(later.id)}
    await here.post(here.rater, path, why, status=403)
    carried = await here.post(here.ani, path, why)
    assert await here.post(here.ani, path, why) == carried
    assert (carried["carried_from"], carried["text"]) == (asked["id"], "a second printer")
    assert [one.carried_from for one in await emitted_of(here.database, SupportRequested)] == [
        None,
        lapsed.request_id,
    ]
    answer = {"answer": "in May", "granted": True}
    await here.post(here.rater, f"/support-requests/{asked['id']}/answer", answer, status=409)
    await here.post(here.rater, f"/support-requests/{carried['id']}/answer", answer)


async def test_an_accepted_reward_stands_among_the_recognitions_with_reason_and_document(here: Scene) -> None:
    await here.finalise(here.ani, predicate=Predicate.VERY_GOOD)
    proposal_id = await accepted(here, kind=ProposalKind.INNOVATION_REWARD)
    office = here.office.office
    rows = {one["kind"]: one for one in (await here.get(office, "/recognitions"))["items"]}
    reward = rows["INNOVATION_REWARD"]
    assert (reward["state"], reward["proposal_id"], reward["document"]) == ("APPROVED", str(proposal_id), None)
    assert reward["reason"] == "two poor results in a row"
    [decided] = await emitted_of(here.database, RecognitionDecided)
    assert (decided.kind, decided.approved) == ("INNOVATION_REWARD", True)
    path, body = f"/recognitions/{reward['id']}/document", {"document": DECREE}
    await here.post(here.ani, path, body, status=403)
    for _ in range(2):
        assert (await here.post(office, path, body))["document"] == DECREE
    await here.post(office, path, {"document": DECREE | {"reference": "800/13/2026"}}, status=409)
    assert len(await emitted_of(here.database, RecognitionDocumented)) == 1
    waiting = f"/recognitions/{rows['RECOGNITION']['id']}"
    await here.post(office, f"{waiting}/document", body, status=409)
    await here.post(office, f"{waiting}/decision", {"approved": False, "reason": "no", "document": DECREE}, status=422)
    approved = await here.post(
        office, f"{waiting}/decision", {"approved": True, "reason": "the best", "document": DECREE}
    )
    assert approved["document"]["reference"] == "800/12/2026"
