"""Cycles that open by themselves: on the day of their preparation, once, for each period length; or not at all."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from contracts.base import new_id
from contracts.evaluation.activities import CycleScheduleAsk
from contracts.evaluation.cycles import CycleOpened
from contracts.evaluation.interventions import CycleScheduleChanged
from contracts.registry.policies import PolicyPublished
from contracts.registry.units import UnitRecorded
from kit.db import Database
from services.evaluation.cycles.commands import master_data
from tests.conftest import ClientOf
from tests.services.evaluation.scene import NEW_CYCLE, Scene, scene
from tests.support import people, policies
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

BY_ITSELF = policies.policy().model_copy(update={"opens_by_itself": True})
JUNE = datetime(2026, 6, 10, tzinfo=UTC)


async def _ask(here: Scene) -> float | None:
    schedule = await here.does.open_due_cycles(CycleScheduleAsk(tenant_id=here.tenant_id, scope="16.71"))
    return schedule.wait_seconds


async def _periods(database: Database) -> list[tuple[date, int]]:
    return [(one.period_start, one.months) for one in await emitted_of(database, CycleOpened)]


async def test_a_policy_that_says_nothing_opens_nothing(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    clock.set(JUNE + timedelta(days=400))
    assert await _ask(here) is None
    assert len(await _periods(evaluation_db)) == 1


async def test_the_next_half_year_opens_with_its_preparation_and_only_once(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock, policy=BY_ITSELF)
    clock.set(JUNE)
    waits = await _ask(here)
    assert waits is not None
    assert clock.now() + timedelta(seconds=waits) == datetime(2026, 6, 16, 17, 0, tzinfo=UTC)  # 17 June, a working day
    assert len(await _periods(evaluation_db)) == 1
    clock.advance(seconds=waits)
    for _ in range(2):
        following = await _ask(here)
        assert following is not None
        assert following > timedelta(days=150).total_seconds()
    assert (await _periods(evaluation_db))[1:] == [(date(2026, 7, 1), 6)]


async def test_switched_on_in_september_it_does_not_open_july(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    clock.set(datetime(2026, 9, 10, tzinfo=UTC))
    policy = here.office.policy.model_copy(update={"version": 2, "opens_by_itself": True})
    published = PolicyPublished(tenant_id=here.tenant_id, scope="16.71", policy_version=2, policy=policy)
    async with evaluation_db.transaction(here.tenant_id) as session:
        await master_data.take_master_data(session, [published])
    waits = await _ask(here)
    assert await _periods(evaluation_db) == [(date(2026, 1, 1), 6)]
    assert waits is not None
    assert (clock.now() + timedelta(seconds=waits)).date() < date(2027, 1, 1)
    clock.advance(seconds=waits)
    await _ask(here)
    assert (await _periods(evaluation_db))[1:] == [(date(2027, 1, 1), 6)]


async def test_a_period_that_comes_due_while_nothing_runs_is_opened_late_as_long_as_plans_are_made(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock, policy=BY_ITSELF)
    clock.set(datetime(2026, 7, 20, tzinfo=UTC))
    await _ask(here)
    assert (await _periods(evaluation_db))[1:] == [(date(2026, 7, 1), 6)]


async def test_nothing_opens_by_itself_that_would_appraise_people_twice(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock, policy=BY_ITSELF)
    by_hand = NEW_CYCLE | {"scope": "16.71", "period_start": "2026-07-01", "months": 12}
    await here.post(here.office.office, "/cycles", by_hand)
    clock.set(JUNE + timedelta(days=15))
    await _ask(here)
    assert (date(2026, 7, 1), 6) not in await _periods(evaluation_db)


async def test_a_cycle_that_the_office_opened_by_hand_is_the_same(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock, policy=BY_ITSELF)
    await here.post(here.office.office, "/cycles", NEW_CYCLE | {"scope": "16.71", "period_start": "2026-07-01"})
    clock.set(JUNE + timedelta(days=15))
    await _ask(here)
    assert await _periods(evaluation_db) == [(date(2026, 1, 1), 6), (date(2026, 7, 1), 6)]


async def test_units_that_chose_a_year_have_a_yearly_cycle_beside_the_half_year_ones(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock, policy=BY_ITSELF)
    yearly: dict[str, Any] = {"unit_id": new_id(), "code": "OPD-02", "name": "Dinas Tahunan", "period_months": 12}
    unit = UnitRecorded(tenant_id=here.tenant_id, revision=1, kind="OPD", scope="16.71", **yearly)
    (person,) = [one for one in people.master_data(here.office) if getattr(one, "servant_id", None) == here.ani]
    clock.set(datetime(2026, 12, 1, tzinfo=UTC))
    for arrived in ([unit], [person.model_copy(update={"unit_id": unit.unit_id, "revision": 2})]):
        async with evaluation_db.transaction(here.tenant_id) as session:
            await master_data.take_master_data(session, arrived)
        await _ask(here)
        assert (date(2027, 1, 1), 12) not in await _periods(evaluation_db)
    clock.set(datetime(2026, 12, 28, tzinfo=UTC))
    await _ask(here)
    assert {(date(2027, 1, 1), 6), (date(2027, 1, 1), 12)} <= set(await _periods(evaluation_db))


async def test_a_changed_schedule_is_emitted_only_where_cycles_open_by_themselves_or_did(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    for version, by_itself in ((2, False), (3, True), (4, False)):
        policy = here.office.policy.model_copy(update={"version": version, "opens_by_itself": by_itself})
        published = PolicyPublished(tenant_id=here.tenant_id, scope="16.71", policy_version=version, policy=policy)
        async with evaluation_db.transaction(here.tenant_id) as session:
            await master_data.take_master_data(session, [published])
    assert [one.opens_by_itself for one in await emitted_of(evaluation_db, CycleScheduleChanged)] == [True, False]


def test_the_event_keeps_the_name_that_journals_know() -> None:
    assert CycleScheduleChanged.ce_type() == "id.kinerja.evaluation.season-changed.v1"
    assert CycleScheduleChanged(tenant_id="16.71", scope="16.71", opens_by_itself=True).key == "season/16.71"
