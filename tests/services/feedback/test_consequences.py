"""What follows a final result in each place, and the end of the follow-up."""

import asyncio
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contracts.base import Phase, Predicate
from contracts.feedback.development import (
    ConsequencesSuperseded,
    DevelopmentCompleted,
    DevelopmentPlanned,
    DevelopmentProposed,
    RecognitionDecided,
    RecognitionProposed,
)
from contracts.feedback.obligations import PhaseCleared
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.feedback.scene import Scene, scene
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

GOOD = {"predicate": Predicate.GOOD, "local_score": Decimal("95.00")}
BEST = {"predicate": Predicate.VERY_GOOD, "local_score": Decimal("111.25")}
TRAINING = {"kind": "TRAINING", "what": "quarterly targets", "how": "a week with the planning unit"}


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    return await scene(feedback_db, client_of)


def _plan(**change: Any) -> dict[str, Any]:
    return TRAINING | {"due_on": date(2026, 2, 2).isoformat()} | change


async def _action(here: Scene) -> Any:
    await here.finalise(here.ani)
    [action] = (await here.get(here.rater, "/development-actions"))["items"]
    return action


async def test_plaju_trains_who_is_below_target(feedback_db: Database, client_of: ClientOf) -> None:
    rule = {"development_below": "90", "development_criterion": "results"}
    here = await scene(feedback_db, client_of, "plaju", consequences=rule)
    await here.finalise(here.ani, **GOOD, criteria={"results": Decimal(84), "behaviour": Decimal(99)})
    await here.finalise(here.office.staff[1], **GOOD, criteria={"results": Decimal(90), "behaviour": Decimal(60)})
    [event] = await emitted_of(here.database, DevelopmentProposed)
    assert (event.servant_id, event.reason) == (here.ani, "results 84 below 90")


async def test_binjai_recognises_a_result_from_a_score_on(feedback_db: Database, client_of: ClientOf) -> None:
    """A reward for innovation is another matter: it follows from a recognised innovation (evaluation proposes it)."""
    rule = {"recognition_kind": "RECOGNITION", "recognition_at_least": "110"}
    here = await scene(feedback_db, client_of, "binjai", consequences=rule)
    await here.finalise(here.ani, **BEST)
    await here.finalise(here.office.staff[1], **GOOD)
    await here.finalise(here.office.staff[2], predicate=Predicate.GOOD, local_score=Decimal("110.00"))
    events = await emitted_of(here.database, RecognitionProposed)
    assert {one.servant_id for one in events} == {here.ani, here.office.staff[2]}
    assert {one.kind for one in events} == {"RECOGNITION"}


async def test_a_final_result_heard_twice_follows_once(here: Scene) -> None:
    result_id = await here.finalise(here.ani)
    await here.finalise(here.ani, result_id=result_id)
    assert len(await emitted_of(here.database, DevelopmentProposed)) == 1


async def test_the_rater_plans_the_action_and_records_what_came_of_it(here: Scene) -> None:
    """PermenPANRB 6/2022 L V.A.12: problems that were noted are put right."""
    path = f"/development-actions/{(await _action(here))['id']}"
    await here.post(here.rater, f"{path}/completion", {"outcome": "too early"}, status=409)
    planned = await here.post(here.rater, f"{path}/plan", _plan())
    assert (planned["state"], planned["kind"]) == ("PLANNED", "TRAINING")
    assert await here.post(here.rater, f"{path}/plan", _plan()) == planned
    await here.post(here.rater, f"{path}/plan", _plan(kind="COACHING"), status=409)
    done = await here.post(here.rater, f"{path}/completion", {"outcome": "targets are met"})
    assert await here.post(here.rater, f"{path}/completion", {"outcome": "targets are met"}) == done
    assert len(await emitted_of(here.database, DevelopmentPlanned)) == 1
    assert len(await emitted_of(here.database, DevelopmentCompleted)) == 1


@pytest.mark.parametrize("change", [{"what": " "}, {"how": ""}, {"kind": "HOLIDAY"}, {"due_on": "2026-01-04"}])
async def test_a_plan_says_what_how_and_by_when(here: Scene, change: dict[str, Any]) -> None:
    path = f"/development-actions/{(await _action(here))['id']}/plan"
    await here.post(here.rater, path, _plan(**change), status=422)
    await here.post(here.rater, path, _plan())


async def test_after_a_hand_over_the_superior_plans(here: Scene, clock: SetClock) -> None:
    path = f"/development-actions/{(await _action(here))['id']}/plan"
    await here.post(here.authority, path, _plan(), status=403)
    clock.advance(days=22)
    await here.sweep()
    planned = await here.post(here.authority, path, _plan())
    assert planned["planned_by"] == str(here.authority)


async def test_the_follow_up_waits_for_the_last_final_result(here: Scene) -> None:
    *others, last = here.office.everyone
    for person in others:
        await here.finalise(person, **GOOD)
    assert (await here.does.read_phase(here.phase(Phase.FOLLOW_UP))).owed == 1
    assert await emitted_of(here.database, PhaseCleared) == []
    await here.finalise(last, **GOOD)
    assert (await here.does.read_phase(here.phase(Phase.FOLLOW_UP))).owed == 0
    assert [one.phase for one in await emitted_of(here.database, PhaseCleared)] == [Phase.FOLLOW_UP]


async def test_last_results_that_become_final_at_the_same_time_clear_the_follow_up_once(here: Scene) -> None:
    await asyncio.gather(*(here.finalise(person, **GOOD) for person in here.office.everyone))
    assert len(await emitted_of(here.database, PhaseCleared)) == 1


