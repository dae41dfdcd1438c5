"""Cycles are opened once, their members enrolled once, and their phases begin and end on frozen dates."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from contracts.base import Phase
from contracts.evaluation.activities import CycleAsk
from contracts.evaluation.cycles import CycleOpened, MembersEnrolled, PhaseClosed, PhaseOpened
from contracts.registry.policies import PolicyPublished
from contracts.registry.units import UnitRecorded
from directory import take
from kinerja.commands.places import policy
from kit.db import Database
from kit.errors import NotReady
from tests.conftest import ClientOf
from tests.services.evaluation.scene import NEW_CYCLE, scene
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected


async def test_the_same_scope_and_period_is_the_same_cycle_with_its_policy_frozen(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    newer = here.office.policy.model_copy(update={"version": 2, "name": "Baru"})
    async with evaluation_db.transaction(here.tenant_id) as session:
        told = PolicyPublished(tenant_id=here.tenant_id, scope=newer.scope, policy_version=2, policy=newer)
        await take.take_master_data(session, [told])
    again = await here.post(here.office.office, "/cycles", NEW_CYCLE | {"scope": "16.71"})
    next_one = await here.post(
        here.office.office, "/cycles", NEW_CYCLE | {"scope": "16.71", "period_start": "2026-07-01"}
    )
    opened = await emitted_of(evaluation_db, CycleOpened)
    assert UUID(again["id"]) == here.cycle_id
    assert (again["policy_version"], next_one["policy_version"]) == (1, 2)
    assert [one.policy.version for one in opened] == [1, 2]
    assert (opened[0].period_start, opened[0].period_end) == (date(2026, 1, 1), date(2026, 6, 30))


async def test_a_second_cycle_that_appraises_the_same_people_for_the_same_days_asks_first(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    path, wanted = "/cycles", NEW_CYCLE | {"scope": "16.71", "period_start": "2026-04-01"}
    problem = await here.post(here.office.office, path, wanted, status=409)
    assert [(one["cycle_id"], one["people"]) for one in problem["cycles"]] == [
        (str(here.cycle_id), len(here.office.everyone))
    ]
    assert "overlapping: true" in problem["detail"]
    assert len(await emitted_of(evaluation_db, CycleOpened)) == 1
    await here.post(here.office.office, path, NEW_CYCLE | {"scope": "16.71", "period_start": "2026-07-01"})
    just_opened = NEW_CYCLE | {"scope": "16.71", "period_start": "2026-10-01"}  # nobody of July is enrolled yet
    await here.post(here.office.office, path, just_opened, status=409)
    assert (await here.post(here.office.office, path, wanted | {"overlapping": True}))["state"] == "OPEN"


async def test_a_cycle_that_was_cancelled_appraises_nobody_and_leaves_its_days_to_another(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    await here.post(here.office.office, f"/cycles/{here.cycle_id}/cancellation", {"reason": "Salah periode"})
    await here.post(here.office.office, "/cycles", NEW_CYCLE | {"scope": "16.71", "period_start": "2026-02-01"})


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"scope": "13.73"}, 422),
        ({"scope": "16.71.99"}, 404),
        ({"period_start": "2026-01-15"}, 422),
        ({"months": 13}, 422),
        ({"months": 5}, 503),
    ],
)
async def test_a_cycle_that_cannot_be_is_refused(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, change: dict[str, object], status: int
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    await here.post(here.office.office, "/cycles", NEW_CYCLE | {"scope": "16.71"} | change, status=status)


async def test_members_are_enrolled_once_with_their_relations_frozen(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    again = await here.does.enrol_members(CycleAsk(tenant_id=here.tenant_id, cycle_id=here.cycle_id))
    events = await emitted_of(evaluation_db, MembersEnrolled)
    members = {one.servant_id: one for event in events for one in event.members}
    assert again.members == len(members) == len(here.office.everyone)
    assert again.phases == tuple(rule.phase for rule in here.office.policy.phases)
    assert (members[here.ani].rater_id, members[here.ani].authority_id) == (here.rater, here.authority)
    assert members[here.authority].is_head
    assert members[here.office.sekda].rater_id is None


async def test_a_unit_whose_own_period_does_not_divide_the_cycle_takes_no_part(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    yearly = UnitRecorded(
        tenant_id=here.tenant_id,
        unit_id=here.office.unit_id,
        revision=2,
        code="OPD-01",
        name="Dinas Contoh",
        kind="OPD",
        scope="16.71",
        period_months=12,
    )
    async with evaluation_db.transaction(here.tenant_id) as session:
        await take.take_master_data(session, [yearly])
    body = NEW_CYCLE | {"scope": "16.71", "period_start": "2026-07-01"}
    await here.post(here.office.office, "/cycles", body, status=503)
    await here.post(here.office.office, "/cycles", body | {"months": 12})


async def test_enrolment_waits_for_raters_that_have_not_arrived(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    async with evaluation_db.transaction(here.tenant_id) as session:
        await session.execute(text("delete from appraisals"))
        await session.execute(text("delete from directory_people where id = :id"), {"id": here.authority})
    with pytest.raises(NotReady, match="raters of 1 people"):
        await here.does.enrol_members(CycleAsk(tenant_id=here.tenant_id, cycle_id=here.cycle_id))


async def test_a_phase_waits_for_its_day_then_its_due_date_is_frozen(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 L IV.A.8: results are evaluated in the month after the period."""
    here = await scene(evaluation_db, client_of, clock)
    await here.through(Phase.PREPARATION, Phase.PLANNING, Phase.EXECUTION)
    waiting = await here.does.begin_phase(here.ask(Phase.EVALUATION))
    assert (waiting.opened, waiting.due_at) == (False, None)
    clock.advance(seconds=waiting.opens_in + 1)
    opened = await here.does.begin_phase(here.ask(Phase.EVALUATION))
    clock.advance(days=3)
    later = await here.does.begin_phase(here.ask(Phase.EVALUATION))
    assert opened.opened
    assert opened.due_at == later.due_at
    assert opened.due_in - later.due_in == pytest.approx(timedelta(days=3).total_seconds())
    assert [one.phase for one in await emitted_of(evaluation_db, PhaseOpened)][-1] is Phase.EVALUATION


async def test_a_phase_that_ends_before_it_is_due_ended_early(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    await here.through(Phase.PREPARATION)
    await here.lead(Phase.PLANNING)
    await here.end(Phase.PLANNING)
    await here.end(Phase.PLANNING)
    closed = [one for one in await emitted_of(evaluation_db, PhaseClosed) if one.phase is Phase.PLANNING]
    assert [one.early for one in closed] == [True]
    detail = await here.get(here.ani, f"/cycles/{here.cycle_id}")
    assert detail["phase"] == "PLANNING"
    assert detail["members"] == len(here.office.everyone)
    assert {one["code"] for one in detail["criteria"]} == {one.code for one in policy("palembang").criteria}


async def test_a_cycle_with_open_appraisals_does_not_close(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    assert await here.close() == len(here.office.everyone)
    assert (await here.get(here.ani, f"/cycles/{here.cycle_id}"))["state"] == "OPEN"
