"""Windows that a city sets: how late an entry in the log is late, how soon a returned plan comes again, and a new one."""

from datetime import date

import pytest

from contracts.base import Phase
from contracts.obligations import ObligationKind
from contracts.policy import LogRule, PlanWindows, Policy
from contracts.registry.personnel import ChangeKind
from tests.services.plans.conftest import StageOf
from tests.services.plans.test_personnel import moved
from tests.support.policies import policy

pytestmark = pytest.mark.connected
WORK = {"text": "Menyapu kantor kelurahan", "minutes": 60}


def short(place: str) -> Policy:
    """A city of its own windows: three days for the log, five working days for a plan that was returned."""
    windows = PlanWindows(revise_within=5, renew_within=10)
    return policy(place).model_copy(update={"log": LogRule(late_after=3), "plan_windows": windows})


async def test_a_city_says_how_late_an_entry_needs_a_reason_and_how_soon_a_returned_plan_comes_again(
    stage_of: StageOf,
) -> None:
    """PermenPANRB 6/2022 art. 16, L II.C.6-7: the agency's; no limit of the annex."""
    stage = await stage_of("dumai", policy=short("dumai"))
    plan_id = await stage.proposed()
    assert (await stage.post(stage.rater, f"/plans/{plan_id}/return", {"reason": "Belum jelas"})).status_code == 200
    revision = await stage.owed(ObligationKind.PROPOSE_PLAN, plan_id)
    assert revision is not None
    assert revision.due_at.date() == date(2026, 1, 12)  # five working days after Monday 5 January


async def test_a_city_says_how_soon_a_new_plan_follows_a_transfer(stage_of: StageOf) -> None:
    """PermenPANRB 6/2022 L II.C.6-7: a new plan with the new leader, within what the agency sets."""
    stage = await stage_of("palembang", policy=short("palembang"))
    plan_id = await stage.made_set()
    await stage.open(Phase.EXECUTION)
    await moved(stage, ChangeKind.TRANSFER, stage.authority)
    obligation = await stage.owed(ObligationKind.ANSWER_PLAN, plan_id)
    assert obligation is not None
    assert obligation.due_at.date() == date(2026, 1, 20)  # ten working days after Monday 5 January, without Isra Mikraj


@pytest.mark.parametrize(("day", "status"), [("2026-01-02", 201), ("2026-01-01", 422)])
async def test_the_log_takes_three_days_without_a_reason_where_the_city_says_three(
    stage_of: StageOf, day: str, status: int
) -> None:
    stage = await stage_of("dumai", policy=short("dumai"))
    plan = await stage.plan()
    sent = await stage.post(stage.servant, f"/plans/{plan.id}/activities", {"entries": [WORK | {"day": day}]})
    assert sent.status_code == status, sent.text
    assert status == 201 or "more than 3 days ago" in sent.text or "lebih dari 3 hari" in sent.text
