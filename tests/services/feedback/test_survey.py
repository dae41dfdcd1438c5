"""The survey of the appraisal system: once, without a trace, and told to its review when nobody answers any more (BJI-7)."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from contracts.base import Event, Phase
from contracts.evaluation.cycles import PhaseOpened
from contracts.feedback.survey import SystemSurveyed
from directory import take
from kit.db import Database
from services.feedback.survey.commands import tell
from tests.conftest import ClientOf
from tests.contracts.samples import sample
from tests.services.feedback.scene import Scene, in_phase, scene
from tests.support.arriving import arrive
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

STATEMENTS = [{"id": "Saya mengerti nilai saya", "en": "I understand my score"}, {"id": "Adil", "en": "Fair"}]
RULE = {"survey": STATEMENTS, "pulse_minimum": 3}


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    return await scene(feedback_db, client_of, listening=RULE)


async def _review_begins(here: Scene) -> None:
    """As the listener does: the copy takes the phase, then the survey is told, in one transaction."""
    change = {"tenant_id": here.office.tenant_id, "cycle_id": here.cycle.id, "phase": Phase.SYSTEM_REVIEW}
    event: Event = PhaseOpened.model_validate(sample(PhaseOpened).model_dump() | change)
    await arrive(here.database, event, take.take_phase, tell)


async def test_the_survey_is_answered_after_results_and_read_when_the_system_is_reviewed(here: Scene) -> None:
    path = f"/cycles/{here.cycle.id}/survey"
    await in_phase(here, Phase.EXECUTION)
    await here.post(here.ani, path, {"answers": [4, 5]}, status=409)
    await in_phase(here, Phase.DISCLOSURE)
    asked = await here.get(here.ani, path)
    assert (len(asked["statements"]), asked["open"], asked["answered"]) == (2, True, False)
    people = list(here.office.everyone)
    for number, person in enumerate(people):
        await here.post(person, path, {"answers": [1 + number % 5, 5]})
    await here.post(here.ani, path, {"answers": [1, 1]}, status=409)
    assert (await here.get(here.office.office, path))["groups"] == []
    await _review_begins(here)
    [told] = await emitted_of(here.database, SystemSurveyed)
    expected = Decimal(sum(1 + number % 5 for number in range(len(people)))) / len(people)
    assert (told.people, told.means[1]) == (len(people), Decimal("5.0"))
    assert abs(told.means[0] - expected) <= Decimal("0.05")
    after = await here.get(here.ani, path)
    assert (after["open"], after["answered"], after["groups"][0]["people"]) == (False, True, len(people))


async def test_of_too_few_answers_the_review_is_told_no_number(here: Scene) -> None:
    await in_phase(here, Phase.FOLLOW_UP)
    for person in here.office.staff[:2]:
        await here.post(person, f"/cycles/{here.cycle.id}/survey", {"answers": [1, 1]})
    await _review_begins(here)
    [told] = await emitted_of(here.database, SystemSurveyed)
    assert (told.people, told.means) == (None, ())
    assert (await here.get(here.office.office, f"/cycles/{here.cycle.id}/survey"))["groups"] == []


async def test_no_row_joins_a_person_to_what_was_said_of_the_system(here: Scene) -> None:
    await in_phase(here, Phase.DISCLOSURE)
    path = f"/cycles/{here.cycle.id}/survey"
    await here.post(here.ani, path, {"answers": [2, 3]})
    async with here.database.transaction(here.office.tenant_id) as session:
        counts: Any = (await session.execute(text("select * from survey_counts"))).mappings().all()
        turns: Any = (await session.execute(text("select * from survey_turns"))).mappings().all()
    assert {(row["question"], row["value"], row["people"]) for row in counts} == {(1, 2, 1), (2, 3, 1)}
    assert all(str(here.ani) not in map(str, row.values()) for row in counts)
    assert [set(row) for row in turns] == [{"tenant_id", "cycle_id", "servant_id"}]
    headers = here.client.as_(here.office.staff[1], here.office.tenant_id) | {"Idempotency-Key": "once"}
    refused = await here.client.post(f"/v1{path}", json={"answers": [2, 3]}, headers=headers)
    assert refused.status_code == 422, refused.text