async def test_the_follow_up_ends_with_the_last_plan(here: Scene) -> None:
    action = await _action(here)
    path = f"/development-actions/{action['id']}/plan"
    for person in here.office.everyone:
        if person != here.ani:
            await here.finalise(person, **GOOD)
    assert await emitted_of(here.database, PhaseCleared) == []
    await here.post(here.rater, path, _plan())
    assert len(await emitted_of(here.database, PhaseCleared)) == 1


async def test_a_planned_action_does_not_clear_what_still_waits_for_results(here: Scene) -> None:
    path = f"/development-actions/{(await _action(here))['id']}/plan"
    await here.post(here.rater, path, _plan())
    assert await emitted_of(here.database, PhaseCleared) == []
    state = await here.does.read_phase(here.phase(Phase.FOLLOW_UP))
    assert state.owed == state.in_cycle == len(here.office.everyone) - 1


async def test_the_competent_official_decides_on_a_recognition(here: Scene) -> None:
    """PermenPANRB 6/2022 art. 31: other awards, by a competent official."""
    await here.finalise(here.ani, **BEST)
    [proposed] = (await here.get(here.ani, "/recognitions"))["items"]
    path, yes = f"/recognitions/{proposed['id']}/decision", {"approved": True, "reason": "an example for others"}
    await here.post(here.office.office, path, yes | {"reason": " "}, status=422)
    await here.get(here.office.office, "/recognitions", state="WAITING", status=422)
    assert (await here.get(here.office.office, "/recognitions", state="PROPOSED"))["items"] == [proposed]
    decided = await here.post(here.office.office, path, yes)
    assert (decided["state"], decided["decided_by"]) == ("APPROVED", str(here.office.office))
    assert (await here.get(here.office.office, "/recognitions", state="PROPOSED"))["items"] == []
    assert (await here.get(here.office.office, "/recognitions", state="APPROVED"))["items"] == [decided]
    assert await here.post(here.office.office, path, yes) == decided
    await here.post(here.office.office, path, yes | {"approved": False}, status=409)
    assert len(await emitted_of(here.database, RecognitionDecided)) == 1


async def test_nobody_recognises_oneself(here: Scene) -> None:
    await here.finalise(here.office.office, **BEST)
    [proposed] = (await here.get(here.office.office, "/recognitions"))["items"]
    body = {"approved": True, "reason": "well done, me"}
    problem = await here.post(here.office.office, f"/recognitions/{proposed['id']}/decision", body, status=403)
    assert "conflict" in problem["detail"]


async def test_the_summary_counts_everything(here: Scene) -> None:
    await here.finalise(here.ani)
    await here.finalise(here.office.staff[1], **BEST)
    await here.post(here.ani, f"/cycles/{here.cycle.id}/acknowledgement")
    counts = await here.get(here.office.office, f"/cycles/{here.cycle.id}/summary")
    seen = {name: count for name, count in counts.items() if count}
    assert seen == {"acknowledgements": 1, "development_actions": 1, "recognitions": 1}
    assert {"objections_filed", "objections_upheld", "objections_amended", "ideas_answered"} <= counts.keys()


async def test_the_summary_counts_what_followed_from_a_superseded_result_apart(here: Scene) -> None:
    low, high = await here.finalise(here.ani), await here.finalise(here.office.staff[1], **BEST)
    await here.supersede(here.ani, low)
    await here.supersede(here.office.staff[1], high)
    await here.finalise(here.office.staff[1], version=2, **BEST)
    counts = await here.get(here.office.office, f"/cycles/{here.cycle.id}/summary")
    assert {name: count for name, count in counts.items() if count} == {
        "development_superseded": 1,
        "recognitions": 1,
        "recognitions_superseded": 1,
    }


async def test_a_late_final_version_is_judged_by_its_own_numbers(here: Scene) -> None:
    first = await here.receive(here.ani)
    await here.supersede(here.ani, first)
    await here.finalise(here.ani, version=2, **GOOD)
    assert await emitted_of(here.database, DevelopmentProposed) == []


async def test_a_newer_version_takes_the_place_of_what_followed_from_the_one_before(here: Scene) -> None:
    """docs/domain.md 6.3: versions are never overwritten, and consequences are those of the newest one."""
    low, high = await here.finalise(here.ani), await here.finalise(here.office.staff[1], **BEST)
    [action] = (await here.get(here.rater, "/development-actions"))["items"]
    [honour] = (await here.get(here.office.staff[1], "/recognitions"))["items"]
    await here.supersede(here.ani, low)
    await here.supersede(here.office.staff[1], high)
    events = await emitted_of(here.database, ConsequencesSuperseded)
    assert [(str(one.action_id), one.recognition_id) for one in events[:1]] == [(action["id"], None)]
    assert [(one.action_id, str(one.recognition_id)) for one in events[1:]] == [(None, honour["id"])]
    await here.post(here.rater, f"/development-actions/{action['id']}/plan", _plan(), status=409)
    decision = {"approved": True, "reason": "late"}
    await here.post(here.office.office, f"/recognitions/{honour['id']}/decision", decision, status=409)
    await here.finalise(here.ani, version=2)
    await here.finalise(here.office.staff[1], version=2, **BEST)
    assert len(await emitted_of(here.database, DevelopmentProposed)) == 2
    assert len(await emitted_of(here.database, RecognitionProposed)) == 2


async def test_what_was_planned_with_the_person_goes_on_after_a_newer_version(here: Scene) -> None:
    first = await here.finalise(here.ani)
    [action] = (await here.get(here.rater, "/development-actions"))["items"]
    planned = await here.post(here.rater, f"/development-actions/{action['id']}/plan", _plan())
    await here.supersede(here.ani, first)
    assert await here.post(here.rater, f"/development-actions/{action['id']}/plan", _plan()) == planned
    assert await emitted_of(here.database, ConsequencesSuperseded) == []
