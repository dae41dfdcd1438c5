"""A calendar year of a town on the test server's clock: every day that the system names is one worked out by hand."""

from datetime import UTC, datetime, timedelta

import pytest
from temporalio.testing import WorkflowEnvironment

from contracts.base import Phase, Role, new_id
from contracts.evaluation.cycles import CycleClosed
from contracts.obligations import OUTLIVING
from contracts.workflows import CycleStatus, cycle_id
from kit.actor import Actor
from tests.conftest import ClientOf, DatabaseOf
from tests.support.clock import SetClock
from tests.workflows.year import dates, evaluating, ladders, objecting, planning, quarters, reading, table
from tests.workflows.year.acts import Acts
from tests.workflows.year.diary import Diary
from tests.workflows.year.place import CITY, WIB
from tests.workflows.year.town import Town, living
from workflows import deadlines

pytestmark = pytest.mark.connected
SERVICES = ("registry", "plans", "evaluation", "feedback", "notify")
MORNING = datetime(2025, 12, 1, 1, tzinfo=UTC)
"""Monday 1 December 2025, 08:00 in Jakarta."""
SOON = timedelta(minutes=1)
"""Phases follow one another within this time, of which the business clock takes note."""


@pytest.fixture
def town(env: WorkflowEnvironment, database_of: DatabaseOf, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Before its first day. No daily look saves a deadline whose signal was lost: each ladder moves by its own word."""
    monkeypatch.setattr(deadlines, "LONGEST_SLEEP", timedelta(days=400))
    clock.set(MORNING)
    return Town(env, clock, {name: database_of(name) for name in SERVICES})


async def _play(town: Town, acts: Acts) -> CycleStatus:
    await town.found(Actor(new_id(), CITY, frozenset({Role.PERFORMANCE_OFFICE})))
    await acts.open_cycle()
    for part in (planning, quarters, evaluating, objecting):
        await part.play(town, acts)
    handle = town.env.client.get_workflow_handle(cycle_id(acts.cycle), result_type=CycleStatus)
    ended: CycleStatus = await handle.result()
    return ended


def _compare_phases(diary: Diary) -> None:
    found = reading.phases(diary)
    assert found.keys() == dates.PHASES.keys()
    for phase, (opened, due, ended) in dates.PHASES.items():
        was_opened, was_due, was_ended = found[phase]
        assert was_due == due, phase
        for expected, at in ((opened, was_opened), (ended, was_ended)):
            instant = datetime.fromisoformat(expected).replace(tzinfo=WIB)
            assert instant <= at < instant + SOON, f"{phase}: {at.astimezone(WIB)}"


def _compare_deadlines(diary: Diary) -> None:
    assert reading.days_off(diary, dates.FIRST, dates.LAST) == set(dates.DAYS_OFF)
    assert reading.obligations(diary) == table.OBLIGATIONS
    assert reading.moves(diary) == table.MOVES
    assert sorted(reading.steps(diary)) == sorted(ladders.STEPS)
    assert reading.evaluations(diary) == table.EVALUATED_BY
    assert reading.results(diary) == ladders.RESULTS
    assert reading.objections(diary) == ladders.OBJECTIONS


async def test_every_deadline_of_a_year_is_the_one_worked_out_by_hand(town: Town, client_of: ClientOf) -> None:
    acts = Acts(town, {name: client_of(name, database) for name, database in town.databases.items()})
    async with living(town):
        ended = await _play(town, acts)
    diary = town.diary
    _compare_deadlines(diary)
    _compare_phases(diary)
    assert reading.extensions(diary) == dates.EXTENDED
    assert reading.outages(diary) == dates.OUTAGES
    assert (reading.lapsed(diary), reading.late(diary)) == (ladders.LAPSED, ladders.LATE)
    assert diary.ended.keys() <= diary.owed.keys()
    assert {diary.owed[one].kind for one in diary.owed.keys() - diary.ended.keys()} <= OUTLIVING
    assert ended.done == tuple(Phase)
    assert len(diary.all(CycleClosed)) == 1
