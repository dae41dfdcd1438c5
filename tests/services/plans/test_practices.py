"""DMI-2: a plan takes over what worked elsewhere, as long as it is in the city's library."""

from typing import Any
from uuid import UUID

import pytest

from contracts.base import new_id
from contracts.evaluation.practices import PracticePublished, PracticeWithdrawn
from contracts.plans.plans import PlanSet
from services.plans.practices import commands as practices
from tests.services.plans.stage import Stage, content
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected


async def published(stage: Stage) -> UUID:
    practice_id = new_id()
    event = PracticePublished(**about(stage, practice_id), unit_id=new_id(), title="Loket", what="-", where="-")
    async with stage.database.transaction(stage.office.tenant_id) as session:
        await practices.publish(session, event)
        await practices.publish(session, event)
    return practice_id


async def withdrawn(stage: Stage, practice_id: UUID) -> None:
    async with stage.database.transaction(stage.office.tenant_id) as session:
        await practices.withdraw(session, PracticeWithdrawn(**about(stage, practice_id), reason="sudah usang"))


def about(stage: Stage, practice_id: UUID) -> dict[str, Any]:
    return {
        "tenant_id": stage.office.tenant_id,
        "cycle_id": new_id(),
        "appraisal_id": new_id(),
        "servant_id": new_id(),
        "practice_id": practice_id,
    }


async def test_a_plan_that_is_set_says_what_it_takes_over(stage: Stage) -> None:
    practice = await published(stage)
    plan_id = await stage.made_set(content() | {"practices": [str(practice)]})
    assert (await stage.get(stage.rater, f"/plans/{plan_id}")).json()["practices"] == [str(practice)]
    (event,) = await emitted_of(stage.database, PlanSet)
    assert event.practices == (practice,)


async def test_what_is_not_in_the_library_is_refused_where_it_stands(stage: Stage) -> None:
    gone, strange = await published(stage), new_id()
    await withdrawn(stage, gone)
    path, practice = f"/plans/{(await stage.plan()).id}", await published(stage)
    body = content() | {"practices": [str(practice), str(gone), str(strange)]}
    refused = await stage.put(stage.servant, path, body)
    assert refused.status_code == 422
    assert [one["where"] for one in refused.json()["errors"]] == ["practices.1", "practices.2"]
    twice = content() | {"practices": [str(practice)] * 2}
    assert (await stage.put(stage.servant, path, twice)).status_code == 422


async def test_what_was_taken_over_stays_after_it_left_the_library(stage: Stage) -> None:
    practice = await published(stage)
    path, body = f"/plans/{(await stage.plan()).id}", content() | {"practices": [str(practice)]}
    assert (await stage.put(stage.servant, path, body)).status_code == 200
    await withdrawn(stage, practice)
    body["results"][0]["statement"] = "Pelayanan yang lebih dekat"
    assert (await stage.put(stage.servant, path, body)).json()["practices"] == [str(practice)]
