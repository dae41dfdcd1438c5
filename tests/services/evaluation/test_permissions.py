"""Who may do what: each act is refused to everybody whose relation does not allow it."""

from typing import Any
from uuid import UUID

import pytest

from contracts.base import Phase, new_id
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.scene import NEW_CYCLE, RATINGS, Scene, evaluating
from tests.support.clock import SetClock

pytestmark = pytest.mark.connected


async def _refused(here: Scene, method: str, path: str, *people: UUID, body: Any = None) -> None:
    """403 with the relations that would be allowed, for each of these people."""
    for person in people:
        problem = await here.call(method, person, path, body, status=403)
        assert problem["type"].endswith("/forbidden")
        assert isinstance(problem["allowed"], list)


async def test_only_the_performance_office_leads_a_cycle(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "dumai")
    others = (here.ani, here.rater, here.authority, here.office.panel[0])
    cycle = f"/cycles/{here.cycle_id}"
    items = {"items": [{"unit_id": str(here.office.unit_id), "performance": "GOOD"}]}
    await _refused(here, "POST", "/cycles", *others, body=NEW_CYCLE | {"scope": "14.72"})
    await _refused(here, "POST", f"{cycle}/org-performance", *others, body=items)
    await _refused(here, "POST", f"{cycle}/review", *others, body={"findings": "x", "actions": []})
    await _refused(here, "GET", f"{cycle}/summary", *others)
    moderation = f"/appraisals/{here.appraisals[here.ani]}/moderation"
    await _refused(here, "POST", moderation, *others, body={"reason": "x"})


async def test_nobody_assesses_but_rater_holder_peer_and_never_oneself(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    body = RATINGS | {"scores": dict.fromkeys(here.codes, 90)}
    own = f"/appraisals/{here.appraisals[here.ani]}/assessments"
    everybody_else = (here.ani, here.office.staff[1], here.authority, here.office.office, here.office.sekda)
    await _refused(here, "POST", own, *everybody_else, body=body)
    top = f"/appraisals/{here.appraisals[here.office.sekda]}/assessments"
    await _refused(here, "POST", top, here.office.sekda, here.office.head, body=body)
    await here.post(here.office.office, top, body)  # nobody rates the secretary, so the office does


async def test_an_appraisal_is_read_by_servant_rater_authority_and_office_alone(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await here.provisional(here.ani)
    path = f"/appraisals/{here.appraisals[here.ani]}"
    for reader in (here.ani, here.rater, here.authority, here.office.office):
        assert (await here.get(reader, path))["predicate"] == "GOOD"
    await _refused(here, "GET", path, here.office.staff[1], here.office.sekda)
    await _refused(here, "GET", f"{path}/form", here.office.staff[1])


async def test_lists_hold_only_what_one_may_read(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await here.lead(Phase.DISCLOSURE)
    await here.received(here.ani)
    cycle: dict[str, Any] = {"cycle_id": str(here.cycle_id)}
    all_of_them = await here.get(here.office.office, "/appraisals", **cycle, limit=4)
    rest = await here.get(here.office.office, "/appraisals", **cycle, cursor=all_of_them["next"])
    assert len(all_of_them["items"]) + len(rest["items"]) == len(here.office.everyone)
    budi = here.office.staff[1]
    assert [one["servant_id"] for one in (await here.get(budi, "/appraisals", **cycle))["items"]] == [str(budi)]
    rated = {
        one["servant_id"] for one in (await here.get(here.rater, "/appraisals", rater_id=str(here.rater)))["items"]
    }
    assert rated == {str(one) for one in here.office.staff}
    assert (await here.get(budi, "/results"))["items"] == []
    assert len((await here.get(here.ani, "/results", **cycle))["items"]) == 1
    assert len((await here.get(budi, "/cycles"))["items"]) == 1


async def test_a_result_is_signed_by_the_rater_read_by_few_and_received_by_the_servant_alone(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await here.lead(Phase.DISCLOSURE)
    await here.provisional(here.ani)
    body = {"cycle_id": str(here.cycle_id), "appraisal_ids": [str(here.appraisals[here.ani])]}
    budi = here.office.staff[1]
    await _refused(here, "POST", "/results/issue", here.ani, budi, here.authority, here.office.office, body=body)
    await here.issue(here.ani, here.rater)
    issued = await here.deliver(here.ani)
    path = f"/results/{issued.result_id}"
    await _refused(here, "GET", path, budi, here.office.sekda)
    await _refused(here, "GET", f"{path}/explanation", budi, here.office.sekda)
    others = (here.rater, here.authority, budi, here.office.office)
    await _refused(here, "POST", f"{path}/acknowledgement", *others, body={})


async def test_only_its_panel_reports_a_visit_and_assesses_the_unit(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "dumai")
    (visit,) = (await here.get(here.office.office, "/visits"))["items"]
    others = (here.ani, here.rater, here.authority, here.office.office)
    report = {"held_on": "2026-06-30"}
    items = {"items": [{"appraisal_id": str(here.appraisals[here.ani]), "scores": {}}]}
    await _refused(here, "POST", f"/visits/{visit['id']}/report", *others, body=report)
    await _refused(here, "POST", f"/visits/{visit['id']}/assessments", *others, body=items)
    await _refused(here, "GET", f"/visits/{visit['id']}", here.ani, here.rater)
    assert (await here.get(here.ani, "/visits"))["items"] == []


@pytest.mark.parametrize(
    "path",
    ["/cycles/{0}", "/cycles/{0}/units", "/appraisals/{0}", "/appraisals/{0}/form", "/results/{0}", "/visits/{0}"],
)
async def test_what_is_not_there_is_not_found(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, path: str
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await here.get(here.office.office, path.format(new_id()), status=404)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"scores": {}}, "scores.collaboration"),
        ({"behaviour_rating": None}, "behaviour_rating"),
        ({"result_rating": "ABOVE", "reasons": {}}, "reasons.result_rating"),
        ({"behaviour_rating": "BELOW", "reasons": {"behaviour_rating": " "}}, "reasons.behaviour_rating"),
    ],
)
async def test_an_incomplete_assessment_names_what_is_missing(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, change: dict[str, Any], where: str
) -> None:
    """PermenPANRB 6/2022 L IV.B: both ratings, with a reason for above and below."""
    here = await evaluating(evaluation_db, client_of, clock)
    problem = await here.assess(here.ani, here.rater, status=422, **change)
    assert where in {one["where"] for one in problem["errors"]}


@pytest.mark.parametrize("points", [-1, 120.01, "NaN"])
async def test_points_lie_on_the_scale(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, points: Any
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await here.assess(here.ani, here.rater, points=points, status=422)
