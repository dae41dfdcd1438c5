"""From an empty draft to a plan that is set."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import pytest

from contracts.base import Phase
from contracts.obligations import ObligationKind
from contracts.plans.plans import PlanDrafted, PlanProposed, PlanReturned, PlanSet
from tests.conftest import ClientOf
from tests.services.plans.conftest import StageOf
from tests.services.plans.stage import TALK, Stage, content, indicator
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected


async def test_a_plan_goes_from_draft_to_set_after_a_return(stage: Stage) -> None:
    plan_id = await stage.proposed()
    returned = await stage.post(stage.rater, f"/plans/{plan_id}/return", {"reason": "Satuan belum jelas"})
    assert returned.json()["state"] == "RETURNED"
    revision = await stage.owed(ObligationKind.PROPOSE_PLAN, plan_id)
    assert revision is not None
    # three working days after Monday 5 January
    assert revision.due_at == datetime(2026, 1, 8, 16, 59, 59, tzinfo=UTC)
    assert (await stage.put(stage.servant, f"/plans/{plan_id}", content(indicator(unit="berkas")))).status_code == 200
    assert (await stage.post(stage.servant, f"/plans/{plan_id}/proposal")).json()["round"] == 2
    await stage.post(stage.rater, f"/plans/{plan_id}/dialogues", TALK)
    answer = await stage.post(stage.rater, f"/plans/{plan_id}/setting")
    assert (answer.json()["state"], answer.json()["plan_version"], answer.json()["late"]) == ("SET", 1, False)
    assert await stage.owed(ObligationKind.ANSWER_PLAN, plan_id) is None
    assert await stage.owed(ObligationKind.PROPOSE_PLAN, plan_id) is None
    (event,) = await emitted_of(stage.database, PlanSet)
    assert [one.unit for one in event.indicators] == ["berkas"]
    assert (event.set_by, event.by_superior, event.version) == (stage.rater, False, 1)


async def test_asked_twice_a_plan_tells_each_step_once(stage: Stage) -> None:
    plan_id = (await stage.plan()).id
    steps = [
        (stage.servant, "proposal", None, "PROPOSED"),
        (stage.rater, "return", {"reason": "Satuan belum jelas"}, "RETURNED"),
        (stage.servant, "proposal", None, "PROPOSED"),
        (stage.rater, "setting", None, "SET"),
    ]
    for _ in range(2):
        assert (await stage.put(stage.servant, f"/plans/{plan_id}", content())).status_code == 200
    for person, step, body, state in steps:
        if step == "setting":
            await stage.post(stage.rater, f"/plans/{plan_id}/dialogues", TALK)
        for _ in range(2):
            answer = await stage.post(person, f"/plans/{plan_id}/{step}", body)
            assert (answer.status_code, answer.json()["state"]) == (200, state)
    emitted = [
        len(await emitted_of(stage.database, kind)) for kind in (PlanDrafted, PlanProposed, PlanReturned, PlanSet)
    ]
    assert emitted == [1, 2, 1, 1]
    assert (await stage.put(stage.servant, f"/plans/{plan_id}", content())).status_code == 409


async def test_two_who_act_at_the_same_moment_tell_one_fact(stage: Stage) -> None:
    plan_id = await stage.proposed()
    await stage.post(stage.rater, f"/plans/{plan_id}/dialogues", TALK)
    answers = await asyncio.gather(*(stage.post(stage.rater, f"/plans/{plan_id}/setting") for _ in range(5)))
    assert [answer.json()["plan_version"] for answer in answers] == [1] * 5
    assert len(await emitted_of(stage.database, PlanSet)) == 1


async def test_nobody_sets_a_plan_without_a_dialogue_in_this_round(stage: Stage) -> None:
    """PermenPANRB 6/2022 art. 14: a plan is set after a dialogue."""
    plan_id = await stage.proposed()
    assert (await stage.post(stage.rater, f"/plans/{plan_id}/setting")).status_code == 409
    await stage.post(stage.rater, f"/plans/{plan_id}/dialogues", TALK)
    await stage.post(stage.rater, f"/plans/{plan_id}/return", {"reason": "Target terlalu rendah"})
    await stage.post(stage.servant, f"/plans/{plan_id}/proposal")
    answer = await stage.post(stage.rater, f"/plans/{plan_id}/setting")
    assert answer.status_code == 409
    assert "dialogue" in answer.json()["detail"]
    await stage.post(stage.servant, f"/plans/{plan_id}/dialogues", TALK)
    assert (await stage.post(stage.rater, f"/plans/{plan_id}/setting")).status_code == 200


@pytest.mark.parametrize("who", ["peer", "authority", "office", "rater"])
async def test_nobody_else_writes_or_proposes_a_plan(stage: Stage, who: str) -> None:
    plan_id = (await stage.plan()).id
    person = _person(stage, who)
    assert (await stage.put(person, f"/plans/{plan_id}", content())).status_code == 403
    assert (await stage.post(person, f"/plans/{plan_id}/proposal")).status_code == 403
    assert (await stage.put(stage.servant, f"/plans/{plan_id}", content())).status_code == 200


@pytest.mark.parametrize("who", ["peer", "authority", "office", "servant"])
async def test_nobody_but_the_rater_answers_a_plan(stage: Stage, who: str) -> None:
    plan_id = await stage.proposed()
    person = _person(stage, who)
    assert (await stage.post(person, f"/plans/{plan_id}/setting")).status_code == 403
    assert (await stage.post(person, f"/plans/{plan_id}/return", {"reason": "x"})).status_code == 403
    assert (await stage.post(stage.rater, f"/plans/{plan_id}/return", {"reason": "x"})).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"), [("servant", 200), ("rater", 200), ("authority", 200), ("office", 200), ("peer", 403)]
)
async def test_a_plan_is_read_by_those_whom_it_concerns(stage: Stage, who: str, status: int) -> None:
    plan_id = await stage.proposed()
    person = _person(stage, who)
    assert (await stage.get(person, f"/plans/{plan_id}")).status_code == status
    listed = {one["id"] for one in (await stage.get(person, "/plans", limit=500)).json()["items"]}
    assert (str(plan_id) in listed) is (status == 200)


def _person(stage: Stage, who: str) -> UUID:
    person: UUID = stage.office.office if who == "office" else getattr(stage, who)
    return person


async def test_a_plan_that_is_not_complete_is_refused_with_everything_that_is_wrong(stage: Stage) -> None:
    plan_id = (await stage.plan()).id
    wrong = content(indicator(weight="60", target_lo="0", target_hi="0"), indicator(weight="30", target_lo="50"))
    assert (await stage.put(stage.servant, f"/plans/{plan_id}", wrong)).status_code == 200
    answer = await stage.post(stage.servant, f"/plans/{plan_id}/proposal")
    assert answer.status_code == 422
    assert [one["where"] for one in answer.json()["errors"]] == [
        "results",
        "results.0.indicators.0.target_hi",
        "results.0.indicators.1.target_lo",
    ]
    assert await emitted_of(stage.database, PlanProposed) == []


async def test_an_achievement_based_city_wants_every_result_linked_and_others_only_hint_at_it(
    stage: Stage, stage_of: StageOf
) -> None:
    unlinked = content(goal=None)
    await stage.proposed(unlinked)
    whole = (await stage.get(stage.servant, f"/plans/{(await stage.plan()).id}")).json()
    assert "results.0.goal" in [hint["where"] for hint in whole["hints"]]
    binjai = await stage_of("binjai")
    plan_id = (await binjai.plan()).id
    await binjai.put(binjai.servant, f"/plans/{plan_id}", unlinked)
    assert (await binjai.post(binjai.servant, f"/plans/{plan_id}/proposal")).status_code == 422
    await binjai.put(binjai.servant, f"/plans/{plan_id}", content())
    assert (await binjai.post(binjai.servant, f"/plans/{plan_id}/proposal")).status_code == 200


async def test_a_result_is_linked_to_a_result_of_the_rater_and_to_nothing_else(stage: Stage) -> None:
    above = (await stage.plan(stage.rater)).id
    written = await stage.put(stage.rater, f"/plans/{above}", content())
    offered = await stage.get(stage.servant, f"/plans/{(await stage.plan()).id}/goals")
    result_id = written.json()["results"][0]["id"]
    assert [one["id"] for one in offered.json()["superior_results"]] == [result_id]
    mine = content(goal=None)
    mine["results"][0]["superior_result_id"] = result_id
    plan_id = await stage.proposed(mine)
    mine["results"][0]["superior_result_id"] = str(plan_id)
    peers = (await stage.plan(stage.peer)).id
    assert (await stage.put(stage.peer, f"/plans/{peers}", mine)).status_code == 422


async def test_who_writes_over_a_newer_version_is_asked_to_read_it_again(stage: Stage) -> None:
    plan_id = (await stage.plan()).id
    etag = (await stage.get(stage.servant, f"/plans/{plan_id}")).headers["ETag"]
    first = await stage.put(stage.servant, f"/plans/{plan_id}", content(), **{"If-Match": etag})
    assert (first.status_code, first.headers["ETag"]) == (200, '"1"')
    other = content(indicator(unit="berkas"))
    assert (await stage.put(stage.servant, f"/plans/{plan_id}", other, **{"If-Match": etag})).status_code == 412
    again = await stage.put(stage.servant, f"/plans/{plan_id}", content())
    assert again.headers["ETag"] == '"1"'


async def test_a_silent_servant_and_a_silent_rater_hand_over_upwards_and_the_plan_is_set_all_the_same(
    stage: Stage, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 art. 14 and L II.C.4-5: the rater's superior holds the dialogue and sets the plan."""
    plan_id = (await stage.plan()).id
    clock.advance(days=22)  # ten working days, and four more to the hand-over
    await stage.sweep()
    assert (await stage.put(stage.rater, f"/plans/{plan_id}", content())).status_code == 200
    assert (await stage.post(stage.rater, f"/plans/{plan_id}/proposal")).json()["propose_late"] is True
    assert (await stage.post(stage.authority, f"/plans/{plan_id}/setting")).status_code == 403
    clock.advance(days=25)
    await stage.open(Phase.EXECUTION)
    await stage.sweep()
    talk = TALK | {"held_on": "2026-02-20"}
    assert (await stage.post(stage.authority, f"/plans/{plan_id}/dialogues", talk)).status_code == 201
    answer = await stage.post(stage.authority, f"/plans/{plan_id}/setting")
    assert (answer.status_code, answer.json()["by_superior"], answer.json()["late"]) == (200, True, True)
    assert (await stage.post(stage.authority, f"/plans/{plan_id}/setting")).status_code == 200
    (event,) = await emitted_of(stage.database, PlanSet)
    assert (event.set_by, event.by_superior, event.late) == (stage.authority, True, True)
    assert (await emitted_of(stage.database, PlanProposed))[0].late


