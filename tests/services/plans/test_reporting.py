"""Actuals: a figure or a reason for every indicator, by the deadline or taken over as they are known."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from contracts.base import Phase
from contracts.obligations import ObligationKind
from contracts.plans.reports import ActualsReported
from services.plans.reports.models import Report
from tests.services.plans.stage import Body, Stage, content, indicator
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

LAST_DAY = datetime(2026, 3, 31, 2, tzinfo=UTC)
"""Of the first quarter, in the morning."""


async def _report(stage: Stage, plan_id: UUID, period: int) -> Report:
    return (await stage.reports(plan_id))[period - 1]


async def _figures(stage: Stage, report: Report, *values: str | None) -> Body:
    """One value an indicator; None is a reason instead."""
    form = (await stage.get(stage.servant, f"/reports/{report.id}")).json()["indicators"]
    return {
        "actuals": [
            {"indicator_id": one["id"], "actual": value, "reason": None if value else "Data belum terbit"}
            for one, value in zip(form, values, strict=True)
        ]
    }


async def test_a_report_needs_an_actual_or_a_reason_for_every_indicator(stage: Stage, clock: SetClock) -> None:
    plan_id = await stage.made_set(content(indicator(weight="60"), indicator(weight="40", statement="Keluhan warga")))
    await stage.open(Phase.EXECUTION)
    report = await _report(stage, plan_id, 1)
    clock.set(LAST_DAY)
    whole = await _figures(stage, report, "38", None)
    short = {"actuals": whole["actuals"][:1]}
    refused = await stage.post(stage.servant, f"/reports/{report.id}", short)
    assert refused.status_code == 422
    assert [error["where"] for error in refused.json()["errors"]] == [f"actuals.{whole['actuals'][1]['indicator_id']}"]
    assert "Keluhan warga" in refused.json()["detail"]
    answer = await stage.post(stage.servant, f"/reports/{report.id}", whole)
    assert (answer.status_code, answer.json()["state"], answer.json()["late"]) == (200, "SUBMITTED", False)
    assert await stage.owed(ObligationKind.REPORT_ACTUALS, report.id) is None
    (event,) = await emitted_of(stage.database, ActualsReported)
    assert [(one.actual, one.reason) for one in event.indicators] == [
        (Decimal(38), None),
        (None, "Data belum terbit"),
    ]
    assert (event.period, event.final, event.automatic) == (1, False, False)


async def test_a_report_given_again_supersedes_and_keeps_what_was_said_before(stage: Stage, clock: SetClock) -> None:
    plan_id = await stage.made_set()
    await stage.open(Phase.EXECUTION)
    clock.set(LAST_DAY)
    report = await _report(stage, plan_id, 1)
    for value in ("18", "18", "19"):
        body = await _figures(stage, report, value)
        assert (await stage.post(stage.servant, f"/reports/{report.id}", body)).status_code == 200
    emitted = await emitted_of(stage.database, ActualsReported)
    assert [event.indicators[0].actual for event in emitted] == [Decimal(18), Decimal(19)]
    history = (await stage.get(stage.rater, f"/reports/{report.id}/history")).json()["items"]
    assert [(one["revision"], one["value"]) for one in history] == [(1, "18"), (2, "19")]
    form = (await stage.get(stage.rater, f"/reports/{report.id}")).json()
    assert form["indicators"][0]["actual"] == "19"


async def test_nobody_but_the_servant_reports_until_the_duty_is_handed_over(stage: Stage, clock: SetClock) -> None:
    plan_id = await stage.made_set()
    await stage.open(Phase.EXECUTION)
    report = await _report(stage, plan_id, 1)
    body = await _figures(stage, report, "20")
    for person in (stage.rater, stage.peer, stage.authority, stage.office.office):
        assert (await stage.post(person, f"/reports/{report.id}", body)).status_code == 403
    assert (await stage.get(stage.peer, f"/reports/{report.id}")).status_code == 403
    # period 1 ends on 31 March; due ten working days later, handed over four after that
    clock.set(datetime(2026, 4, 22, 3, tzinfo=UTC))
    await stage.sweep()
    answer = await stage.post(stage.rater, f"/reports/{report.id}", body)
    assert (answer.status_code, answer.json()["late"]) == (200, True)


async def test_every_period_has_a_report_and_the_last_is_asked_for_when_evaluation_opens(
    stage: Stage, clock: SetClock
) -> None:
    plan_id = await stage.made_set()
    assert (await stage.open(Phase.EXECUTION)).owed == len(stage.office.everyone)
    first, last = await stage.reports(plan_id)
    assert [(one.starts_on.month, one.ends_on.month, one.final) for one in (first, last)] == [
        (1, 3, False),
        (4, 6, True),
    ]
    assert first.due_at is not None
    assert first.due_at > datetime(2026, 4, 10, tzinfo=UTC)
    assert last.due_at is None
    body = await _figures(stage, last, "40")
    early = await stage.post(stage.servant, f"/reports/{last.id}", body)
    assert (early.status_code, "begins on 2026-04-01" in early.json()["detail"]) == (409, True)
    clock.set(datetime(2026, 7, 1, 2, tzinfo=UTC))
    assert (await stage.open(Phase.EVALUATION)).owed == len(stage.office.everyone)
    assert (await _report(stage, plan_id, 2)).due_at == datetime(2026, 7, 15, 16, 59, 59, tzinfo=UTC)
    assert (await stage.post(stage.servant, f"/reports/{last.id}", body)).status_code == 200
    assert (await emitted_of(stage.database, ActualsReported))[-1].final


async def test_what_nobody_reports_is_taken_over_as_it_is_known_and_never_zeroed(stage: Stage, clock: SetClock) -> None:
    two = content(indicator(weight="50"), indicator(weight="50", statement="Keluhan warga"))
    plan_id = await stage.made_set(two)
    await stage.open(Phase.EXECUTION)
    clock.set(LAST_DAY)
    first = await _report(stage, plan_id, 1)
    await stage.post(stage.servant, f"/reports/{first.id}", await _figures(stage, first, "21", None))
    clock.set(datetime(2026, 7, 1, 2, tzinfo=UTC))
    await stage.open(Phase.EVALUATION)
    clock.set(datetime(2026, 8, 1, 2, tzinfo=UTC))
    while await stage.sweep():
        pass
    last = await _report(stage, plan_id, 2)
    assert last.state == "AUTOMATIC"
    emitted = [event for event in await emitted_of(stage.database, ActualsReported) if event.plan_id == plan_id]
    assert [(event.period, event.automatic) for event in emitted] == [(1, False), (2, True)]
    assert [(one.actual, one.reason) for one in emitted[-1].indicators] == [
        (Decimal(21), None),
        (None, "not reported"),
    ]
    others = [event for event in await emitted_of(stage.database, ActualsReported) if event.plan_id != plan_id]
    assert {event.automatic for event in others} == {True}
    assert {event.indicators for event in others} == {()}, "a plan that was never set has no expectation to report on"
    state = await stage.activities.read_phase(stage.ask(Phase.EVALUATION))
    assert (state.owed, state.in_cycle) == (0, len(stage.office.everyone) - 1)  # the plans that nobody proposed


async def test_a_plan_that_was_never_set_cannot_be_reported_on(stage: Stage) -> None:
    plan_id = await stage.proposed()
    await stage.open(Phase.EXECUTION)
    report = await _report(stage, plan_id, 1)
    assert await stage.owed(ObligationKind.REPORT_ACTUALS, report.id) is not None
    body = await _figures(stage, report, "20")
    refused = await stage.post(stage.servant, f"/reports/{report.id}", body)
    assert (refused.status_code, "only a plan that was set" in refused.json()["detail"]) == (409, True)


async def test_what_was_taken_over_may_be_corrected_while_the_evaluation_lasts(stage: Stage, clock: SetClock) -> None:
    plan_id = await stage.made_set()
    await stage.open(Phase.EXECUTION)
    clock.set(datetime(2026, 7, 1, 2, tzinfo=UTC))
    while await stage.sweep():
        pass
    first = await _report(stage, plan_id, 1)
    assert first.state == "AUTOMATIC"
    await stage.open(Phase.EVALUATION)
    answer = await stage.post(stage.servant, f"/reports/{first.id}", await _figures(stage, first, "39"))
    assert (answer.status_code, answer.json()["state"], answer.json()["late"]) == (200, "SUBMITTED", True)
    await stage.open(Phase.MODERATION)
    refused = await stage.post(stage.servant, f"/reports/{first.id}", await _figures(stage, first, "40"))
    assert (refused.status_code, "clarification" in refused.json()["detail"]) == (409, True)
