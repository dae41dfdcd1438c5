"""The city listens: upward words without a name, ideas that colleagues see, and a pulse that leads to nobody (PLJ-6, SWL-9, PLB-11)."""

from typing import Any

import pytest
from sqlalchemy import text

from contracts.base import Phase
from contracts.feedback.feedback import FeedbackGiven
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.feedback.scene import Scene, in_phase, scene
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

PULSE = [{"id": "Pimpinan mendengarkan", "en": "Leaders listen"}, {"id": "Kami saling membantu", "en": "We help"}]
RULE = {"upward_minimum": 3, "pulse": PULSE, "pulse_minimum": 3}


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    return await scene(feedback_db, client_of, listening=RULE)


async def _upward(here: Scene, number: int, what: str) -> Any:
    body = {"cycle_id": str(here.cycle.id), "about_id": str(here.rater), "what": what, "how": "meet on Mondays"}
    return await here.post(here.office.staff[number], "/feedback", body)


async def test_a_leader_reads_what_subordinates_say_without_names_and_only_from_three_on(here: Scene) -> None:
    cycle: dict[str, Any] = {"cycle_id": str(here.cycle.id)}
    said = await _upward(here, 0, "you decide late")
    assert said["author_id"] == str(here.ani)  # the author sees that it was taken
    await _upward(here, 1, "you listen")
    few = await here.get(here.rater, "/feedback/upward", **cycle)
    assert few == {"minimum": 3, "authors": 0, "said": []}
    await _upward(here, 2, "meetings are short")
    enough = await here.get(here.rater, "/feedback/upward", **cycle)
    assert [one["what"] for one in enough["said"]] == ["meetings are short", "you decide late", "you listen"]
    shown = str(enough)
    assert not any(str(one) in shown for one in here.office.staff)
    assert said["given_at"] not in shown
    # Nothing else tells of it: neither the list, nor its counts, nor an event with its author.
    listed = await here.get(here.rater, "/feedback", **cycle)
    assert (listed["items"], listed["counts"]) == ([], {})
    assert await emitted_of(here.database, FeedbackGiven) == []
    await here.post(here.rater, f"/feedback/{said['id']}/answer", {"text": "who was it?"}, status=404)
    await here.get(here.rater, f"/feedback/{said['id']}", status=404)
    for other in (here.authority, here.office.office, here.office.staff[1]):
        assert (await here.get(other, "/feedback/upward", **cycle))["said"] == []


async def test_what_two_say_stays_unread_until_there_are_enough(here: Scene) -> None:
    for number in (0, 0, 1):
        await _upward(here, number, f"words of {number}")
    assert (await here.get(here.rater, "/feedback/upward", cycle_id=str(here.cycle.id)))["authors"] == 0


async def test_a_city_that_names_authors_goes_on_doing_so(feedback_db: Database, client_of: ClientOf) -> None:
    here = await scene(feedback_db, client_of)
    await _upward(here, 0, "you decide late")
    [item] = (await here.get(here.rater, "/feedback", cycle_id=str(here.cycle.id)))["items"]
    assert item["author_id"] == str(here.ani)


async def test_colleagues_see_ideas_with_their_answers_and_the_city_sees_the_rate(here: Scene) -> None:
    cycle: dict[str, Any] = {"cycle_id": str(here.cycle.id)}
    idea = await here.post(here.ani, "/ideas", cycle | {"title": "a counter", "text": "weekly"})
    await here.post(here.ani, "/ideas", cycle | {"title": "between us", "text": "quietly", "shared": False})
    await here.post(here.rater, f"/ideas/{idea['id']}/answer", {"answer": "we try it", "adopted": True})
    colleague = here.office.staff[1]
    [seen] = (await here.get(colleague, f"/cycles/{here.cycle.id}/ideas"))["items"]
    assert (seen["title"], seen["answer"], seen["adopted"]) == ("a counter", "we try it", True)
    assert (await here.get(colleague, "/ideas", **cycle))["items"] == []
    [rate] = (await here.get(colleague, f"/cycles/{here.cycle.id}/idea-rates"))["items"]
    assert (rate["submitted"], rate["answered"], rate["adopted"]) == (2, 1, 1)


async def test_the_pulse_is_answered_once_and_read_after_execution(here: Scene) -> None:
    path = f"/cycles/{here.cycle.id}/pulse"
    await here.post(here.ani, path, {"answers": [4, 5]}, status=409)
    await in_phase(here, Phase.EXECUTION)
    asked = await here.get(here.ani, path)
    assert (len(asked["statements"]), asked["open"], asked["answered"]) == (2, True, False)
    people = list(here.office.everyone)
    for number, person in enumerate(people):
        await here.post(person, path, {"answers": [1 + number % 5, 5]})
    await here.post(here.ani, path, {"answers": [1, 1]}, status=409)
    await here.post(here.office.staff[1], path, {"answers": [1]}, status=422)
    during = await here.get(here.office.office, path)
    assert during["groups"] == []
    await in_phase(here, Phase.EVALUATION)
    after = await here.get(here.ani, path)
    assert (after["open"], after["answered"]) == (False, True)
    city = after["groups"][0]
    expected = sum(1 + number % 5 for number in range(len(people))) / len(people)
    assert (city["unit_id"], city["people"], float(city["means"][1])) == (None, len(people), 5.0)
    assert abs(float(city["means"][0]) - expected) <= 0.05


async def test_no_row_joins_a_person_to_an_answer(here: Scene) -> None:
    await in_phase(here, Phase.EXECUTION)
    await here.post(here.ani, f"/cycles/{here.cycle.id}/pulse", {"answers": [2, 3]})
    async with here.database.transaction(here.office.tenant_id) as session:
        counts = (await session.execute(text("select * from pulse_counts"))).mappings().all()
        turns = (await session.execute(text("select * from pulse_turns"))).mappings().all()
    assert {(row["question"], row["value"], row["people"]) for row in counts} == {(1, 2, 1), (2, 3, 1)}
    assert all(str(here.ani) not in map(str, row.values()) for row in counts)
    assert [set(row) for row in turns] == [{"tenant_id", "cycle_id", "servant_id"}]
    # A kept answer of a repeated request would hold a hash of it beside the person.
    headers = here.client.as_(here.office.staff[1], here.office.tenant_id) | {"Idempotency-Key": "once"}
    path = f"/v1/cycles/{here.cycle.id}/pulse"
    refused = await here.client.post(path, json={"answers": [2, 3]}, headers=headers)
    assert refused.status_code == 422, refused.text


async def test_of_too_few_people_no_number_is_shown(here: Scene) -> None:
    await in_phase(here, Phase.EXECUTION)
    for person in here.office.staff[:2]:
        await here.post(person, f"/cycles/{here.cycle.id}/pulse", {"answers": [1, 1]})
    await in_phase(here, Phase.EVALUATION)
    assert (await here.get(here.office.office, f"/cycles/{here.cycle.id}/pulse"))["groups"] == []
