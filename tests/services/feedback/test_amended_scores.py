"""Answers and decisions name the criterion or the indicator that was contested, with its new score (DMI-8)."""

from decimal import Decimal
from typing import Any

import pytest

from contracts.feedback.clarifications import ClarificationAnswered
from contracts.feedback.objections import ObjectionDecided
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.feedback.scene import INDICATOR, Scene, scene
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

BEHAVIOUR = {"criterion": "behaviour", "score": "95.5"}
AMENDED: dict[str, Any] = {"outcome": "AMENDED", "reason": "the minutes prove it", "scores": [BEHAVIOUR]}
UPHELD = {"outcome": "UPHELD", "reason": "nothing changes"}


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    return await scene(feedback_db, client_of)


async def _decidable(here: Scene) -> str:
    result_id = await here.receive(here.ani)
    body = {"result_id": str(result_id), "grounds": "two ideas were left out", "items": ["behaviour"]}
    objection = await here.post(here.ani, "/objections", body)
    await here.does.open_hearing(here.about(objection))
    for person in (here.rater, here.ani):
        await here.post(person, f"/objections/{objection['id']}/statements", {"text": "seen"})
    return f"/objections/{objection['id']}"


async def test_a_decision_sets_the_contested_criterion_and_leaves_the_ratings(here: Scene) -> None:
    path = await _decidable(here)
    first = await here.post(here.authority, f"{path}/decision", AMENDED)
    assert await here.post(here.authority, f"{path}/decision", AMENDED) == first
    [event] = await emitted_of(here.database, ObjectionDecided)
    [changed] = event.scores or ()
    assert (changed.criterion, changed.score, event.decision.result_rating) == ("behaviour", Decimal("95.5"), None)
    shown = await here.get(here.ani, path)
    assert shown["decision"]["scores"] == [BEHAVIOUR | {"indicator": None, "actual": None}]
    other = AMENDED | {"scores": [BEHAVIOUR | {"score": "96"}]}
    await here.post(here.authority, f"{path}/decision", other, status=409)


async def test_a_decision_corrects_the_actual_of_an_indicator(here: Scene) -> None:
    path = await _decidable(here)
    body = AMENDED | {"scores": [{"indicator": str(INDICATOR), "actual": "88"}]}
    await here.post(here.authority, f"{path}/decision", body)
    [event] = await emitted_of(here.database, ObjectionDecided)
    assert [(one.indicator, one.actual) for one in event.scores or ()] == [(INDICATOR, Decimal(88))]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (AMENDED | {"scores": [{"criterion": "charm", "score": "90"}]}, "charm"),
        (AMENDED | {"scores": [{"criterion": "results", "score": "90"}]}, "results"),
        (AMENDED | {"scores": [{"indicator": "0190aaaa-0000-7000-8000-00000000ffff", "actual": "9"}]}, "indicator"),
        (AMENDED | {"scores": [BEHAVIOUR, BEHAVIOUR]}, "twice"),
        (AMENDED | {"scores": [BEHAVIOUR | {"score": "71"}]}, "must change"),
        (AMENDED | {"scores": [BEHAVIOUR | {"score": "121"}]}, "120"),
        (AMENDED | {"scores": [{"criterion": "behaviour"}]}, "criterion with its score"),
        (AMENDED | {"scores": [], "result_rating": None}, "both new ratings"),
        (AMENDED | {"result_rating": "MEETS"}, "both new ratings"),
        (UPHELD | {"scores": [BEHAVIOUR]}, "keeps"),
    ],
)
async def test_what_cannot_be_set_is_refused_with_its_name(here: Scene, wrong: dict[str, Any], words: str) -> None:
    path = await _decidable(here)
    refused = await here.post(here.authority, f"{path}/decision", wrong, status=422)
    assert words in str(refused)
    assert await emitted_of(here.database, ObjectionDecided) == []


async def test_a_clarification_is_answered_with_the_score_of_one_criterion(
    feedback_db: Database, client_of: ClientOf
) -> None:
    here = await scene(feedback_db, client_of, "dumai")
    await here.provisional(here.ani)
    body = {"appraisal_id": str(here.cycle.appraisals[here.ani]), "text": "why 71?", "items": ["behaviour"]}
    path = f"/clarifications/{(await here.post(here.ani, '/clarifications', body))['id']}/answer"
    answer = AMENDED | {"scores": [{"criterion": "behaviour", "score": "90"}]}
    await here.post(here.rater, path, UPHELD | {"outcome": "EXPLAINED", "scores": answer["scores"]}, status=422)
    await here.post(here.rater, path, AMENDED | {"scores": []}, status=422)
    answered = await here.post(here.rater, path, answer)
    assert await here.post(here.rater, path, answer) == answered
    assert [(one["criterion"], one["score"]) for one in answered["scores"]] == [("behaviour", "90")]
    [event] = await emitted_of(here.database, ClarificationAnswered)
    assert [one.score for one in event.scores or ()] == [Decimal(90)]
