"""The words for a criterion's levels are tied to points (PLB-4), so that what exceeds is not 75."""

from typing import Any

import pytest

from contracts.policy import Policy
from kinerja.commands.places import policy as policy_of
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.scene import evaluating
from tests.support.clock import SetClock

pytestmark = pytest.mark.connected
EXCEEDS = "Delivers more than the agreed workload"


async def test_the_form_shows_the_words_beside_each_number_with_their_points(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    form = await here.get(here.rater, f"/appraisals/{here.appraisals[here.ani]}/form")
    assert [one["code"] for one in form["boxes"]] == list(form["codes"])
    box = next(one for one in form["boxes"] if one["code"] == "productivity")
    assert box["label"]["en"] == "Productivity"
    seen = [(one["level"], one["points_from"], one["points_below"]) for one in box["levels"]]
    assert seen == [("ABOVE", "110", None), ("MEETS", "90", "110"), ("BELOW", "0", "90")]
    assert box["levels"][0]["words"]["en"] == EXCEEDS


async def test_the_parts_of_a_criterion_have_its_levels(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    peer, *_ = await here.peers(here.ani)
    form = await here.get(peer, f"/appraisals/{here.appraisals[here.ani]}/form")
    part = next(one for one in form["boxes"] if one["code"] == "teamwork")
    assert part["criterion"] == "non_technical_competence"
    assert part["levels"][0]["words"]["en"] == "Makes the whole team stronger"


async def test_a_level_that_does_not_fit_its_score_is_refused_with_what_fits(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    scores = dict.fromkeys(here.codes, 75)
    wrong: dict[str, Any] = {"scores": scores, "levels": {"productivity": "ABOVE"}}
    problem = await here.assess(here.ani, here.rater, status=422, **wrong)
    [error] = problem["errors"]
    assert (error["where"], error["fits"]) == ("levels.productivity", "BELOW")
    assert "75 is BELOW (Often leaves agreed work undone; is from 0 to below 90)" in error["detail"]
    assert "ABOVE is from 110" in error["detail"]
    unknown = await here.assess(here.ani, here.rater, status=422, levels={"target_fulfilment": "ABOVE"})
    assert [one["where"] for one in unknown["errors"]] == ["levels.target_fulfilment"]
    levels = {"productivity": "MEETS", "creativity": "ABOVE"}
    await here.plan(here.ani)
    await here.assess(here.ani, here.rater, scores=scores | {"productivity": 90, "creativity": 110}, levels=levels)
    [given] = (await here.read(here.ani, here.rater))["assessments"]
    assert given["levels"] == levels


async def test_the_explanation_of_a_result_says_the_words_of_each_level(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    issued = await here.received(here.ani, scores=dict.fromkeys(here.codes, 95) | {"productivity": 112})
    sentences = (await here.get(here.ani, f"/results/{issued.result_id}/explanation"))["sentences"]
    said = {one["en"].partition(" = ")[0]: one for one in sentences if one["code"] == "SOURCES"}
    assert said["Productivity"]["en"].endswith(f"; that means: {EXCEEDS}")
    assert said["Creativity"]["id"].endswith("; artinya: Memperbaiki cara kerjanya sendiri")


async def test_a_policy_whose_words_have_no_points_asks_for_numbers_alone(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """Cycles that were opened before levels had points go on as they were."""
    content: dict[str, Any] = policy_of("palembang").model_dump()
    for criterion in content["criteria"]:
        for level in criterion["descriptors"].values():
            level |= {"points_from": None, "points_below": None}
    here = await evaluating(evaluation_db, client_of, clock, policy=Policy.model_validate(content))
    form = await here.get(here.rater, f"/appraisals/{here.appraisals[here.ani]}/form")
    assert {len(one["levels"]) for one in form["boxes"]} == {0}
    issued = await here.received(here.ani)
    sentences = (await here.get(here.ani, f"/results/{issued.result_id}/explanation"))["sentences"]
    assert not any("that means" in one["en"] for one in sentences)
