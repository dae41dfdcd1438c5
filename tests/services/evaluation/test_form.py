"""What stands on the form of the evaluation, beside the numbers to be given."""

import pytest

from contracts.base import Rating
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.scene import evaluating
from tests.support.clock import SetClock

pytestmark = pytest.mark.connected


async def test_the_form_explains_what_each_rating_means(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 L IV.B: guidance for both ratings, in both languages; the rater decides."""
    here = await evaluating(evaluation_db, client_of, clock)
    form = await here.get(here.rater, f"/appraisals/{here.appraisals[here.ani]}/form")
    assert set(form["result_guidance"]) == set(form["behaviour_guidance"]) == set(Rating)
    assert "no primary result below" in form["result_guidance"]["ABOVE"]["en"]
    assert "guards them in others" in form["behaviour_guidance"]["ABOVE"]["en"]
    assert form["behaviour_guidance"]["BELOW"]["id"] == "Tidak konsisten menjalankan nilai-nilai"


async def test_the_form_tells_what_the_raters_unit_achieved_and_which_predicate_ideally_most_get(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 arts 24-25: the organisation first, then the expected distribution, which is guidance only."""
    here = await evaluating(evaluation_db, client_of, clock)
    path = f"/appraisals/{here.appraisals[here.ani]}/form"
    before = await here.get(here.rater, path)
    assert (before["organisation"], before["ideally_most"]) == (None, None)
    items = [{"unit_id": str(here.office.unit_id), "performance": "OUTSTANDING"}]
    await here.post(here.office.office, f"/cycles/{here.cycle_id}/org-performance", {"items": items})
    after = await here.get(here.rater, path)
    assert (after["organisation"], after["ideally_most"]) == ("OUTSTANDING", "VERY_GOOD")
    await here.plan(here.ani)
    await here.assess(here.ani, here.rater)
    assert (await here.read(here.ani))["predicate"] == "GOOD"  # others are not excluded
