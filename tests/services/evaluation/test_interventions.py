"""The performance office steers a running cycle: pause, resume, extend, cancel; and late joiners take part."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts.base import Phase, Role, new_id
from contracts.evaluation.activities import CycleAsk
from contracts.evaluation.cycles import MembersEnrolled, PhaseClosed
from contracts.evaluation.interventions import (
    CycleCancelled,
    CyclePaused,
    CycleResumed,
    LateMembersEnrolled,
    PhaseExtended,
)
from contracts.registry.servants import ServantRecorded
from contracts.registry.units import UnitRecorded
from kit.db import Database
from obligations.legal_dates import later, working_days
from services.evaluation.cycles.commands import master_data
from tests.conftest import ClientOf
from tests.services.evaluation.scene import NEW_CYCLE, Scene, evaluating, scene
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of
from tests.support.holders import declare
from tests.support.policies import calendar

pytestmark = pytest.mark.connected

WHY = {"reason": "Banjir: kantor ditutup"}


async def _steer(here: Scene, act: str, body: Any = None, *, by: UUID | None = None, status: int = 0) -> Any:
    path = f"/cycles/{here.cycle_id}/{act}"
    return await here.post(by or here.office.office, path, WHY if body is None else body, status=status)


async def test_only_the_office_steers_and_says_why(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    await here.lead(Phase.PREPARATION)
    longer = WHY | {"phase": "PREPARATION", "until": "2026-03-02"}
    for act, body in (("pause", WHY), ("resume", WHY), ("extension", longer), ("cancellation", WHY)):
        await _steer(here, act, body, by=here.rater, status=403)
        await _steer(here, act, body | {"reason": ""}, status=422)
        await here.post(here.office.office, f"/cycles/{new_id()}/{act}", body, status=404)


async def test_operations_stop_and_start_the_clock_with_a_reason_and_decide_nothing(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    await here.lead(Phase.PREPARATION)
    longer = WHY | {"phase": "PREPARATION", "until": "2026-03-02"}
    await declare(evaluation_db, here.tenant_id, here.office.holders)
    operator = here.office.holders[Role.OPERATIONS]
    headers = here.client.as_(operator, here.tenant_id, Role.OPERATIONS)
    wanted = {"pause": 200, "resume": 200, "extension": 403, "cancellation": 403}
    for act, status in wanted.items():
        path = f"/v1/cycles/{here.cycle_id}/{act}"
        body = longer if act == "extension" else WHY
        if status == 200:
            assert (await here.client.post(path, json={"reason": ""}, headers=headers)).status_code == 422
        assert (await here.client.post(path, json=body, headers=headers)).status_code == status
    done = await here.get(here.ani, f"/cycles/{here.cycle_id}/interventions")
    assert [(one["kind"], one["done_by"], one["reason"]) for one in done["items"]] == [
        (kind, str(operator), WHY["reason"]) for kind in ("PAUSED", "RESUMED")
    ]


async def test_nothing_begins_or_ends_in_a_paused_cycle_and_a_second_pause_changes_nothing(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    await here.through(Phase.PREPARATION)
    first = await _steer(here, "pause")
    clock.advance(days=1)
    second = await _steer(here, "pause")
    assert first["state"] == second["state"] == "PAUSED"
    assert len(await emitted_of(evaluation_db, CyclePaused)) == 1
    window = await here.does.begin_phase(here.ask(Phase.PLANNING))
    assert (window.paused, window.opened) == (True, False)
    await _steer(here, "resume")
    await here.lead(Phase.PLANNING)
    await _steer(here, "pause")
    assert (await here.does.end_phase(here.ask(Phase.PLANNING))).goes_on
    assert (await here.does.close_cycle(CycleAsk(tenant_id=here.tenant_id, cycle_id=here.cycle_id))).goes_on
    assert [one.phase for one in await emitted_of(evaluation_db, PhaseClosed)] == [Phase.PREPARATION]


async def test_after_a_pause_the_phase_and_what_is_owed_are_due_by_its_working_days_later(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    before = {row["id"]: row for row in await here.obligations("ASSESS")}
    due = (await here.get(here.ani, f"/cycles/{here.cycle_id}/standing"))["due_at"]
    await _steer(here, "pause")
    since = clock.now()
    assert await here.sweep(days=40) == 0
    resumed = await _steer(here, "resume")
    days = working_days(since, clock.now(), calendar())
    assert 25 <= days <= 29
    assert datetime.fromisoformat(resumed["due_at"]) == later(datetime.fromisoformat(due), days, calendar())
    for row in await here.obligations("ASSESS"):
        assert row["due_at"] == later(before[row["id"]]["due_at"], days, calendar())
        assert row["next_at"] == later(before[row["id"]]["next_at"], days, calendar())
    (told,) = await emitted_of(evaluation_db, CycleResumed)
    assert (told.working_days, told.phase) == (days, Phase.EVALUATION)
    assert (await _steer(here, "resume"))["due_at"] == resumed["due_at"]
    assert len(await emitted_of(evaluation_db, CycleResumed)) == 1


async def test_an_extended_phase_ends_later_and_its_obligations_are_due_later(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    known = await here.does.begin_phase(here.ask(Phase.EVALUATION))
    before = {row["id"]: row["due_at"] for row in await here.obligations("ASSESS")}
    assert known.due_at is not None
    body = WHY | {"phase": "EVALUATION", "until": (known.due_at + timedelta(days=14)).date().isoformat()}
    longer = await _steer(here, "extension", body)
    await _steer(here, "extension", body)
    (told,) = await emitted_of(evaluation_db, PhaseExtended)
    assert datetime.fromisoformat(longer["due_at"]) == told.due_at > known.due_at
    assert {row["id"]: row["due_at"] for row in await here.obligations("ASSESS")} == {
        one: later(due, told.working_days, calendar()) for one, due in before.items()
    }
    late = here.ask(Phase.EVALUATION).model_copy(update={"due_at": known.due_at})
    assert (await here.does.end_phase(late)).goes_on
    done = await here.get(here.ani, f"/cycles/{here.cycle_id}/interventions")
    assert [(one["kind"], one["reason"]) for one in done["items"]] == [("EXTENDED", WHY["reason"])]


@pytest.mark.parametrize(
    ("phase", "until"), [("EVALUATION", "2026-07-02"), ("PLANNING", "2026-12-01"), ("MODERATION", "2026-12-01")]
)
async def test_an_extension_that_cannot_be_is_refused(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, phase: str, until: str
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await _steer(here, "extension", WHY | {"phase": phase, "until": until}, status=409)


async def test_a_paused_cycle_is_resumed_before_it_is_extended(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await _steer(here, "pause")
    await _steer(here, "extension", WHY | {"phase": "EVALUATION", "until": "2026-12-01"}, status=409)


async def test_a_cancelled_cycle_owes_nothing_and_nothing_of_it_goes_on(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    assert (await _steer(here, "cancellation"))["state"] == "CANCELLED"
    assert (await _steer(here, "cancellation"))["phase"] is None
    assert len(await emitted_of(evaluation_db, CycleCancelled)) == 1
    assert {row["state"] for row in await here.obligations("ASSESS")} == {"CANCELLED"}
    assert (await here.does.begin_phase(here.ask(Phase.EVALUATION))).cancelled
    assert (await here.does.open_phase(here.ask(Phase.MODERATION))).owed == 0
    closed = await here.does.close_cycle(CycleAsk(tenant_id=here.tenant_id, cycle_id=here.cycle_id))
    assert (closed.owed, closed.cancelled) == (0, True)
    await _steer(here, "pause", status=409)
    await here.assess(here.ani, here.rater, status=409)


async def test_the_status_says_what_comes_next_and_when(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    path = f"/cycles/{here.cycle_id}/standing"
    await here.through(Phase.PREPARATION, Phase.PLANNING)
    await here.lead(Phase.EXECUTION)
    found = await here.get(here.ani, path)
    assert (found["state"], found["phase"], found["next_phase"]) == ("OPEN", "EXECUTION", "EVALUATION")
    assert datetime.fromisoformat(found["next_opens_at"]).astimezone(clock.now().tzinfo).date() >= date(2026, 6, 30)
    assert found["done"] == ["PREPARATION", "PLANNING"]
    await here.end(Phase.EXECUTION)
    await here.lead(Phase.EVALUATION)
    assert (await here.get(here.ani, path))["next_opens_at"] is None


def _newcomer(here: Scene, **change: Any) -> ServantRecorded:
    body: dict[str, Any] = {
        "tenant_id": here.tenant_id,
        "servant_id": new_id(),
        "revision": 1,
        "nip": "194901011970019999",
        "name": "Pegawai Baru",
        "email": "baru@example.go.id",
        "employment_type": "PNS",
        "grade": "III/a",
        "position": "Pelaksana",
        "position_kind": "PELAKSANA",
        "unit_id": here.office.unit_id,
        "is_head": False,
        "rater_id": here.rater,
        "authority_id": here.authority,
    }
    return ServantRecorded(**(body | change))


async def _arrive(here: Scene, *people: ServantRecorded) -> None:
    async with here.database.transaction(here.tenant_id) as session:
        await master_data.take_master_data(session, list(people))


async def test_who_comes_while_the_period_runs_joins_once_and_the_workflow_learns_how_many_there_are(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    await here.through(Phase.PREPARATION, Phase.PLANNING)
    await here.lead(Phase.EXECUTION)
    newcomer = _newcomer(here)
    await _arrive(here, newcomer)
    await _arrive(here, newcomer.model_copy(update={"revision": 2}))
    (told,) = await emitted_of(evaluation_db, LateMembersEnrolled)
    assert (told.joined, told.members) == (1, len(here.appraisals) + 1)
    enrolled = [one for event in await emitted_of(evaluation_db, MembersEnrolled) for one in event.members]
    assert [one.rater_id for one in enrolled if one.servant_id == newcomer.servant_id] == [here.rater]
    window = await here.does.begin_phase(here.ask(Phase.EXECUTION))
    assert window.members == told.members


async def test_who_comes_before_the_rater_joins_when_the_rater_has_come(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    rater = _newcomer(here)
    await _arrive(here, _newcomer(here, rater_id=rater.servant_id, authority_id=here.rater, nip="19490101197001998"))
    assert await emitted_of(evaluation_db, LateMembersEnrolled) == []
    await _arrive(here, rater)
    assert [one.joined for one in await emitted_of(evaluation_db, LateMembersEnrolled)] == [2]


@pytest.mark.parametrize("where", ["other unit", "left", "paused", "evaluation"])
async def test_who_does_not_belong_or_comes_too_late_does_not_join(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, where: str
) -> None:
    here = await (evaluating if where == "evaluation" else scene)(evaluation_db, client_of, clock)
    changes: dict[str, dict[str, Any]] = {"other unit": {"unit_id": new_id()}, "left": {"active": False}}
    if where == "paused":
        await _steer(here, "pause")
    await _arrive(here, _newcomer(here, **changes.get(where, {})))
    assert await emitted_of(evaluation_db, LateMembersEnrolled) == []


async def test_a_yearly_cycle_beside_half_year_ones_is_for_the_units_that_chose_a_year(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    yearly, person = new_id(), _newcomer(here)
    unit = UnitRecorded(
        tenant_id=here.tenant_id,
        unit_id=yearly,
        revision=1,
        code="OPD-02",
        name="Dinas Tahunan",
        kind="OPD",
        scope="16.71",
        period_months=12,
    )
    async with evaluation_db.transaction(here.tenant_id) as session:
        moved = person.model_copy(update={"unit_id": yearly})
        await master_data.take_master_data(session, [unit, moved])
    assert await emitted_of(evaluation_db, LateMembersEnrolled) == []
    cycle = await here.post(
        here.office.office, "/cycles", NEW_CYCLE | {"scope": "16.71", "months": 12, "overlapping": True}
    )
    enrolled = await here.does.enrol_members(CycleAsk(tenant_id=here.tenant_id, cycle_id=UUID(cycle["id"])))
    assert enrolled.members == 1
    statuses = [await here.get(here.ani, f"/cycles/{one}/standing") for one in (here.cycle_id, cycle["id"])]
    assert [one["members"] for one in statuses] == [len(here.office.everyone), 1]
