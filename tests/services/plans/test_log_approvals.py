"""Where the policy asks for it the daily log is approved week by week, and whoever enters nothing is reminded (DMI-7)."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from contracts.activities import SweepAsk
from contracts.base import Phase
from contracts.plans.daily_log import LogApprovalsAwaited, LogDecision, LogEntriesMissed, LogWeekDecided
from contracts.policy import LogApproval, LogRule
from tests.services.plans.conftest import StageOf
from tests.services.plans.stage import Body, Stage
from tests.support import policies
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

WEEK: Body = {"week": "2026-01-07", "decision": "APPROVED"}


@pytest.fixture
async def logging(stage_of: StageOf, clock: SetClock) -> Stage:
    """Dumai, where a log is approved each week, and reminded of after three working days; Friday, 9 January 2026."""
    rule = LogRule(approval=LogApproval.WEEKLY, remind_after=3)
    here = await stage_of("dumai", policies.policy("dumai").model_copy(update={"log": rule}))
    clock.set(datetime(2026, 1, 9, 2, tzinfo=UTC))
    await here.open(Phase.EXECUTION)
    return here


async def _log(stage: Stage, person: UUID, *days: int, text: str = "Memeriksa berkas masuk") -> UUID:
    plan_id = (await stage.plan(person)).id
    entries = [{"day": f"2026-01-{day:02d}", "text": text, "minutes": 60, "late_reason": "Listrik"} for day in days]
    answer = await stage.post(person, f"/plans/{plan_id}/activities", {"entries": entries})
    assert answer.status_code == 201, answer.text
    return plan_id


async def _decide(stage: Stage, person: UUID, body: Body, *plan_ids: UUID) -> Any:
    asked = body | {"plan_ids": [str(one) for one in plan_ids]}
    return await stage.post(person, f"/cycles/{stage.cycle.id}/log-decisions", asked)


async def _weeks(stage: Stage, plan_id: UUID) -> list[tuple[str, str | None, int]]:
    found = (await stage.get(stage.rater, f"/plans/{plan_id}/activities/weeks")).json()["weeks"]
    return [(one["week"], one["decision"], one["waiting"]) for one in found]


async def _look(stage: Stage) -> None:
    """As the workflow of deadlines does, once a day at least."""
    await stage.activities.sweep_obligations(SweepAsk(tenant_id=stage.city))


async def test_a_week_of_several_people_is_approved_in_one_act_and_what_comes_later_is_not(
    logging: Stage, clock: SetClock
) -> None:
    first = await _log(logging, logging.servant, 5, 6)
    second = await _log(logging, logging.peer, 7)
    for person in (logging.servant, logging.authority, logging.office.office):
        assert (await _decide(logging, person, WEEK, first, second)).status_code == 403
    clock.set(datetime(2026, 1, 12, 2, tzinfo=UTC))
    for _ in range(2):
        done = await _decide(logging, logging.rater, WEEK, first, second)
        assert (done.status_code, done.json()["week"]) == (200, "2026-01-05")
    events = await emitted_of(logging.database, LogWeekDecided)
    assert {(one.plan_id, one.decision, one.entries) for one in events} == {
        (first, LogDecision.APPROVED, 2),
        (second, LogDecision.APPROVED, 1),
    }
    assert len(events) == 2  # the second time said nothing new
    clock.set(datetime(2026, 1, 13, 2, tzinfo=UTC))
    await _log(logging, logging.servant, 8, 12)
    assert await _weeks(logging, first) == [("2026-01-05", "APPROVED", 1), ("2026-01-12", None, 1)]
    assert await _weeks(logging, second) == [("2026-01-05", "APPROVED", 0)]
    lines = (await logging.get(logging.rater, f"/cycles/{logging.cycle.id}/board/people")).json()["items"]
    logs = {one["plan_id"]: one["log"] and (one["log"]["unapproved"], one["log"]["unapproved_since"]) for one in lines}
    assert (logs[str(first)], logs[str(second)]) == ((2, "2026-01-05"), (0, None))


async def test_a_week_comes_back_with_a_reason_and_is_approved_once_it_was_completed(
    logging: Stage, clock: SetClock
) -> None:
    plan_id = await _log(logging, logging.servant, 5)
    back = WEEK | {"decision": "RETURNED"}
    silent = await _decide(logging, logging.rater, back, plan_id)
    assert (silent.status_code, silent.json()["errors"][0]["where"]) == (422, "reason")
    assert (await _decide(logging, logging.rater, back | {"reason": "Rabu kosong"}, plan_id)).status_code == 200
    assert await _weeks(logging, plan_id) == [("2026-01-05", "RETURNED", 1)]
    clock.set(datetime(2026, 1, 12, 2, tzinfo=UTC))
    await _log(logging, logging.servant, 7)
    assert (await _decide(logging, logging.rater, WEEK, plan_id)).status_code == 200
    assert await _weeks(logging, plan_id) == [("2026-01-05", "APPROVED", 0)]
    reasons = [one.reason for one in await emitted_of(logging.database, LogWeekDecided)]
    assert reasons == ["Rabu kosong", None]


async def test_a_week_without_entries_is_not_decided_and_neither_is_the_rest(logging: Stage) -> None:
    first = await _log(logging, logging.servant, 5)
    empty = (await logging.plan(logging.peer)).id
    refused = await _decide(logging, logging.rater, WEEK, first, empty)
    assert (refused.status_code, refused.json()["errors"][0]["where"]) == (422, "plan_ids.1")
    assert await _weeks(logging, first) == [("2026-01-05", None, 1)]


async def test_where_the_policy_asks_for_no_approval_nobody_decides_and_nothing_waits(stage_of: StageOf) -> None:
    stage = await stage_of("dumai")
    plan_id = await _log(stage, stage.servant, 5)
    assert (await _decide(stage, stage.rater, WEEK, plan_id)).status_code == 409
    assert await _weeks(stage, plan_id) == [("2026-01-05", None, 0)]
    await stage.open(Phase.EXECUTION)
    await _look(stage)
    assert await emitted_of(stage.database, LogEntriesMissed) == []


async def test_whoever_enters_nothing_for_three_working_days_is_reminded_once_and_again_after_three_more(
    logging: Stage, clock: SetClock
) -> None:
    everybody = len(logging.office.everyone)
    plan_id = await _log(logging, logging.servant, 8)
    for _ in range(2):
        await _look(logging)  # five working days without an entry: more than three, less than six
    [told] = await emitted_of(logging.database, LogEntriesMissed)
    assert len(told.items) == everybody - 1
    assert logging.servant not in {one.servant_id for one in told.items}
    clock.set(datetime(2026, 1, 14, 2, tzinfo=UTC))  # Friday, Monday and Tuesday without an entry of hers
    for _ in range(2):
        await _look(logging)
    hers = [
        one
        for event in await emitted_of(logging.database, LogEntriesMissed)
        for one in event.items
        if one.servant_id == logging.servant
    ]
    assert [(one.plan_id, str(one.last_day), one.working_days) for one in hers] == [(plan_id, "2026-01-08", 3)]
    clock.set(datetime(2026, 1, 13, 2, tzinfo=UTC))
    await _log(logging, logging.servant, 13)
    clock.set(datetime(2026, 1, 15, 2, tzinfo=UTC))
    await _look(logging)
    again = [one for event in await emitted_of(logging.database, LogEntriesMissed) for one in event.items]
    assert [one for one in again if one.servant_id == logging.servant] == hers


async def test_a_rater_reads_once_a_week_how_much_waits_of_weeks_that_are_over(logging: Stage, clock: SetClock) -> None:
    await _log(logging, logging.servant, 5, 6)
    await _log(logging, logging.peer, 7)
    await _look(logging)
    assert await emitted_of(logging.database, LogApprovalsAwaited) == []  # the week is not over
    clock.set(datetime(2026, 1, 12, 2, tzinfo=UTC))
    for _ in range(2):
        await _look(logging)
    [event] = await emitted_of(logging.database, LogApprovalsAwaited)
    [item] = event.items
    assert (item.rater_id, item.people, item.entries, str(item.since)) == (logging.rater, 2, 3, "2026-01-05")
    clock.set(datetime(2026, 1, 19, 2, tzinfo=UTC))
    await _look(logging)
    assert len(await emitted_of(logging.database, LogApprovalsAwaited)) == 2
