"""Who may do what about whom: every route refuses whoever has no part in the matter, and whoever has no token."""

from typing import Any
from uuid import UUID

import pytest

from contracts.base import Phase, Predicate, new_id
from kinerja.documents.api import openapi
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.feedback.scene import Scene, scene

pytestmark = pytest.mark.connected

TOPICS = [{"id": "Mengukur capaian", "en": "Measuring achievement"}]
PLAN = {"kind": "COACHING", "what": "targets", "how": "weekly", "due_on": "2026-02-02"}
YES = {"approved": True, "reason": "an example"}


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    return await scene(feedback_db, client_of, session_topics=TOPICS)


async def _only(here: Scene, allowed: UUID, path: str, body: dict[str, Any] | None = None) -> Any:
    """Everybody but one is refused, then that one succeeds."""
    for person in (*here.office.everyone, new_id()):
        if person != allowed:
            problem = await here.post(person, path, body, status=403)
            assert problem["type"].endswith("/forbidden")
    return await here.post(allowed, path, body)


async def test_only_the_office_reports_a_session(here: Scene) -> None:
    await here.does.open_phase(here.phase(Phase.PREPARATION))
    [one] = (await here.get(here.ani, "/sessions", cycle_id=here.cycle.id))["items"]
    body = {"held_on": "2026-01-05", "attendee_ids": []}
    await _only(here, here.office.office, f"/sessions/{one['id']}/report", body)


async def test_only_members_acknowledge_and_bring_ideas(here: Scene) -> None:
    await here.post(new_id(), f"/cycles/{here.cycle.id}/acknowledgement", status=403)
    idea = {"cycle_id": str(here.cycle.id), "title": "a counter", "text": "weekly"}
    await here.post(new_id(), "/ideas", idea, status=403)
    submitted = await here.post(here.ani, "/ideas", idea)
    await _only(here, here.rater, f"/ideas/{submitted['id']}/answer", {"answer": "yes", "adopted": True})


async def test_only_the_one_concerned_answers_feedback(here: Scene) -> None:
    body = {"cycle_id": str(here.cycle.id), "about_id": str(here.ani), "what": "late letters", "how": "the list"}
    await here.post(new_id(), "/feedback", body, status=403)
    given = await here.post(here.rater, "/feedback", body)
    await _only(here, here.ani, f"/feedback/{given['id']}/answer", {"text": "I will"})


async def test_only_the_servant_asks_and_only_the_rater_explains(here: Scene) -> None:
    appraisal_id = await here.provisional(here.ani)
    asked = await _only(here, here.ani, "/clarifications", {"appraisal_id": str(appraisal_id), "text": "why?"})
    body = {"outcome": "EXPLAINED", "reason": "so"}
    await _only(here, here.rater, f"/clarifications/{asked['id']}/answer", body)


async def test_an_objection_belongs_to_its_parties_and_its_judge(here: Scene) -> None:
    result_id = await here.receive(here.ani)
    objection = await _only(here, here.ani, "/objections", {"result_id": str(result_id), "grounds": "wrong"})
    path = f"/objections/{objection['id']}"
    await here.does.open_hearing(here.about(objection))
    for person in (here.authority, here.office.office, here.office.staff[1]):
        await here.post(person, f"{path}/statements", {"text": "me too"}, status=403)
    for person in (here.ani, here.rater):
        await here.post(person, f"{path}/statements", {"text": "so it was"})
    readers = (here.ani, here.rater, here.authority, here.office.office)
    for person in here.office.everyone:
        seen = person in readers
        await here.get(person, path, status=200 if seen else 403)
        assert len((await here.get(person, "/objections", cycle_id=here.cycle.id))["items"]) == seen
    await _only(here, here.authority, f"{path}/decision", {"outcome": "UPHELD", "reason": "so"})


async def test_only_the_servant_withdraws(here: Scene) -> None:
    result_id = await here.receive(here.ani)
    objection = await here.post(here.ani, "/objections", {"result_id": str(result_id), "grounds": "wrong"})
    await _only(here, here.ani, f"/objections/{objection['id']}/withdrawal")


async def test_only_the_rater_plans_and_completes_development(here: Scene) -> None:
    await here.finalise(here.ani)
    [action] = (await here.get(here.rater, "/development-actions"))["items"]
    await _only(here, here.rater, f"/development-actions/{action['id']}/plan", PLAN)
    await _only(here, here.rater, f"/development-actions/{action['id']}/completion", {"outcome": "better"})
    for person in here.office.everyone:
        seen = person in (here.ani, here.rater, here.office.office)
        assert len((await here.get(person, "/development-actions"))["items"]) == seen


async def test_only_the_office_recognises_and_reads_the_summary(here: Scene) -> None:
    await here.finalise(here.ani, predicate=Predicate.VERY_GOOD)
    [proposed] = (await here.get(here.rater, "/recognitions", cycle_id=here.cycle.id))["items"]
    await _only(here, here.office.office, f"/recognitions/{proposed['id']}/decision", YES)
    for person in here.office.everyone:
        await here.get(person, f"/cycles/{here.cycle.id}/summary", status=200 if person == here.office.office else 403)
        seen = person in (here.ani, here.rater, here.office.office)
        assert len((await here.get(person, "/recognitions"))["items"]) == seen


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/sessions/{}/report", {"held_on": "2026-01-05", "attendee_ids": []}),
        ("/feedback/{}/answer", {"text": "t"}),
        ("/ideas/{}/answer", {"answer": "a", "adopted": True}),
        ("/clarifications/{}/answer", {"outcome": "EXPLAINED", "reason": "r"}),
        ("/objections/{}/statements", {"text": "t"}),
        (
            "/objections/{}/decision",
            {"outcome": "AMENDED", "reason": "r", "result_rating": "MEETS", "behaviour_rating": "MEETS"},
        ),
        ("/objections/{}/withdrawal", None),
        ("/development-actions/{}/plan", PLAN),
        ("/development-actions/{}/completion", {"outcome": "o"}),
        ("/recognitions/{}/decision", YES),
    ],
)
async def test_what_does_not_exist_is_not_found(here: Scene, path: str, body: Any) -> None:
    await here.post(here.office.office, path.format(new_id()), body, status=404)


async def test_every_route_wants_a_token(here: Scene) -> None:
    document = openapi("feedback")
    routes = [(method, path) for path, ways in document["paths"].items() for method in ways if path.startswith("/v1")]
    assert routes
    for method, path in routes:
        answer = await here.client.request(method, path.replace("{", "").replace("}", ""))
        assert answer.status_code == 401, (method, path)
