"""Learning the system: several sessions a topic, coverage, worked examples that scoring computes, and the quiz (BJI-4, PLJ-7)."""

from typing import Any

import pytest

from contracts.base import Phase, new_id
from contracts.feedback.obligations import ObligationsOpened
from contracts.feedback.sessions import PeopleInvited, SessionCalledOff, SessionHeld, SessionPlanned
from contracts.obligations import ObligationKind
from kinerja.commands.places import policy
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.feedback.scene import Scene, scene
from tests.support.emitted import emitted_of
from tests.support.holders import declare

pytestmark = pytest.mark.connected

TOPICS = [{"id": "Mengukur capaian", "en": "Measuring achievement"}, {"id": "Umpan balik", "en": "Feedback"}]
FURTHER = {"topic": 1, "planned_on": "2026-01-20", "place": "Aula Kecamatan"}
EXAMPLE = {
    "statement": {"id": "Pengaduan", "en": "Complaints"},
    "unit": {"id": "pengaduan", "en": "complaints"},
    "direction": "LOWER_BETTER",
    "target_lo": "20",
    "target_hi": "20",
    "actual": "25",
}
QUESTION = {
    "text": {"id": "Mana yang terukur?", "en": "Which can be measured?"},
    "options": [{"id": "Kerja baik", "en": "Good work"}, {"id": "Surat dijawab", "en": "Letters answered"}],
    "right": 2,
    "why": {"id": "Surat dapat dihitung", "en": "Letters can be counted"},
}


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    made = await scene(
        feedback_db, client_of, session_topics=TOPICS, learning={"quiz": [QUESTION]}, listening={"pulse_minimum": 3}
    )
    await made.does.open_phase(made.phase(Phase.PREPARATION))
    return made


async def _plan(here: Scene, **change: Any) -> Any:
    return await here.post(here.office.office, f"/cycles/{here.cycle.id}/sessions", FURTHER | change, status=201)


async def _hold(here: Scene, session_id: str, *people: Any) -> Any:
    body = {"held_on": "2026-01-05", "attendee_ids": [str(one) for one in people]}
    return await here.post(here.office.office, f"/sessions/{session_id}/report", body)


async def _sessions(here: Scene, person: Any = None) -> Any:
    return (await here.get(person or here.ani, "/sessions", cycle_id=here.cycle.id))["items"]


async def test_the_office_plans_further_sessions_of_a_topic_that_nobody_owes(here: Scene) -> None:
    for number in (2, 3):
        planned = await _plan(here)
        assert (planned["ordinal"], planned["number"], planned["title_en"]) == (1, number, "Measuring achievement")
    assert [(one["ordinal"], one["number"]) for one in await _sessions(here)] == [(1, 1), (1, 2), (1, 3), (2, 1)]
    await here.does.open_phase(here.phase(Phase.PREPARATION))
    opened = [item for event in await emitted_of(here.database, ObligationsOpened) for item in event.items]
    assert sum(item.kind is ObligationKind.HOLD_SESSION for item in opened) == len(TOPICS)
    assert [one.number for one in await emitted_of(here.database, SessionPlanned)] == [2, 3]
    await here.post(here.office.office, f"/cycles/{here.cycle.id}/sessions", FURTHER | {"topic": 3}, status=422)


