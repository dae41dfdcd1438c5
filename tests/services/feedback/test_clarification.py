"""A servant asks about a provisional result; the rater explains or amends before it is issued."""

from typing import Any

import pytest

from contracts.base import Phase, Rating
from contracts.feedback.clarifications import ClarificationAnswered, ClarificationRequested
from contracts.feedback.obligations import PhaseCleared
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.feedback.scene import Scene, scene
from tests.support.clock import SetClock
from tests.support.told import told_of

pytestmark = pytest.mark.connected

EXPLAINED = {"outcome": "EXPLAINED", "reason": "the third indicator counts double"}
AMENDED = {"outcome": "AMENDED", "reason": "the report was late", "result_rating": "MEETS", "behaviour_rating": "ABOVE"}


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    return await scene(feedback_db, client_of, "dumai")


async def _ask(here: Scene, *, text: str = "why below?", status: int = 0) -> Any:
    body = {"appraisal_id": str(here.cycle.appraisals[here.ani]), "text": text, "items": ["result_rating"]}
    return await here.post(here.ani, "/clarifications", body, status=status)


async def test_a_question_is_explained(here: Scene) -> None:
    await here.provisional(here.ani)
    asked = await _ask(here)
    assert (asked["state"], asked["rater_id"]) == ("OPEN", str(here.rater))
    assert (await here.does.read_phase(here.phase(Phase.DISCLOSURE))).owed == 1
    answered = await here.post(here.rater, f"/clarifications/{asked['id']}/answer", EXPLAINED)
    assert (answered["state"], answered["answered_by"]) == ("EXPLAINED", str(here.rater))
    [event] = await told_of(here.database, ClarificationAnswered)
    assert (event.outcome, event.result_rating) == ("EXPLAINED", None)
    assert [one.phase for one in await told_of(here.database, PhaseCleared)] == [Phase.DISCLOSURE]


async def test_an_argument_amends_both_ratings(here: Scene) -> None:
    await here.provisional(here.ani)
    asked = await _ask(here)
    path = f"/clarifications/{asked['id']}/answer"
    assert await here.post(here.rater, path, AMENDED) == await here.post(here.rater, path, AMENDED)
    [event] = await told_of(here.database, ClarificationAnswered)
    assert (event.result_rating, event.behaviour_rating) == (Rating.MEETS, Rating.ABOVE)
    assert event.reason == AMENDED["reason"]
    await here.post(here.rater, path, EXPLAINED, status=409)


async def test_one_question_is_open_at_a_time(here: Scene) -> None:
    await here.provisional(here.ani)
    asked = await _ask(here)
    assert await _ask(here) == asked
    await _ask(here, text="and why this?", status=409)
    await here.post(here.rater, f"/clarifications/{asked['id']}/answer", EXPLAINED)
    await _ask(here, text="and why this?", status=201)
    assert len(await told_of(here.database, ClarificationRequested)) == 2


async def test_without_a_provisional_result_there_is_nothing_to_ask(here: Scene) -> None:
    await _ask(here, status=409)
    await here.provisional(here.ani)
    await _ask(here)


async def test_after_the_window_no_question(here: Scene, clock: SetClock) -> None:
    await here.provisional(here.ani, days=5)
    clock.advance(days=5, seconds=1)
    assert "2026-01-10" in (await _ask(here, status=409))["detail"]
    clock.advance(seconds=-1)
    await _ask(here)


async def test_an_issued_result_is_explained_but_no_longer_amended(here: Scene) -> None:
    await here.provisional(here.ani)
    asked = await _ask(here)
    await here.issue(here.ani)
    path = f"/clarifications/{asked['id']}/answer"
    assert "objection" in (await here.post(here.rater, path, AMENDED, status=409))["detail"]
    await here.post(here.rater, path, EXPLAINED)
    assert "objection" in (await _ask(here, status=409))["detail"]


async def test_an_amendment_needs_both_ratings_and_every_answer_a_reason(here: Scene) -> None:
    await here.provisional(here.ani)
    path = f"/clarifications/{(await _ask(here))['id']}/answer"
    await here.post(here.rater, path, AMENDED | {"result_rating": None}, status=422)
    await here.post(here.rater, path, EXPLAINED | {"reason": " "}, status=422)
    await here.post(here.rater, path, EXPLAINED)


async def test_after_a_hand_over_the_superior_answers(here: Scene, clock: SetClock) -> None:
    await here.provisional(here.ani)
    path = f"/clarifications/{(await _ask(here))['id']}/answer"
    await here.post(here.authority, path, EXPLAINED, status=403)
    clock.advance(days=22)  # ten working days and four more
    await here.sweep()
    assert len((await here.get(here.authority, "/clarifications"))["items"]) == 1
    answered = await here.post(here.authority, path, EXPLAINED)
    assert answered["answered_by"] == str(here.authority)


async def test_a_city_may_do_without(feedback_db: Database, client_of: ClientOf) -> None:
    here = await scene(feedback_db, client_of, features={"clarification": False})
    await here.provisional(here.ani)
    await _ask(here, status=409)


async def test_who_sees_which_questions(here: Scene) -> None:
    await here.provisional(here.ani)
    await _ask(here)
    for person in (here.ani, here.rater, here.office.office):
        assert len((await here.get(person, "/clarifications", cycle_id=here.cycle.id))["items"]) == 1
    assert (await here.get(here.office.staff[1], "/clarifications"))["items"] == []
