"""Feedback from above, below and beside, and ideas for the leader."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from contracts.base import Phase, new_id
from contracts.feedback.feedback import FeedbackAnswered, FeedbackGiven
from contracts.feedback.ideas import IdeaAnswered, IdeaSubmitted
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.feedback.scene import Scene, scene
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    return await scene(feedback_db, client_of, "plaju")


async def _give(here: Scene, author: UUID, about: UUID, *, status: int = 0, **change: Any) -> Any:
    body = {
        "cycle_id": str(here.cycle.id),
        "about_id": str(about),
        "what": "two letters went out late",
        "how": "use the list on Mondays",
        "strengths": ["careful"],
        "areas": ["speed"],
        "evidence": [{"kind": "LETTERS", "title": "letters of visitors", "reference": "letter 12", "count": 3}],
    }
    return await here.post(author, "/feedback", body | change, status=status)


async def test_the_direction_follows_from_the_relation(here: Scene) -> None:
    """PermenPANRB 6/2022 arts 17-19: from leaders, subordinates and peers; art. 20: progress is appreciated."""
    budi = here.office.staff[1]
    given = [
        await _give(here, here.rater, here.ani),
        await _give(here, here.ani, here.rater),
        await _give(here, here.ani, budi),
    ]
    assert [one["direction"] for one in given] == ["DOWN", "UP", "PEER"]
    assert given[0]["strengths"] == ["careful"]
    assert len(await emitted_of(here.database, FeedbackGiven)) == 3
    for author, about in ((here.ani, here.ani), (here.authority, here.ani), (here.office.office, here.ani)):
        await _give(here, author, about, status=403)


async def test_a_direction_that_the_policy_leaves_out_is_refused(feedback_db: Database, client_of: ClientOf) -> None:
    here = await scene(feedback_db, client_of, "plaju", feedback={"directions": ["DOWN", "UP"]})
    await _give(here, here.ani, here.office.staff[1], status=409)
    for author, about in ((here.rater, here.ani), (here.ani, here.rater)):
        await _give(here, author, about)
    assert len(await emitted_of(here.database, FeedbackGiven)) == 2


@pytest.mark.parametrize("missing", ["what", "how"])
async def test_what_and_how_are_both_needed(here: Scene, missing: str) -> None:
    await _give(here, here.rater, here.ani, status=422, **{missing: "  "})
    await _give(here, here.rater, here.ani)


async def test_the_raters_feedback_closes_the_obligation(here: Scene) -> None:
    """PermenPANRB 6/2022 arts 17-19: the leader owes regular feedback, others do not."""
    before = await here.does.open_phase(here.phase(Phase.EXECUTION))
    assert before.owed == len(here.office.everyone) - 1  # nobody rates the secretary
    await _give(here, here.office.staff[1], here.ani)
    assert (await here.does.read_phase(here.phase(Phase.EXECUTION))).owed == before.owed
    await _give(here, here.rater, here.ani)
    assert (await here.does.open_phase(here.phase(Phase.EXECUTION))).owed == before.owed - 1


async def test_an_incidental_word_of_the_rater_is_recorded_and_leaves_the_regular_feedback_owed(here: Scene) -> None:
    """PermenPANRB 6/2022 arts 17-19: regular feedback is mandatory, incidental comes beside it; all of it is recorded."""
    before = await here.does.open_phase(here.phase(Phase.EXECUTION))
    spoken: dict[str, Any] = {"occasion": "INCIDENTAL", "channel": "DIRECT", "what": "the meeting began late"}
    given = await _give(here, here.rater, here.ani, **spoken)
    assert (given["occasion"], given["channel"]) == ("INCIDENTAL", "DIRECT")
    assert (await here.does.read_phase(here.phase(Phase.EXECUTION))).owed == before.owed
    regular = await _give(here, here.rater, here.ani)
    assert (regular["occasion"], regular["channel"]) == ("REGULAR", "INDIRECT")
    assert (await here.does.read_phase(here.phase(Phase.EXECUTION))).owed == before.owed - 1
    assert [(one.occasion, one.channel) for one in await emitted_of(here.database, FeedbackGiven)] == [
        ("INCIDENTAL", "DIRECT"),
        ("REGULAR", "INDIRECT"),
    ]


async def test_the_feedback_of_another_leader_who_gave_work_goes_to_the_rater(
    feedback_db: Database, client_of: ClientOf
) -> None:
    """PermenPANRB 6/2022 art. 19 and L IV.A: work given by another leader, whose feedback the rater reads."""
    rule = {"directions": ["DOWN", "UP", "PEER", "OTHER"]}
    here = await scene(feedback_db, client_of, "plaju", feedback=rule)
    other = here.office.sekda
    await _give(here, other, here.ani, status=403)
    given = await _give(here, other, here.ani, concern="led the flood team that she worked in")
    assert given["direction"] == "OTHER"
    seen = await here.get(here.rater, "/feedback", cycle_id=here.cycle.id, about_id=here.ani)
    assert [(one["author_id"], one["concern"]) for one in seen["items"]] == [(str(other), given["concern"])]
    without = await scene(feedback_db, client_of, "binjai")
    await _give(without, without.office.sekda, without.ani, status=409, concern="led a team")


async def test_the_same_words_twice_are_one_feedback(here: Scene) -> None:
    assert await _give(here, here.rater, here.ani) == await _give(here, here.rater, here.ani)
    assert len(await emitted_of(here.database, FeedbackGiven)) == 1
    await _give(here, here.rater, here.ani, what="and one more thing")
    assert len(await emitted_of(here.database, FeedbackGiven)) == 2


async def test_the_one_concerned_answers_once(here: Scene) -> None:
    path = f"/feedback/{(await _give(here, here.rater, here.ani))['id']}/answer"
    await here.post(here.rater, path, {"text": "well"}, status=403)
    answered = await here.post(here.ani, path, {"text": "I will"})
    assert answered["answer"] == "I will"
    assert await here.post(here.ani, path, {"text": "I will"}) == answered
    await here.post(here.ani, path, {"text": "I will not"}, status=409)
    assert len(await emitted_of(here.database, FeedbackAnswered)) == 1


async def test_the_line_reads_the_office_counts_others_do_not(here: Scene) -> None:
    await _give(here, here.rater, here.ani)
    await _give(here, here.office.staff[1], here.ani)
    asked: dict[str, Any] = {"cycle_id": here.cycle.id, "about_id": here.ani}
    for person in (here.ani, here.rater, here.authority):
        assert len((await here.get(person, "/feedback", **asked))["items"]) == 2
    counted = await here.get(here.office.office, "/feedback", **asked)
    assert (counted["items"], counted["counts"]) == ([], {"DOWN": 1, "PEER": 1})
    await here.get(here.office.staff[2], "/feedback", status=403, **asked)
    one = (await here.get(here.ani, "/feedback", **asked))["items"][0]
    for person in (here.ani, here.rater, here.authority):
        assert await here.get(person, f"/feedback/{one['id']}") == one
    for person in (here.office.office, here.office.staff[2]):
        await here.get(person, f"/feedback/{one['id']}", status=403)
    await here.get(here.rater, f"/feedback/{here.ani}", status=404)
    told = await emitted_of(here.database, FeedbackGiven)
    assert datetime.fromisoformat(one["given_at"]) in {event.given_at for event in told}


async def test_what_a_subordinate_says_upward_is_for_the_leader_alone(here: Scene) -> None:
    await _give(here, here.ani, here.rater)
    asked: dict[str, Any] = {"cycle_id": here.cycle.id, "about_id": here.rater}
    assert [one["direction"] for one in (await here.get(here.rater, "/feedback", **asked))["items"]] == ["UP"]
    assert (await here.get(here.authority, "/feedback", **asked))["items"] == []
    said = (await here.get(here.rater, "/feedback", **asked))["items"][0]
    assert await here.get(here.rater, f"/feedback/{said['id']}") == said
    await here.get(here.authority, f"/feedback/{said['id']}", status=403)


async def test_a_listing_comes_in_pages(here: Scene) -> None:
    for number in range(3):
        await _give(here, here.rater, here.ani, what=f"observation {number}")
    first = await here.get(here.ani, "/feedback", cycle_id=here.cycle.id, limit=2)
    second = await here.get(here.ani, "/feedback", cycle_id=here.cycle.id, limit=2, cursor=first["next"])
    found = [one["what"] for one in first["items"] + second["items"]]
    assert found == ["observation 2", "observation 1", "observation 0"]
    assert second["next"] is None
    await here.get(here.ani, "/feedback", cycle_id=here.cycle.id, cursor="nonsense", status=422)


async def _idea(here: Scene, author: UUID, *, status: int = 0) -> Any:
    body = {"cycle_id": str(here.cycle.id), "title": "a mobile counter", "text": "once a week"}
    return await here.post(author, "/ideas", body, status=status)


async def test_an_idea_goes_to_the_leader_who_answers(here: Scene) -> None:
    idea = await _idea(here, here.ani)
    assert idea["leader_id"] == str(here.rater)
    assert await _idea(here, here.ani) == idea
    path, answer = f"/ideas/{idea['id']}/answer", {"answer": "from March on", "adopted": True}
    assert await here.post(here.rater, path, answer) == await here.post(here.rater, path, answer)
    await here.post(here.rater, path, answer | {"adopted": False}, status=409)
    assert len(await emitted_of(here.database, IdeaSubmitted)) == 1
    [event] = await emitted_of(here.database, IdeaAnswered)
    assert (event.leader_id, event.adopted) == (here.rater, True)
    assert (await here.does.read_phase(here.phase(Phase.EXECUTION))).owed == 0


async def test_after_a_hand_over_the_superior_answers_the_idea(here: Scene, clock: SetClock) -> None:
    idea = await _idea(here, here.ani)
    path, answer = f"/ideas/{idea['id']}/answer", {"answer": "a good idea", "adopted": True}
    await here.post(here.authority, path, answer, status=403)
    clock.advance(days=22)
    await here.sweep()
    assert (await here.post(here.authority, path, answer))["answered_by"] == str(here.authority)
    [event] = await emitted_of(here.database, IdeaAnswered)
    assert event.leader_id == here.authority


async def test_the_idea_of_a_person_without_rater_goes_to_the_office(here: Scene) -> None:
    assert (await _idea(here, here.office.sekda))["leader_id"] == str(here.office.office)


async def test_the_answer_rate_is_visible(here: Scene) -> None:
    idea = await _idea(here, here.ani)
    await _idea(here, here.office.staff[1])
    await here.post(here.rater, f"/ideas/{idea['id']}/answer", {"answer": "yes", "adopted": False})
    log = await here.get(here.office.office, "/ideas", cycle_id=here.cycle.id)
    assert (log["submitted"], log["answered"], log["items"]) == (2, 1, [])
    own = await here.get(here.ani, "/ideas")
    assert (own["submitted"], own["answered"]) == (1, 1)
    assert len((await here.get(here.rater, "/ideas"))["items"]) == 2


async def test_a_city_without_an_idea_log_takes_none(feedback_db: Database, client_of: ClientOf) -> None:
    here = await scene(feedback_db, client_of, features={"ideas": False})
    await _idea(here, here.ani, status=409)


async def test_a_leaders_word_about_one_entry_of_the_log_is_found_by_the_entry(here: Scene) -> None:
    entry = str(new_id())
    said = await _give(here, here.rater, here.ani, activity_id=entry)
    assert said["activity_id"] == entry
    plain = await _give(here, here.rater, here.ani)
    assert plain["id"] != said["id"]  # the same words about the person, and about the entry
    assert (await _give(here, here.rater, here.ani, activity_id=entry))["id"] == said["id"]
    for reader in (here.ani, here.rater, here.authority):
        asked: dict[str, Any] = {"cycle_id": here.cycle.id, "about_id": here.ani, "activity_id": entry}
        assert [one["id"] for one in (await here.get(reader, "/feedback", **asked))["items"]] == [said["id"]]
    told = [one.activity_id for one in await emitted_of(here.database, FeedbackGiven)]
    assert [None if one is None else str(one) for one in told] == [entry, None]
    await _give(here, here.office.staff[1], here.ani, status=409, activity_id=entry)
