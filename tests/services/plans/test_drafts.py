"""Reports when they can be true: written early they are drafts, and who comes back from leave owes the time that remains."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from contracts.base import Phase
from contracts.obligations import ObligationKind
from contracts.plans.reports import ActualsDrafted, ActualsReported, ReportsReopened
from contracts.registry.personnel import ChangeKind
from tests.services.plans.stage import Body, Stage
from tests.services.plans.test_personnel import moved
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of, forget

pytestmark = pytest.mark.connected

MARCH = datetime(2026, 3, 3, 2, tzinfo=UTC)
LAST_DAY = datetime(2026, 3, 31, 2, tzinfo=UTC)
LEAVE: dict[str, Any] = {"ended_on": date(2026, 2, 1)}


async def _begun(stage: Stage) -> UUID:
    """The report of the first quarter, whose plan is set."""
    plan_id = await stage.made_set()
    await stage.open(Phase.EXECUTION)
    return (await stage.reports(plan_id))[0].id


async def _figures(stage: Stage, report_id: UUID, value: str) -> Body:
    form = (await stage.get(stage.servant, f"/reports/{report_id}")).json()
    return {"actuals": [{"indicator_id": one["id"], "actual": value} for one in form["indicators"]]}


async def _send(stage: Stage, report_id: UUID, value: str) -> Body:
    answer = await stage.post(stage.servant, f"/reports/{report_id}", await _figures(stage, report_id, value))
    assert answer.status_code == 200, answer.text
    found: Body = answer.json()
    return found


async def test_a_report_before_the_last_day_is_a_draft_that_closes_nothing(stage: Stage, clock: SetClock) -> None:
    report_id = await _begun(stage)
    clock.set(MARCH)
    sent = await _send(stage, report_id, "12")
    assert (sent["state"], sent["submitted_at"], sent["indicators"][0]["actual"]) == ("DRAFT", None, "12")
    assert await stage.owed(ObligationKind.REPORT_ACTUALS, report_id) is not None
    assert await emitted_of(stage.database, ActualsReported) == []
    [drafted] = await emitted_of(stage.database, ActualsDrafted)
    assert (drafted.period, drafted.ends_on, drafted.revision) == (1, date(2026, 3, 31), 1)
    seen = (await stage.get(stage.rater, f"/reports/{report_id}")).json()
    assert (seen["state"], seen["indicators"][0]["actual"]) == ("DRAFT", "12"), "the rater sees what is being written"
    plan = (await stage.get(stage.rater, f"/plans/{sent['plan_id']}")).json()
    assert plan["results"][0]["indicators"][0]["actual"] is None, "and it counts for nothing yet"


async def test_a_draft_is_confirmed_from_the_last_day_of_the_period_on(stage: Stage, clock: SetClock) -> None:
    report_id = await _begun(stage)
    path = f"/reports/{report_id}/confirmation"
    assert (await stage.post(stage.servant, path)).status_code == 409  # nothing was written
    clock.set(MARCH)
    await _send(stage, report_id, "38")
    early = await stage.post(stage.servant, path)
    assert (early.status_code, "ends on 2026-03-31" in early.json()["detail"]) == (409, True)
    clock.set(LAST_DAY)
    for _ in range(2):
        answer = await stage.post(stage.servant, path)
        assert (answer.status_code, answer.json()["state"], answer.json()["late"]) == (200, "SUBMITTED", False)
    assert await stage.owed(ObligationKind.REPORT_ACTUALS, report_id) is None
    [event] = await emitted_of(stage.database, ActualsReported)
    assert (event.indicators[0].actual, event.automatic) == (Decimal(38), False)


async def test_a_draft_that_nobody_confirms_is_taken_over_as_it_was_written(stage: Stage, clock: SetClock) -> None:
    report_id = await _begun(stage)
    clock.set(MARCH)
    await _send(stage, report_id, "30")
    clock.set(datetime(2026, 7, 1, 2, tzinfo=UTC))
    while await stage.sweep():
        pass
    form = (await stage.get(stage.servant, f"/reports/{report_id}")).json()
    assert (form["state"], form["indicators"][0]["actual"]) == ("AUTOMATIC", "30")
    mine = [one for one in await emitted_of(stage.database, ActualsReported) if str(one.plan_id) == form["plan_id"]]
    assert [(one.indicators[0].actual, one.automatic, one.drafted) for one in mine] == [(Decimal(30), True, True)]


async def test_who_goes_on_leave_has_given_a_part_and_owes_the_rest_when_back(stage: Stage, clock: SetClock) -> None:
    report_id = await _begun(stage)
    clock.set(datetime(2026, 1, 30, 2, tzinfo=UTC))
    await _send(stage, report_id, "10")
    clock.set(datetime(2026, 2, 2, 2, tzinfo=UTC))
    await moved(stage, ChangeKind.STATUS, stage.rater, **LEAVE)
    assert await stage.owed(ObligationKind.REPORT_ACTUALS, report_id) is None
    # On leave the last day that counts has passed: what was left out may still be said.
    assert (await _send(stage, report_id, "11"))["state"] == "SUBMITTED"
    clock.set(MARCH)
    await moved(stage, ChangeKind.STATUS, stage.rater)
    back = (await stage.get(stage.servant, f"/reports/{report_id}")).json()
    assert (back["state"], back["indicators"][0]["actual"]) == ("DRAFT", "11")
    owed = await stage.owed(ObligationKind.REPORT_ACTUALS, report_id)
    assert owed is not None
    assert (owed.debtor_id, owed.due_at) == (stage.servant, datetime(2026, 4, 15, 16, 59, 59, tzinfo=UTC))
    [event] = await emitted_of(stage.database, ReportsReopened)
    assert event.periods == (1, 2)
    clock.set(LAST_DAY)
    assert (await _send(stage, report_id, "38"))["state"] == "SUBMITTED"


async def test_who_comes_back_owes_nothing_of_a_period_that_was_over(stage: Stage, clock: SetClock) -> None:
    report_id = await _begun(stage)
    clock.set(LAST_DAY)
    assert (await _send(stage, report_id, "38"))["state"] == "SUBMITTED"
    clock.set(datetime(2026, 4, 20, 2, tzinfo=UTC))
    await moved(stage, ChangeKind.STATUS, stage.rater, ended_on=date(2026, 4, 19))
    await forget(stage.database)
    clock.set(datetime(2026, 5, 20, 2, tzinfo=UTC))
    await moved(stage, ChangeKind.STATUS, stage.rater, effective_on=date(2026, 5, 20))
    assert (await stage.get(stage.servant, f"/reports/{report_id}")).json()["state"] == "SUBMITTED"
    assert await stage.owed(ObligationKind.REPORT_ACTUALS, report_id) is None
    [event] = await emitted_of(stage.database, ReportsReopened)
    assert event.periods == (2,)