async def test_the_plan_of_somebody_without_rater_is_answered_by_the_office(stage: Stage) -> None:
    sekda, office = stage.office.sekda, stage.office.office
    plan_id = (await stage.plan(sekda)).id
    await stage.put(sekda, f"/plans/{plan_id}", content())
    await stage.post(sekda, f"/plans/{plan_id}/proposal")
    assert (await stage.post(office, f"/plans/{plan_id}/dialogues", TALK)).status_code == 201
    assert (await stage.post(sekda, f"/plans/{plan_id}/setting")).status_code == 403
    answer = await stage.post(office, f"/plans/{plan_id}/setting")
    assert (answer.status_code, answer.json()["by_superior"]) == (200, False)


async def test_a_dialogue_is_confirmed_by_the_other_side(stage: Stage) -> None:
    plan_id = await stage.proposed()
    recorded = await stage.post(stage.rater, f"/plans/{plan_id}/dialogues", TALK)
    same = await stage.post(stage.rater, f"/plans/{plan_id}/dialogues", TALK)
    assert same.json()["id"] == recorded.json()["id"]
    path = f"/dialogues/{recorded.json()['id']}/confirmation"
    assert (await stage.post(stage.rater, path)).status_code == 403
    assert (await stage.post(stage.peer, path)).status_code == 403
    assert (await stage.post(stage.servant, path)).json()["confirmed_by"] == str(stage.servant)
    tomorrow = TALK | {"held_on": "2026-01-06"}
    assert (await stage.post(stage.rater, f"/plans/{plan_id}/dialogues", tomorrow)).status_code == 422


