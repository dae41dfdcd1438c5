"""Six months of improvement: reviewed each month, late or not at all, and decided by a person."""

from datetime import datetime

import pytest

from contracts.base import Phase, new_id
from contracts.evaluation.proposals import ProposalKind, ProposalState, ProposalSuperseded
from contracts.feedback.activities import ImprovementState
from contracts.feedback.improvement import (
    ImprovementDecided,
    ImprovementDecisionAsked,
    ImprovementReviewed,
    ImprovementStarted,
    ImprovementSuperseded,
)
from contracts.feedback.obligations import ObligationsOpened
from contracts.obligations import ObligationKind
from kit.db import Database
from services.feedback.improvement.commands import cases
from tests.conftest import ClientOf
from tests.services.feedback.months import accepted, lead, months_pass
from tests.services.feedback.scene import Scene, scene
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

BETTER = {"progress": "BETTER", "findings": "letters leave in two days", "next_steps": "keep the list"}
WELL = {"outcome": "ENDED_WELL", "reason": "all six months were better"}


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    return await scene(feedback_db, client_of)


async def test_an_accepted_proposal_begins_six_months_and_nothing_else_does(here: Scene) -> None:
    await accepted(here, accepted=False)
    await accepted(here, kind=ProposalKind.COACHING)
    case = await accepted(here)
    [event] = await emitted_of(here.database, ImprovementStarted)
    assert (event.case_id, event.rater_id, event.months) == (case, here.rater, 6)
    assert event.ends_at == datetime.fromisoformat("2026-07-06T23:59:59+07:00")  # 5 July 2026 is a Sunday
    owed = [item for event in await emitted_of(here.database, ObligationsOpened) for item in event.items]
    [opened] = [item for item in owed if item.kind is not ObligationKind.PLAN_DEVELOPMENT]  # of the accepted coaching
    assert (opened.kind, opened.debtor_id, opened.superior_id) == (
        ObligationKind.REVIEW_IMPROVEMENT,
        here.rater,
        here.authority,
    )
    assert opened.due_at == datetime.fromisoformat("2026-02-05T23:59:59+07:00")


async def test_no_cycle_waits_for_it(here: Scene) -> None:
    for one in here.office.everyone:
        await here.finalise(one, predicate="GOOD")
    await accepted(here)
    assert (await here.does.read_phase(here.phase(Phase.FOLLOW_UP))).owed == 0
    assert (await here.does.read_phase(here.phase(Phase.FOLLOW_UP))).in_cycle == 0


async def test_the_rater_reviews_each_month_once_and_the_office_decides(here: Scene, clock: SetClock) -> None:
    case = await accepted(here)
    path = f"/improvement-cases/{case}"
    for number in range(1, 7):
        state = await lead(here, case)
        assert (state.state, await lead(here, case)) == ("RUNNING", state)
        await here.post(here.ani, f"{path}/reviews/{number}", BETTER, status=403)
        for _ in range(2):
            await here.post(here.rater, f"{path}/reviews/{number}", BETTER)
        await here.post(here.rater, f"{path}/reviews/{number}", BETTER | {"progress": "WORSE"}, status=409)
        await here.post(here.rater, f"{path}/reviews/{number + 1}", BETTER, status=404)
        await here.post(here.office.office, f"{path}/decision", WELL, status=409)
        clock.advance(seconds=state.wait_seconds or 0)
    assert (await lead(here, case)).state == "DECIDABLE"
    [asked] = await emitted_of(here.database, ImprovementDecisionAsked)
    assert (asked.reviews_held, asked.reviews_missed) == (6, 0)
    await here.post(here.rater, f"{path}/decision", WELL, status=403)
    await here.post(here.office.office, f"{path}/decision", WELL | {"reason": " "}, status=422)
    for _ in range(2):
        assert (await here.post(here.office.office, f"{path}/decision", WELL))["state"] == "ENDED_WELL"
    await here.post(here.office.office, f"{path}/decision", WELL | {"outcome": "FURTHER_MEASURES"}, status=409)
    assert len(await emitted_of(here.database, ImprovementReviewed)) == 6
    assert len(await emitted_of(here.database, ImprovementDecided)) == 1
    assert await lead(here, case) == ImprovementState(state="ENDED_WELL", wait_seconds=None)


async def test_months_end_on_working_days_and_what_was_missed_is_counted(here: Scene, clock: SetClock) -> None:
    case = await accepted(here)
    await here.post(here.rater, f"/improvement-cases/{case}/reviews/1", BETTER)
    ends = await months_pass(here, case)
    assert ends == ["2026-02-05", "2026-03-05", "2026-04-06", "2026-05-05", "2026-06-05", "2026-07-06"]
    [asked] = await emitted_of(here.database, ImprovementDecisionAsked)
    assert (asked.reviews_held, asked.reviews_missed) == (1, 5)
    await here.post(here.rater, f"/improvement-cases/{case}/reviews/6", BETTER)  # late helps the official


async def test_an_extension_runs_like_the_months_before(here: Scene, clock: SetClock) -> None:
    case = await accepted(here)
    await months_pass(here, case)
    path = f"/improvement-cases/{case}/decision"
    more = {"outcome": "EXTENDED", "reason": "nearly there"}
    await here.post(here.office.office, path, more, status=422)
    await here.post(here.office.office, path, more | {"months": 7}, status=422)
    await here.post(here.office.office, path, WELL | {"months": 1}, status=422)
    for _ in range(2):
        extended = await here.post(here.office.office, path, more | {"months": 2})
    assert (extended["state"], extended["months"]) == ("RUNNING", 8)
    assert await months_pass(here, case) == ["2026-08-05", "2026-09-07"]
    await here.post(here.office.office, path, {"outcome": "FURTHER_MEASURES", "reason": "no change in eight months"})
    shown = await here.get(here.ani, f"/improvement-cases/{case}")
    assert (shown["state"], [one["number"] for one in shown["reviews"]]) == ("FURTHER_MEASURES", list(range(1, 9)))
    await here.get(here.office.staff[1], f"/improvement-cases/{case}", status=403)
    assert (await here.get(here.office.staff[1], "/improvement-cases"))["items"] == []


async def test_a_newer_version_of_the_result_ends_it(here: Scene) -> None:
    case = await accepted(here)
    event = ProposalSuperseded(
        tenant_id=here.office.tenant_id,
        cycle_id=here.cycle.id,
        appraisal_id=here.cycle.appraisals[here.ani],
        servant_id=here.ani,
        proposal_id=case,
        kind=ProposalKind.IMPROVEMENT_CASE,
        result_id=new_id(),
        version=1,
        former=ProposalState.ACCEPTED,
        by_version=2,
    )
    async with here.database.transaction(here.office.tenant_id) as session:
        for _ in range(2):
            await cases.supersede(session, event)
    assert len(await emitted_of(here.database, ImprovementSuperseded)) == 1
    assert (await lead(here, case)).state == "SUPERSEDED"
    await here.post(here.rater, f"/improvement-cases/{case}/reviews/1", BETTER, status=409)
    await here.post(here.office.office, f"/improvement-cases/{case}/decision", WELL, status=409)
