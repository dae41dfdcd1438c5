"""Trial plans: the hints and the achievement that a real plan would get, for their owner alone (BJI-4, PLJ-7)."""

import pytest
from sqlalchemy import text

from services.plans.trials.rules import MOST_TRIALS
from tests.services.plans.stage import Body, Stage, indicator

pytestmark = pytest.mark.connected


def _trial(*indicators: Body) -> Body:
    return {"name": "Coba menghitung", "indicators": list(indicators)}


LETTERS = indicator(statement="Surat yang dijawab", unit="surat", target_lo=40, target_hi=40, weight=60)
COMPLAINTS = indicator(
    statement="Pengaduan warga", unit="pengaduan", direction="LOWER_BETTER", target_lo=20, target_hi=20, weight=40
)


async def test_trial_actuals_make_the_achievement_that_scoring_computes(stage: Stage) -> None:
    before = await _emitted(stage)
    kept = await stage.post(stage.servant, "/trial-plans", _trial(LETTERS, COMPLAINTS))
    assert kept.status_code == 201, kept.text
    made = kept.json()
    assert ([one["achievement"] for one in made["indicators"]], made["achievement"]) == ([None, None], None)
    tried = _trial(LETTERS | {"actual": "50"}, COMPLAINTS | {"actual": "25"})
    changed = (await stage.put(stage.servant, f"/trial-plans/{made['id']}", tried)).json()
    # 50 of 40 is 125 and counts as 120; 25 complaints where 20 were planned is 75; by 60 and 40 that makes 102.
    assert [float(one["calculated"]) for one in changed["indicators"]] == [125, 75]
    assert [float(one["achievement"]) for one in changed["indicators"]] == [120, 75]
    assert float(changed["achievement"]) == 102
    read = (await stage.get(stage.servant, f"/trial-plans/{made['id']}")).json()
    assert read == changed
    assert await _emitted(stage) == before  # nobody hears of it, and nobody owes anything


async def test_a_trial_plan_gets_the_hints_of_a_real_one(stage: Stage) -> None:
    poor = indicator(statement="Kerja baik sekali", unit="baik", target_lo=1, target_hi=1, weight=90)
    hints = (await stage.post(stage.servant, "/trial-plans", _trial(poor))).json()["hints"]
    places = {one["where"] for one in hints}
    assert {"indicators", "indicators.0.statement", "indicators.0.unit", "indicators.0.target_hi"} <= places
    assert [one["blocks"] for one in hints if one["where"] == "indicators"] == [True]
    good = (await stage.post(stage.servant, "/trial-plans", _trial(LETTERS, COMPLAINTS))).json()
    assert not [one for one in good["hints"] if one["where"].endswith(("statement", "unit"))]


async def test_a_trial_plan_is_its_owners_alone_and_goes_for_good(stage: Stage) -> None:
    made = (await stage.post(stage.servant, "/trial-plans", _trial(LETTERS))).json()
    path = f"/trial-plans/{made['id']}"
    for other in (stage.peer, stage.rater, stage.authority, stage.office.office):
        assert (await stage.get(other, path)).status_code == 404
        assert (await stage.put(other, path, _trial(LETTERS))).status_code == 404
        assert (await stage.post(other, f"{path}/removal")).status_code == 404
        assert (await stage.get(other, "/trial-plans")).json()["items"] == []
    assert (await stage.post(stage.servant, f"{path}/removal")).status_code == 200
    assert (await stage.get(stage.servant, path)).status_code == 404
    async with stage.database.transaction(stage.city) as session:
        assert (await session.execute(text("select count(*) from trial_plans"))).scalar_one() == 0


async def test_nobody_keeps_more_trial_plans_than_there_is_room_for(stage: Stage) -> None:
    for _ in range(MOST_TRIALS):
        assert (await stage.post(stage.servant, "/trial-plans", _trial(LETTERS))).status_code == 201
    refused = await stage.post(stage.servant, "/trial-plans", _trial(LETTERS))
    assert (refused.status_code, "remove one" in refused.text) == (409, True)
    listed = (await stage.get(stage.servant, "/trial-plans")).json()["items"]
    assert len(listed) == MOST_TRIALS
    await stage.post(stage.servant, f"/trial-plans/{listed[0]['id']}/removal")
    assert (await stage.post(stage.servant, "/trial-plans", _trial(LETTERS))).status_code == 201


async def _emitted(stage: Stage) -> tuple[int, int]:
    async with stage.database.transaction(stage.city) as session:
        obligations = (await session.execute(text("select count(*) from obligations"))).scalar_one()
        told = (await session.execute(text("select coalesce(max(id), 0) from outbox"))).scalar_one()
    return obligations, told