async def test_an_amendment_keeps_the_old_version_and_ends_with_the_evaluation(stage: Stage) -> None:
    """PermenPANRB 6/2022 art. 20: where there is no progress, the leader adjusts the expectation."""
    plan_id = await stage.made_set()
    before = (await stage.get(stage.rater, f"/plans/{plan_id}")).json()["results"]
    kept = before[0]["indicators"][0]["id"]
    other = content(indicator(id=kept, target_lo="60", target_hi="60")) | {"reason": "Beban kerja bertambah"}
    assert (await stage.post(stage.servant, f"/plans/{plan_id}/amendment", other)).status_code == 403
    for _ in range(2):
        answer = await stage.post(stage.rater, f"/plans/{plan_id}/amendment", other)
        assert (answer.status_code, answer.json()["plan_version"]) == (200, 2)
    versions = (await stage.get(stage.servant, f"/plans/{plan_id}/versions")).json()["items"]
    targets = [one["results"][0]["indicators"][0]["target_lo"] for one in versions]
    assert ([one["plan_version"] for one in versions], targets) == ([1, 2], ["40", "60"])
    assert [(event.version, event.indicators[0].id) for event in await emitted_of(stage.database, PlanSet)] == [
        (1, UUID(kept)),
        (2, UUID(kept)),
    ]
    await stage.open(Phase.EVALUATION)
    again = content(indicator(target_lo="80", target_hi="80")) | {"reason": "Terlambat"}
    assert (await stage.post(stage.rater, f"/plans/{plan_id}/amendment", again)).status_code == 409


