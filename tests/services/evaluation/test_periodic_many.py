"""A quarter of a whole team is evaluated in one call: one outcome a line, and what one line lacks stops no other."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from contracts.base import Phase
from contracts.evaluation.periods import PeriodEvaluated
from contracts.registry.personnel import ChangeKind
from kit.db import Database
from services.evaluation.appraisals.commands import personnel
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, scene
from tests.services.evaluation.test_personnel import changed, relation
from tests.support import policies
from tests.support.arriving import arrive
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

MEETS: dict[str, Any] = {"result_rating": "MEETS", "behaviour_rating": "MEETS", "note": "Target triwulan tercapai"}
AGAIN: dict[str, Any] = {"as_before": True, "note": "Kinerja tetap"}


async def executing(database: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    """Every month is evaluated; January is over."""
    monthly = policies.quarterly(policies.policy()).model_copy(update={"report_months": 1})
    here = await scene(database, client_of, clock, policy=monthly)
    await here.through(Phase.PREPARATION, Phase.PLANNING)
    await here.lead(Phase.EXECUTION)
    clock.set(datetime(2026, 2, 3, 3, tzinfo=UTC))
    return here


async def many(here: Scene, by: UUID, people: list[UUID], number: int = 1, *, status: int = 0, **said: Any) -> Any:
    items = [{"appraisal_id": str(here.appraisals[one])} | said.pop(str(one), {}) for one in people]
    return await here.post(by, f"/cycles/{here.cycle_id}/periods/{number}", said | {"items": items}, status=status)


def outcomes(answer: Any) -> list[str]:
    return [one["outcome"] for one in answer["items"]]


async def test_a_team_is_evaluated_at_once_and_each_line_has_its_outcome(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await executing(evaluation_db, client_of, clock)
    team = list(here.office.staff)
    other = here.office.head  # the section head does not rate the head
    better: dict[str, Any] = {str(team[1]): {"result_rating": "ABOVE", "behaviour_rating": "ABOVE"}}
    answer = await many(here, here.rater, [*team, other], **MEETS, **better)
    assert outcomes(answer) == ["EVALUATED"] * len(team) + ["NOT_ALLOWED"]
    assert [one["predicate"] for one in answer["items"][:2]] == ["GOOD", "VERY_GOOD"]
    told = await emitted_of(evaluation_db, PeriodEvaluated)
    assert {one.servant_id for one in told} == set(team)
    owed = await here.obligations("EVALUATE_PERIOD")
    states = {row["state"] for row in owed if row["about_id"] in team}
    assert "DONE" in states
    again = await many(here, here.rater, team, **MEETS, **better)
    assert outcomes(again) == ["ALREADY_SO"] * len(team)
    assert len(await emitted_of(evaluation_db, PeriodEvaluated)) == len(team)


async def test_as_before_gives_the_own_ratings_again_and_takes_over_those_of_another(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await executing(evaluation_db, client_of, clock)
    first, second = here.office.staff[:2]
    nothing = await many(here, here.rater, [first], status=409, **AGAIN)
    assert [one["outcome"] for one in nothing["items"]] == ["NOTHING_BEFORE"]
    await many(here, here.rater, [first, second], **MEETS)
    clock.set(datetime(2026, 3, 3, 3, tzinfo=UTC))
    event = changed(here, second, ChangeKind.TRANSFER, relation(here, second, here.authority, here.office.sekda))
    await arrive(evaluation_db, event, personnel.take)
    mine = await many(here, here.rater, [first, second], 2, **AGAIN)
    assert [(one["outcome"], one["as_before"]) for one in mine["items"]] == [
        ("EVALUATED", False),
        ("NOT_ALLOWED", False),
    ]
    theirs = await many(here, here.authority, [second], 2, **AGAIN)
    assert [(one["outcome"], one["as_before"]) for one in theirs["items"]] == [("EVALUATED", True)]


async def test_what_one_line_lacks_is_said_of_that_line(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await executing(evaluation_db, client_of, clock)
    first, second = here.office.staff[:2]
    half: dict[str, Any] = {
        str(first): {"result_rating": "MEETS"},
        str(second): {"result_rating": "MEETS", "behaviour_rating": "MEETS"},
    }
    answer = await many(here, here.rater, [first, second], note="Capaian bulan Januari", **half)
    assert outcomes(answer) == ["RATINGS_MISSING", "EVALUATED"]
    running = await many(here, here.rater, [first], 2, status=409, **MEETS)
    assert [one["outcome"] for one in running["items"]] == ["PERIOD_RUNS"]
    silent = await many(here, here.rater, [first], status=409, result_rating="MEETS", behaviour_rating="MEETS")
    assert [one["outcome"] for one in silent["items"]] == ["NOTE_MISSING"]
    unknown = {"items": [{"appraisal_id": str(here.cycle_id)}]} | MEETS
    missing = await here.post(here.rater, f"/cycles/{here.cycle_id}/periods/1", unknown, status=409)
    assert [one["outcome"] for one in missing["items"]] == ["NOT_FOUND"]
    for nobody in (first, here.office.panel[0], here.office.office):
        await many(here, nobody, [second], status=403, **MEETS)


async def test_whoever_was_silent_until_it_went_to_the_superior_is_told_so_for_that_line(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await executing(evaluation_db, client_of, clock)
    team = list(here.office.staff[:3])
    await many(here, here.rater, team[:1], **MEETS)
    clock.set(datetime(2026, 2, 27, 3, tzinfo=UTC))
    await here.sweep(days=7)
    answer = await many(here, here.rater, team, **MEETS)
    assert outcomes(answer) == ["ALREADY_SO", "HANDED_OVER", "HANDED_OVER"]
    assert outcomes(await many(here, here.authority, team[1:], **MEETS)) == ["EVALUATED"] * 2