async def test_people_are_invited_once_and_take_the_seats_there_are(here: Scene) -> None:
    planned = await _plan(here, seats=1)
    path = f"/sessions/{planned['id']}"
    some = {"person_ids": [str(here.ani), str(here.rater)]}
    assert (await here.post(here.office.office, f"{path}/invitations", some))["invited_now"] == 2
    people = len(here.office.everyone)
    unit = {"unit_id": str(here.office.unit_id)}
    everybody = await here.post(here.office.office, f"{path}/invitations", unit)
    assert (everybody["invited_now"], everybody["invited"]) == (people - 2, people)
    invited = [person for event in await emitted_of(here.database, PeopleInvited) for person in event.people]
    assert sorted(invited) == sorted(here.office.everyone)
    stranger = {"person_ids": [str(new_id())]}
    await here.post(here.office.office, f"{path}/invitations", stranger, status=422)
    for _ in range(2):
        mine = await here.post(here.ani, f"{path}/enrolment")
        assert (mine["enrolled"], mine["am_enrolled"], mine["am_invited"]) == (1, True, True)
    await here.post(here.rater, f"{path}/enrolment", status=409)
    left = await here.post(here.ani, f"{path}/withdrawal")
    assert (left["enrolled"], left["am_enrolled"]) == (0, False)
    assert (await here.post(here.rater, f"{path}/enrolment"))["enrolled"] == 1
    coming = (await here.get(here.office.office, f"{path}/people"))["items"]
    assert [one["person_id"] for one in coming if one["enrolled"]] == [str(here.rater)]


async def test_a_further_session_is_called_off_and_those_who_were_to_come_are_told(here: Scene) -> None:
    planned = await _plan(here)
    await here.post(here.ani, f"/sessions/{planned['id']}/enrolment")
    for _ in range(2):
        called = await here.post(here.office.office, f"/sessions/{planned['id']}/calling-off", {"reason": "banjir"})
        assert called["state"] == "CALLED_OFF"
    [told] = await emitted_of(here.database, SessionCalledOff)
    assert told.people == (here.ani,)
    await here.post(here.rater, f"/sessions/{planned['id']}/enrolment", status=409)
    first = (await _sessions(here))[0]
    await here.post(here.office.office, f"/sessions/{first['id']}/calling-off", {"reason": "banjir"}, status=409)
    body = {"held_on": "2026-01-05", "attendee_ids": []}
    await here.post(here.office.office, f"/sessions/{planned['id']}/report", body, status=409)


async def test_a_topic_is_covered_for_whoever_attended_any_of_its_sessions(here: Scene) -> None:
    await declare(here.database, here.office.tenant_id, here.office.holders)
    second = await _plan(here)
    first, _, other = await _sessions(here)
    await _hold(here, first["id"], here.ani, here.rater)
    await _hold(here, second["id"], here.ani, here.office.staff[1])
    events = await emitted_of(here.database, SessionHeld)
    assert [(one.of_topic, one.number) for one in events] == [(1, 1), (1, 2)]
    path, people = f"/cycles/{here.cycle.id}/coverage", len(here.office.everyone)
    for reader in (here.office.office, here.rater):
        rows = (await here.get(reader, path))["items"]
        assert [(one["topic"], one["people"], one["covered"]) for one in rows] == [(1, people, 3), (2, people, 0)]
    await here.get(here.ani, path, status=403)
    own = (await here.get(here.ani, f"/cycles/{here.cycle.id}/attendance"))["items"]
    assert [(one["servant_id"], one["topics"]) for one in own] == [(str(here.ani), [1])]
    led = (await here.get(here.rater, f"/cycles/{here.cycle.id}/attendance"))["items"]
    assert {one["servant_id"] for one in led} == {str(one) for one in (here.rater, *here.office.staff)}
    every = (await here.get(here.office.office, f"/cycles/{here.cycle.id}/attendance"))["items"]
    assert (len(every), sum(one["topics"] == [1] for one in every)) == (people, 3)
    assert other["ordinal"] == 2
    assert (await _sessions(here))[0]["was_there"] is True