async def test_several_plans_are_set_all_or_none(stage: Stage) -> None:
    first = await stage.proposed()
    await stage.post(stage.rater, f"/plans/{first}/dialogues", TALK)
    second = (await stage.plan(stage.peer)).id
    body = {"plan_ids": [str(first), str(second)]}
    assert (await stage.post(stage.rater, "/plans/setting", body)).status_code == 409
    assert (await stage.plan()).state == "PROPOSED"
    answer = await stage.post(stage.rater, "/plans/setting", {"plan_ids": [str(first)]})
    assert [one["state"] for one in answer.json()["items"]] == ["SET"]


async def test_another_city_sees_nothing_of_a_plan(stage: Stage, client_of: ClientOf) -> None:
    plan_id = await stage.proposed()
    client = client_of("plans", stage.database)
    foreign = client.as_(stage.servant, "13.73")
    assert (await client.get(f"/v1/plans/{plan_id}", headers=foreign)).status_code == 404
    assert (await client.get("/v1/plans", headers=foreign)).json()["items"] == []
    assert (await client.post(f"/v1/plans/{plan_id}/proposal", headers=foreign)).status_code == 403
    assert (await client.get(f"/v1/plans/{plan_id}")).status_code == 401


async def test_lists_are_paged(stage: Stage) -> None:
    office, seen, cursor = stage.office.office, [], None
    while True:
        query = {"limit": 4} if cursor is None else {"limit": 4, "cursor": cursor}
        answer = (await stage.get(office, "/plans", **query)).json()
        seen += [one["servant_id"] for one in answer["items"]]
        if (cursor := answer["next"]) is None:
            break
    assert sorted(seen) == sorted(str(person) for person in stage.office.everyone)


async def test_a_plan_that_nobody_could_be_told_of_is_refused_to_who_writes_it(stage: Stage) -> None:
    """Not to the rater who sets it: whoever wrote the long texts shortens them."""
    plan_id = (await stage.plan()).id
    result = content(*[indicator(statement="a" * 1000, weight="0.1667")] * 20)["results"][0]
    refused = await stage.put(stage.servant, f"/plans/{plan_id}", {"results": [result] * 30})
    assert (refused.status_code, refused.json()["where"]) == (422, "results")
    assert "shorten their texts" in refused.json()["detail"]
    short = await stage.put(stage.servant, f"/plans/{plan_id}", {"results": [result] * 15})
    assert short.status_code == 200
