"""The achievement of the organisation comes first (PermenPANRB 6/2022 arts 24-25): what is given before it is marked or refused."""

from typing import Any
from uuid import UUID

import pytest

from contracts.base import new_id
from contracts.evaluation.assessments import AssessmentSubmitted
from contracts.plans.plans import PlanSet
from contracts.policy import Policy
from kinerja.commands.places import policy as policy_of
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected
MARK = "BEFORE_ORGANISATION"


def waiting(place: str) -> Policy:
    """A city that waits for the achievement."""
    return Policy.model_validate(policy_of(place).model_dump() | {"assessing": {"before_organisation": "REFUSE"}})


async def organisation(here: Scene) -> None:
    items = [{"unit_id": str(here.office.unit_id), "performance": "GOOD"}]
    await here.post(here.office.office, f"/cycles/{here.cycle_id}/org-performance", {"items": items})


async def form(here: Scene, reader: UUID) -> Any:
    return await here.get(reader, f"/appraisals/{here.appraisals[here.ani]}/form")


async def marks(here: Scene, result_id: object) -> list[str]:
    """What the explanation says of it, in English."""
    path = f"/results/{result_id}/explanation"
    sentences = (await here.get(here.ani, path))["sentences"]
    return [one["en"] for one in sentences if one["code"] == MARK]


async def test_an_assessment_that_comes_first_is_marked_and_the_result_tells_of_it(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 arts 24-25: first the organisation, then the people."""
    here = await evaluating(evaluation_db, client_of, clock)
    assert (await form(here, here.rater))["before_organisation"] == "MARK"
    assert (await form(here, here.ani))["before_organisation"] is None
    await here.plan(here.ani)
    assert (await here.assess(here.ani, here.rater))["before_organisation"]
    [given] = (await here.read(here.ani, here.rater))["assessments"]
    assert given["before_organisation"]
    assert [one.before_organisation for one in await emitted_of(here.database, AssessmentSubmitted)] == [True]
    await organisation(here)
    # Computed already: what it was made from stands, and so does the mark.
    await here.issue(here.ani, here.rater)
    issued = await here.deliver(here.ani)
    assert await marks(here, issued.result_id) == [
        "The superior assessed before the achievement of the organisation was set"
    ]
    await here.post(here.ani, f"/results/{issued.result_id}/acknowledgement")
    again = await here.post(here.office.office, f"/cycles/{here.cycle_id}/recomputation")
    assert (again["checked"], again["differing"]) == (1, [])


async def test_given_again_after_the_achievement_it_is_marked_no_more(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    about: dict[str, Any] = {"tenant_id": here.tenant_id, "cycle_id": here.cycle_id, "servant_id": here.ani}
    plan = about | {"plan_id": new_id(), "set_by": here.rater, "by_superior": False, "late": False, "version": 1}
    await here.take(PlanSet(**plan, indicators=()))
    assert (await here.assess(here.ani, here.rater))["before_organisation"]
    await organisation(here)
    assert (await form(here, here.rater))["before_organisation"] is None
    assert not (await here.assess(here.ani, here.rater))["before_organisation"]
    await here.plan(here.ani)
    await here.issue(here.ani, here.rater)
    assert await marks(here, (await here.deliver(here.ani)).result_id) == []


async def test_a_city_that_waits_for_the_achievement_refuses_the_superior_and_nobody_else(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto", policy=waiting("sawahlunto"))
    assert (await form(here, here.rater))["before_organisation"] == "REFUSE"
    problem = await here.assess(here.ani, here.rater, status=409)
    assert "performance office" in problem["detail"]
    assert problem["set_by"] == f"POST /v1/cycles/{here.cycle_id}/org-performance"
    assert problem["unit_id"] == str(here.office.unit_id)
    peer, *_ = await here.peers(here.ani)
    assert (await form(here, peer))["before_organisation"] is None
    await here.assess_as_peer(here.ani, peer)
    await organisation(here)
    assert not (await here.assess(here.ani, here.rater))["before_organisation"]


async def test_where_the_raters_unit_takes_no_part_the_own_units_achievement_comes_first(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """Nobody sets in this cycle what an organisation outside of it achieved: waiting for it would never end."""
    here = await evaluating(evaluation_db, client_of, clock, policy=waiting("palembang"))
    head = here.office.head
    rater = here.office.rater(head)
    assert rater is not None
    await here.assess(head, rater, status=409)
    await organisation(here)
    assert not (await here.assess(head, rater))["before_organisation"]