async def test_what_a_worked_example_makes_is_computed_and_not_typed(here: Scene) -> None:
    path = f"/cycles/{here.cycle.id}/materials"
    title = {"id": "Makin rendah makin baik", "en": "Less is better"}
    typed = {"title": title, "example": EXAMPLE | {"achievement": "100"}}
    await here.post(here.office.office, path, typed, status=400)
    kept = await here.post(here.office.office, path, {"title": title, "example": EXAMPLE}, status=201)
    # 20 planned, 25 reached, less is better: (2 x 20 - 25) / 20 is 75 per cent.
    assert float(kept["example"]["achievement"]) == 75
    assert kept["example"]["working"]["en"] == "(2 x 20 - 25) / 20 x 100 = 75"
    many = EXAMPLE | {"direction": "HIGHER_BETTER", "actual": "30"}
    best = await here.post(here.office.office, path, {"title": title, "example": many})
    assert (float(best["example"]["calculated"]), float(best["example"]["achievement"])) == (150, 120)
    shown = (await here.get(here.ani, path))["items"]
    assert [one["id"] for one in shown] == [kept["id"], best["id"]]
    await here.post(here.office.office, f"/materials/{kept['id']}/retirement")
    assert [one["id"] for one in (await here.get(here.ani, path))["items"]] == [best["id"]]
    await here.post(here.office.office, path, {"title": title}, status=422)


async def test_the_shipped_materials_and_questions_are_there_once_preparation_begins(
    feedback_db: Database, client_of: ClientOf
) -> None:
    here = await scene(feedback_db, client_of, "binjai", learning=policy("binjai").learning.model_dump())
    for _ in range(2):
        await here.does.open_phase(here.phase(Phase.PREPARATION))
    materials = (await here.get(here.ani, f"/cycles/{here.cycle.id}/materials"))["items"]
    assert [float(one["example"]["achievement"]) for one in materials] == [105, 80, 80]
    assert all(one["of_policy"] for one in materials)
    quiz = await here.get(here.ani, f"/cycles/{here.cycle.id}/quiz")
    assert len(quiz["questions"]) == 3
    assert "right" not in str(quiz)


async def test_whoever_answers_the_quiz_is_told_what_was_right_and_others_get_counts_alone(here: Scene) -> None:
    path = f"/cycles/{here.cycle.id}/quiz"
    added = await here.post(here.office.office, f"{path}-questions", QUESTION | {"right": 1}, status=201)
    asked = [one["id"] for one in (await here.get(here.ani, path))["questions"]]
    assert asked[-1] == added["id"]

    def chosen(*options: int) -> Any:
        return {"answers": [{"question_id": one, "option": at} for one, at in zip(asked, options, strict=True)]}

    first = await here.post(here.ani, path, chosen(1, 1), status=201)
    assert (first["attempt"], first["right"], first["asked"], first["best"]) == (1, 1, 2, 50)
    wrong = first["questions"][0]
    assert (wrong["is_right"], wrong["right"], wrong["why"]["en"]) == (False, 2, "Letters can be counted")
    again = await here.post(here.ani, path, chosen(2, 1))
    assert (again["attempt"], again["right"], again["best"]) == (2, 2, 100)
    worse = await here.post(here.ani, path, chosen(1, 2))
    assert (worse["right"], worse["best"]) == (0, 100)
    mine = await here.get(here.ani, path)
    assert (mine["attempts"], mine["best"]) == (3, 100)
    await here.post(here.ani, path, {"answers": chosen(1, 1)["answers"][:1]}, status=422)
    await here.post(here.ani, path, chosen(1, 3), status=422)
    few = await here.get(here.office.office, f"{path}/counts")
    assert (few["people"], few["questions"][0]["chosen"]) == (None, None)
    for person in here.office.staff[1:3]:
        await here.post(person, path, chosen(2, 2))
    counts = await here.get(here.office.office, f"{path}/counts")
    assert (counts["people"], counts["attempts"]) == (3, 5)
    # First answers alone: later ones say what somebody was told.
    assert [one["chosen"] for one in counts["questions"]] == [[1, 2], [1, 2]]
    assert not any(str(person) in str(counts) for person in here.office.everyone)
    await here.get(here.rater, f"{path}/counts", status=403)
    await here.post(here.office.office, f"/quiz-questions/{added['id']}/retirement")
    assert len((await here.get(here.ani, path))["questions"]) == 1
