"""Periodic evaluations inside a cycle: every quarter but the last, owed by the rater, only where the policy says so."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from contracts.base import Phase
from contracts.evaluation.periods import PeriodEvaluated
from contracts.policy import Policy
from contracts.registry.personnel import ChangeKind
from kit.db import Database
from obligations.legal_dates import local_date
from services.evaluation.appraisals.commands import personnel
from services.evaluation.periods.rules import before_the_last
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, scene
from tests.services.evaluation.test_personnel import changed, relation
from tests.support import policies
from tests.support.arriving import arrive
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

GIVEN = {"result_rating": "MEETS", "behaviour_rating": "ABOVE", "note": "Target triwulan tercapai"}
APRIL = datetime(2026, 4, 2, 3, tzinfo=UTC)


async def _executing(database: Database, client_of: ClientOf, clock: SetClock, policy: Policy | None = None) -> Scene:
    here = await scene(database, client_of, clock, policy=policy or policies.quarterly(policies.policy()))
    await here.through(Phase.PREPARATION, Phase.PLANNING)
    await here.lead(Phase.EXECUTION)
    return here


async def _evaluate(here: Scene, by: Any, number: int = 1, *, status: int = 0, **change: Any) -> Any:
    path = f"/appraisals/{here.appraisals[here.ani]}/periods/{number}"
    return await here.post(by, path, GIVEN | change, status=status)


def test_a_year_has_three_quarters_before_the_last_and_eleven_months() -> None:
    year = (date(2027, 1, 1), date(2027, 12, 31))
    quarters = before_the_last(*year, 3)
    assert [(one.number, one.starts_on, one.ends_on) for one in quarters] == [
        (1, date(2027, 1, 1), date(2027, 3, 31)),
        (2, date(2027, 4, 1), date(2027, 6, 30)),
        (3, date(2027, 7, 1), date(2027, 9, 30)),
    ]
    assert len(before_the_last(*year, 1)) == 11
    assert before_the_last(date(2027, 1, 1), date(2027, 3, 31), 3) == ()


async def test_a_policy_that_says_nothing_asks_for_none(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _executing(evaluation_db, client_of, clock, policies.policy())
    assert await here.obligations("EVALUATE_PERIOD") == []
    clock.set(APRIL)
    await _evaluate(here, here.rater, status=404)


async def test_each_rater_owes_every_quarter_so_many_working_days_after_its_end_and_only_once(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 art. 24; L IV.A.8: periodic evaluation, monthly or quarterly."""
    here = await _executing(evaluation_db, client_of, clock)
    await here.does.open_phase(here.ask(Phase.EXECUTION))
    obligations = await here.obligations("EVALUATE_PERIOD")
    assert len(obligations) == len(here.office.everyone)
    (mine,) = [row for row in obligations if row["about_id"] == here.ani]
    assert (mine["debtor_id"], mine["superior_id"]) == (here.rater, here.authority)
    due = local_date(mine["due_at"], policies.calendar())
    assert due == date(2026, 4, 15)  # ten working days after 31 March; 3 April is Good Friday


async def test_the_rater_evaluates_a_quarter_that_is_over_and_may_mend_it(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _executing(evaluation_db, client_of, clock)
    await _evaluate(here, here.rater, status=409)
    clock.set(APRIL)
    for by in (here.ani, here.authority, here.office.office):
        await _evaluate(here, by, status=403)
    given = await _evaluate(here, here.rater)
    assert await _evaluate(here, here.rater) == given
    assert given["predicate"] == "GOOD"
    assert [row["state"] for row in await here.obligations("EVALUATE_PERIOD", here.ani)] == ["DONE"]
    await _evaluate(here, here.rater, behaviour_rating="BELOW")
    told = await emitted_of(evaluation_db, PeriodEvaluated)
    assert [(one.period, one.predicate.value) for one in told] == [(1, "GOOD"), (1, "POOR")]
    seen = await here.get(here.ani, f"/appraisals/{here.appraisals[here.ani]}/periods")
    assert [one["behaviour_rating"] for one in seen["items"]] == ["BELOW"]
    await here.get(here.office.staff[1], f"/appraisals/{here.appraisals[here.ani]}/periods", status=403)


async def test_the_superior_has_the_pen_of_a_silent_rater(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _executing(evaluation_db, client_of, clock)
    clock.set(datetime(2026, 4, 15, 17, 0, tzinfo=UTC))
    await here.sweep(days=7)
    assert (await here.obligations("EVALUATE_PERIOD", here.ani))[0]["debtor_id"] == here.authority
    await _evaluate(here, here.rater, status=403)
    assert (await _evaluate(here, here.authority))["evaluated_by"] == str(here.authority)


async def test_the_assessment_of_the_whole_period_ends_it(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _executing(evaluation_db, client_of, clock)
    clock.set(datetime(2026, 7, 2, tzinfo=UTC))
    await here.end(Phase.EXECUTION)
    await here.lead(Phase.EVALUATION)
    await here.assess(here.ani, here.rater)
    await _evaluate(here, here.rater, status=409)


async def test_who_gets_an_employee_from_another_rater_may_take_over_the_last_period_by_agreement(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022, L IV.A: of an employee who moved, the new rater evaluates, or the last period's result stands."""
    monthly = policies.quarterly(policies.policy()).model_copy(update={"report_months": 1})
    here = await _executing(evaluation_db, client_of, clock, monthly)
    clock.set(datetime(2026, 2, 3, 3, tzinfo=UTC))
    agreed: dict[str, Any] = {"result_rating": None, "behaviour_rating": None, "as_before": True, "note": "Disepakati"}
    await _evaluate(here, here.rater, status=409, **agreed)  # there is no period before the first
    await _evaluate(here, here.rater)
    clock.set(datetime(2026, 3, 3, 3, tzinfo=UTC))
    await _evaluate(here, here.rater, 2, status=409, **agreed)  # whoever gave it rates anew
    event = changed(here, here.ani, ChangeKind.TRANSFER, relation(here, here.ani, here.authority, here.office.sekda))
    await arrive(evaluation_db, event, personnel.take)
    await _evaluate(here, here.authority, 2, status=422, as_before=True)
    taken = await _evaluate(here, here.authority, 2, **agreed)
    assert (taken["as_before"], taken["result_rating"], taken["predicate"]) == (True, "MEETS", "GOOD")
    assert await _evaluate(here, here.authority, 2, **agreed) == taken
    assert [one.period for one in await emitted_of(here.database, PeriodEvaluated)] == [1, 2]
