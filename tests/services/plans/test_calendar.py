"""Weeks of units, outages and more time: what moves the deadlines of plans, and what does not."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from httpx import Response
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase, Role, new_id
from contracts.evaluation.interventions import CyclePaused, CycleResumed, PhaseExtended
from contracts.obligations import MoveCause, ObligationKind
from contracts.plans.obligations import OBLIGATIONS, ObligationsMoved
from contracts.registry.calendars import CalendarPublished, OutageRecorded
from contracts.registry.units import UnitRecorded
from directory import take
from directory.weeks import calendars
from obligations.holding import hold
from obligations.legal_dates import working_days
from obligations.shifting import extensions, pauses
from services.plans.cycles.commands import outages
from services.plans.reports.commands import due_dates
from tests.services.plans.stage import Stage
from tests.support import people, policies
from tests.support.arriving import arrive
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of, forget

pytestmark = pytest.mark.connected
ZONE = ZoneInfo("Asia/Jakarta")
SIX = (0, 1, 2, 3, 4, 5)


async def week(stage: Stage, work_days: tuple[int, ...]) -> None:
    """The registry emits that the unit works another week."""
    unit = next(event for event in people.master_data(stage.office) if isinstance(event, UnitRecorded))
    async with stage.database.transaction(stage.city) as session:
        await take.take_master_data(session, [unit.model_copy(update={"revision": 2, "work_days": work_days})])


async def due(stage: Stage, obligation: ObligationKind, subject_id: UUID) -> str:
    """The date in Jakarta on which an obligation is due."""
    row = await stage.owed(obligation, subject_id)
    assert row is not None
    return f"{row.due_at.astimezone(ZONE):%Y-%m-%d}"


async def down(stage: Stage, began: str, ended: str) -> OutageRecorded:
    event = OutageRecorded(
        tenant_id=stage.city,
        outage_id=new_id(),
        began_at=datetime.fromisoformat(began),
        ended_at=datetime.fromisoformat(ended),
        reason="Pusat data padam",
        recorded_by=stage.office.office,
    )
    await arrive(stage.database, event, outages.extend)
    return event


async def more_time(stage: Stage, until: str, *roles: Role, **more: object) -> Response:
    body = {"until": until, "reason": "Bertugas di daerah bencana", **more}
    headers = stage.client.as_(stage.office.office, stage.city, *roles)
    return await stage.client.post(f"/v1/cycles/{stage.cycle.id}/more-time", json=body, headers=headers)


async def test_a_deadline_follows_the_week_of_the_units_people(stage: Stage) -> None:
    # Ten working days after Monday 5 January 2026; Friday 16 January is Isra Mikraj.
    assert await due(stage, ObligationKind.PROPOSE_PLAN, (await stage.plan()).id) == "2026-01-20"
    await week(stage, SIX)
    plan_id = await stage.proposed()
    # Six days a week: the Saturdays 10 and 17 January count as well.
    assert await due(stage, ObligationKind.ANSWER_PLAN, plan_id) == "2026-01-17"


async def test_reports_of_many_are_due_on_the_week_of_their_unit(stage: Stage, clock: SetClock) -> None:
    await week(stage, SIX)
    await stage.open(Phase.EXECUTION)
    first, *_ = await stage.reports((await stage.plan()).id)
    # The quarter ends on 31 March 2026; ten days on, without Good Friday and Sundays.
    assert await due(stage, ObligationKind.REPORT_ACTUALS, first.id) == "2026-04-13"
    assert first.due_at is not None
    assert f"{first.due_at.astimezone(ZONE):%Y-%m-%d}" == "2026-04-13"


async def test_a_calendar_that_changes_later_moves_nothing_and_its_version_is_known(stage: Stage) -> None:
    plan_id = (await stage.plan()).id
    new = policies.calendar().model_copy(update={"version": 7, "holidays": frozenset()})
    event = CalendarPublished(tenant_id=stage.city, calendar=new, until=datetime(2028, 1, 1, tzinfo=UTC).date())
    async with stage.database.transaction(stage.city) as session:
        await take.take_master_data(session, [event])
    assert await due(stage, ObligationKind.PROPOSE_PLAN, plan_id) == "2026-01-20"
    before = await stage.owed(ObligationKind.PROPOSE_PLAN, plan_id)
    await stage.proposed()
    after = await stage.owed(ObligationKind.ANSWER_PLAN, plan_id)
    assert before is not None
    assert after is not None
    assert (before.calendar_version, after.calendar_version) == (policies.calendar().version, 7)


async def test_what_was_due_in_an_outage_is_due_the_working_days_lost_later(stage: Stage, clock: SetClock) -> None:
    plan_id = (await stage.plan()).id
    before = await stage.owed(ObligationKind.PROPOSE_PLAN, plan_id)
    await forget(stage.database)
    # Monday evening to Wednesday morning: three working days on which it was down.
    event = await down(stage, "2026-01-19T18:00:00+07:00", "2026-01-21T09:00:00+07:00")
    after = await stage.owed(ObligationKind.PROPOSE_PLAN, plan_id)
    assert before is not None
    assert after is not None
    assert await due(stage, ObligationKind.PROPOSE_PLAN, plan_id) == "2026-01-23"
    steps = [rung["step"] for rung in after.rungs]
    assert steps == [rung["step"] for rung in before.rungs]
    emitted = await emitted_of(stage.database, ObligationsMoved)
    assert {(one.cause, one.cause_id, one.reason) for one in emitted} == {
        (MoveCause.OUTAGE, event.outage_id, "Pusat data padam")
    }
    assert sum(len(one.items) for one in emitted) == len(stage.office.everyone)
    await forget(stage.database)
    await down(stage, "2026-01-24T09:00:00+07:00", "2026-01-25T09:00:00+07:00")  # a weekend costs nobody a day
    assert await emitted_of(stage.database, ObligationsMoved) == []


async def test_one_outage_extends_once_however_often_it_is_told(stage: Stage) -> None:
    event = await down(stage, "2026-01-20T08:00:00+07:00", "2026-01-21T09:00:00+07:00")
    identity = await arrive(stage.database, event, outages.extend)
    plan_id = (await stage.plan()).id
    once = await due(stage, ObligationKind.PROPOSE_PLAN, plan_id)
    await arrive(stage.database, event, outages.extend, event_id=identity)
    assert await due(stage, ObligationKind.PROPOSE_PLAN, plan_id) == once


async def test_whatever_gives_time_for_a_report_gives_it_to_the_report_as_well(stage: Stage, clock: SetClock) -> None:
    plan_id = await stage.made_set()
    await stage.open(Phase.EXECUTION)
    first, *_ = await stage.reports(plan_id)
    assert first.due_at is not None
    assert f"{first.due_at.astimezone(ZONE):%Y-%m-%d}" == "2026-04-15"  # ten working days; 3 April is Good Friday
    wanted = {"person_id": str(stage.servant), "obligation": "REPORT_ACTUALS"}
    assert (await more_time(stage, "2026-04-17", Role.PERFORMANCE_OFFICE, **wanted)).json() == {
        "moved": 1,
        "left_out": [],
    }
    await down(stage, "2026-04-17T18:00:00+07:00", "2026-04-18T09:00:00+07:00")  # one working day lost
    until = datetime(2026, 4, 20, 23, 59, 59, tzinfo=ZONE)
    extended = PhaseExtended(
        tenant_id=stage.city,
        cycle_id=stage.cycle.id,
        extension_id=new_id(),
        phase=Phase.EXECUTION,
        former_due_at=until,
        due_at=until + timedelta(days=1),
        working_days=1,
        extended_by=stage.office.office,
        reason="Bencana",
    )

    await arrive(stage.database, extended, _extend, due_dates.follow_obligations)
    first, *_ = await stage.reports(plan_id)
    assert first.due_at == until + timedelta(days=1)
    clock.set(until)
    shown = (await stage.get(stage.servant, f"/plans/{plan_id}")).json()
    figures = [{"indicator_id": one["id"], "actual": "40"} for r in shown["results"] for one in r["indicators"]]
    report = (await stage.post(stage.servant, f"/reports/{first.id}", {"actuals": figures})).json()
    assert not report["late"]


async def test_one_person_gets_more_time_and_the_others_do_not(stage: Stage) -> None:
    mine, other = (await stage.plan()).id, (await stage.plan(stage.peer)).id
    wanted = {"person_id": str(stage.servant), "phase": "PLANNING"}
    assert (await more_time(stage, "2026-01-30", **wanted)).status_code == 403
    await forget(stage.database)
    first = await more_time(stage, "2026-01-30", Role.PERFORMANCE_OFFICE, **wanted)
    assert (first.status_code, first.json()) == (200, {"moved": 1, "left_out": []}), first.text
    assert await due(stage, ObligationKind.PROPOSE_PLAN, mine) == "2026-01-30"
    assert await due(stage, ObligationKind.PROPOSE_PLAN, other) == "2026-01-20"
    again = await more_time(stage, "2026-01-30", Role.PERFORMANCE_OFFICE, **wanted)
    assert again.json() == {"moved": 0, "left_out": []}
    [event] = await emitted_of(stage.database, ObligationsMoved)
    assert (event.cause, event.reason) == (MoveCause.EXTENSION, "Bertugas di daerah bencana")


async def test_a_unit_gets_more_time_up_to_the_next_working_day(stage: Stage) -> None:
    wanted = {"unit_id": str(stage.office.unit_id), "obligation": "PROPOSE_PLAN"}
    answer = await more_time(stage, "2026-01-31", Role.PERFORMANCE_OFFICE, **wanted)  # a Saturday
    # The officer gives no time to herself, nor to who rates her; another one does.
    barred = sorted([stage.office.office, stage.office.panel[1]])
    assert answer.json() == {"moved": len(stage.office.everyone) - 2, "left_out": [str(one) for one in barred]}
    assert await due(stage, ObligationKind.PROPOSE_PLAN, (await stage.plan()).id) == "2026-02-02"


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({}, 422),
        ({"phase": "PLANNING"}, 422),
        ({"unit_id": str(new_id()), "phase": "PLANNING"}, 404),
        ({"person_id": str(new_id()), "obligation": "DECIDE_OBJECTION"}, 409),
    ],
)
async def test_more_time_is_for_somebody_for_something_and_never_against_the_law(
    stage: Stage, more: dict[str, object], status: int
) -> None:
    assert (await more_time(stage, "2026-01-30", Role.PERFORMANCE_OFFICE, **more)).status_code == status


async def _extend(session: AsyncSession, event: PhaseExtended) -> None:
    await extensions.extend_phase(session, OBLIGATIONS, event, await calendars(session))


async def _go_on(session: AsyncSession, event: CycleResumed) -> None:
    await pauses.resume(session, OBLIGATIONS, event, await calendars(session))


async def _pause(stage: Stage, clock: SetClock) -> datetime:
    await arrive(stage.database, _paused(stage, clock.now()), lambda session, event: hold(session, event.cycle_id))
    return clock.now()


def _paused(stage: Stage, at: datetime) -> CyclePaused:
    return CyclePaused(
        tenant_id=stage.city, cycle_id=stage.cycle.id, paused_at=at, paused_by=stage.office.office, reason="Banjir"
    )


async def _resume(stage: Stage, paused_at: datetime, clock: SetClock) -> None:
    event = CycleResumed(
        tenant_id=stage.city,
        cycle_id=stage.cycle.id,
        resumption_id=new_id(),
        paused_at=paused_at,
        resumed_at=clock.now(),
        resumed_by=stage.office.office,
        working_days=working_days(paused_at, clock.now(), policies.calendar()),
        reason="Air surut",
    )
    await arrive(stage.database, event, _go_on)


@pytest.mark.parametrize(
    ("work_days", "before", "after"),
    [
        # Five days a week. The answer to a plan that was proposed on Thursday 8 January is due ten working days later,
        # on the 23rd; it lived through six working days of the pause (9, 12-15, 19 January).
        ((0, 1, 2, 3, 4), "2026-01-23", "2026-02-02"),
        # Six days a week: due on the 21st (10, 17 January are worked), and eight working days of the pause (9-10, 12-15,
        # 17, 19 January) later.
        (SIX, "2026-01-21", "2026-01-30"),
    ],
)
async def test_a_duty_that_came_in_a_pause_does_not_lapse_and_gets_the_part_of_it_that_it_lived_through(
    stage: Stage, clock: SetClock, work_days: tuple[int, ...], before: str, after: str
) -> None:
    await week(stage, work_days)
    since = await _pause(stage, clock)
    clock.advance(days=3)
    plan_id = await stage.proposed()
    assert await due(stage, ObligationKind.ANSWER_PLAN, plan_id) == before
    clock.advance(days=11)  # Monday 19 January
    await _resume(stage, since, clock)
    assert await due(stage, ObligationKind.ANSWER_PLAN, plan_id) == after
    # What was owed before is due by the whole pause later: nine working days of five a week after the 20th.
    assert await due(stage, ObligationKind.PROPOSE_PLAN, (await stage.plan(stage.office.staff[1])).id) == "2026-02-02"


async def test_an_extended_phase_ends_on_the_same_day_for_all_weeks(stage: Stage) -> None:
    await week(stage, SIX)
    event = PhaseExtended(
        tenant_id=stage.city,
        cycle_id=stage.cycle.id,
        extension_id=new_id(),
        phase=Phase.PLANNING,
        former_due_at=datetime.fromisoformat("2026-01-20T23:59:59+07:00"),
        due_at=datetime.fromisoformat("2026-01-28T23:59:59+07:00"),
        working_days=6,
        extended_by=stage.office.office,
        reason="Banjir",
    )
    plan = await stage.plan()
    assert await due(stage, ObligationKind.PROPOSE_PLAN, plan.id) == "2026-01-20"
    await arrive(stage.database, event, _extend)
    assert await due(stage, ObligationKind.PROPOSE_PLAN, plan.id) == "2026-01-28"
