"""An objection from filing to a final decision, and everything that can stand in its way."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase, Rating, new_id
from contracts.evaluation.interventions import CyclePaused, CycleResumed, PhaseExtended
from contracts.feedback.activities import ObjectionState
from contracts.feedback.objections import (
    ObjectionDecided,
    ObjectionEscalated,
    ObjectionFiled,
    ObjectionWithdrawn,
    StatementGiven,
    StatementsRequested,
)
from contracts.feedback.obligations import OBLIGATIONS, ObligationsClosed, ObligationsOpened, PhaseCleared
from contracts.obligations import Ladder, ObligationKind, Rung, Step
from contracts.registry.servants import ServantRecorded
from contracts.registry.units import UnitRecorded
from directory import take
from directory.weeks import calendars
from kit.db import Database
from kit.errors import NotReady
from obligations.holding import hold
from obligations.rows import ObligationRow
from obligations.shifting import extensions, pauses
from services.feedback.results.models import ResultCopy
from tests.conftest import ClientOf
from tests.contracts.samples import sample
from tests.services.feedback.scene import Scene, scene
from tests.support import people, policies
from tests.support.arriving import arrive
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

UPHELD = {"outcome": "UPHELD", "reason": "the evidence changes nothing"}
AMENDED = {
    "outcome": "AMENDED",
    "reason": "the minutes prove it",
    "result_rating": "MEETS",
    "behaviour_rating": "MEETS",
}


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    return await scene(feedback_db, client_of)


async def _file(here: Scene, result_id: UUID, *, status: int = 0) -> Any:
    body = {"result_id": str(result_id), "grounds": "the second quarter is missing", "items": ["result_rating"]}
    return await here.post(here.ani, "/objections", body, status=status)


async def _hearing(here: Scene) -> Any:
    objection = await _file(here, await here.receive(here.ani))
    await here.does.open_hearing(here.about(objection))
    return objection


async def _decidable(here: Scene) -> Any:
    objection = await _hearing(here)
    for person in (here.rater, here.ani):
        await here.post(person, f"/objections/{objection['id']}/statements", {"text": f"seen by {person}"})
    return objection


async def test_an_objection_is_filed_heard_and_upheld(here: Scene) -> None:
    objection = await _file(here, await here.receive(here.ani))
    assert (objection["state"], objection["authority_id"]) == ("FILED", str(here.authority))
    assert (await here.does.open_hearing(here.about(objection))).state == "HEARING"
    path = f"/objections/{objection['id']}"
    await here.post(here.rater, f"{path}/statements", {"text": "the target was agreed"})
    assert (await here.does.read_objection(here.about(objection))).statements_complete is False
    await here.post(here.ani, f"{path}/statements", {"text": "the minutes were not read"})
    decided = await here.post(here.authority, f"{path}/decision", UPHELD)
    assert (decided["state"], decided["outcome"]) == ("UPHELD", "UPHELD")
    assert [one.complete for one in await emitted_of(here.database, StatementGiven)] == [False, True]
    [event] = await emitted_of(here.database, ObjectionDecided)
    assert (event.authority_id, event.decision.outcome, event.decision.result_rating) == (
        here.authority,
        "UPHELD",
        None,
    )
    assert (await here.does.read_phase(here.phase(Phase.OBJECTION))).owed == 0
    assert [one.phase for one in await emitted_of(here.database, PhaseCleared)] == [Phase.OBJECTION]


async def test_the_limits_are_working_days_to_the_end_of_the_day(here: Scene) -> None:
    objection = await _file(here, await here.receive(here.ani))  # filed on Monday 5 January 2026
    assert datetime.fromisoformat(objection["statements_by"]) == datetime.fromisoformat("2026-01-09T23:59:59+07:00")
    assert datetime.fromisoformat(objection["decide_by"]) == datetime.fromisoformat("2026-01-14T23:59:59+07:00")


SIX = (0, 1, 2, 3, 4, 5)


async def _move(here: Scene, people_moved: Sequence[UUID]) -> None:
    """The registry records that these people work in a hospital now, six days a week."""
    records = people.master_data(here.office)
    [office] = (one for one in records if isinstance(one, UnitRecorded))
    hospital = office.model_copy(update={"unit_id": new_id(), "work_days": SIX})
    moved = {"unit_id": hospital.unit_id, "revision": 2}
    servants = [one for one in records if isinstance(one, ServantRecorded) and one.servant_id in people_moved]
    async with here.database.transaction(here.office.tenant_id) as session:
        await take.take_master_data(session, [hospital, *(one.model_copy(update=moved) for one in servants)])


@pytest.mark.parametrize(
    ("six", "statements_by", "decide_by"),
    [
        # filed on Thursday 8 January 2026; the 16th is Isra Mikraj
        ((), "2026-01-14", "2026-01-20"),
        (("ani", "rater", "authority"), "2026-01-13", "2026-01-17"),
        # each side has its own working days, so the longer week counts; the authority decides on its own
        (("ani",), "2026-01-14", "2026-01-20"),
        (("authority",), "2026-01-14", "2026-01-17"),
    ],
)
async def test_limits_follow_the_weeks_of_those_whose_they_are(
    here: Scene, clock: SetClock, six: tuple[str, ...], statements_by: str, decide_by: str
) -> None:
    await _move(here, [getattr(here, name) for name in six])
    clock.advance(days=3)
    objection = await _file(here, await here.receive(here.ani))
    ends = (f"{statements_by}T23:59:59+07:00", f"{decide_by}T23:59:59+07:00")
    limits = (objection["statements_by"], objection["decide_by"])
    assert [datetime.fromisoformat(one) for one in limits] == [datetime.fromisoformat(one) for one in ends]


async def test_a_late_admission_counts_the_week_of_the_servant(here: Scene, clock: SetClock) -> None:
    await _move(here, [here.ani])
    result_id = await here.receive(here.ani, days=4)
    clock.advance(days=5)  # Saturday 10 January
    body = {"result_id": str(result_id), "reason": "the servant lay in hospital"}
    admitted = await here.post(here.authority, "/late-admissions", body)
    assert admitted["file_until"].startswith("2026-01-28")


async def test_an_amended_result_carries_both_new_ratings(here: Scene) -> None:
    objection = await _decidable(here)
    await here.post(here.authority, f"/objections/{objection['id']}/decision", AMENDED)
    [event] = await emitted_of(here.database, ObjectionDecided)
    assert (event.decision.result_rating, event.decision.behaviour_rating) == (Rating.MEETS, Rating.MEETS)
    shown = await here.get(here.ani, f"/objections/{objection['id']}")
    assert (shown["result_rating"], shown["decision"]["result_rating"]) == ("BELOW", "MEETS")
    assert [one["side"] for one in shown["statements"]] == ["RATER", "SERVANT"]


@pytest.mark.parametrize(
    "wrong",
    [
        AMENDED | {"behaviour_rating": None},
        AMENDED | {"result_rating": "BELOW"},
        AMENDED | {"reason": " "},
        UPHELD | {"reason": ""},
        UPHELD | {"result_rating": "MEETS"},
    ],
)
async def test_a_decision_needs_a_reason_and_an_amendment_new_ratings(here: Scene, wrong: dict[str, Any]) -> None:
    objection = await _decidable(here)
    await here.post(here.authority, f"/objections/{objection['id']}/decision", wrong, status=422)
    await here.post(here.authority, f"/objections/{objection['id']}/decision", AMENDED)


async def test_filed_twice_is_one_objection(here: Scene) -> None:
    result_id = await here.receive(here.ani)
    assert await _file(here, result_id) == await _file(here, result_id)
    assert len(await emitted_of(here.database, ObjectionFiled)) == 1


async def test_filed_at_the_same_time_is_one_objection(here: Scene) -> None:
    result_id = await here.receive(here.ani)
    filed = await asyncio.gather(*(_file(here, result_id) for _ in range(4)))
    assert len({one["id"] for one in filed}) == 1
    assert len(await emitted_of(here.database, ObjectionFiled)) == 1


async def test_outside_the_window_it_is_inadmissible(here: Scene, clock: SetClock) -> None:
    result_id = await here.receive(here.ani, days=4)
    clock.advance(days=4, seconds=1)
    problem = await _file(here, result_id, status=409)
    assert "inadmissible" in problem["detail"]
    assert "2026-01-09" in problem["detail"]
    clock.advance(seconds=-1)
    await _file(here, result_id)


async def test_grounds_are_mandatory(here: Scene) -> None:
    body = {"result_id": str(await here.receive(here.ani)), "grounds": "  "}
    await here.post(here.ani, "/objections", body, status=422)


async def test_some_results_take_no_objection(here: Scene) -> None:
    """PermenPANRB 6/2022 L IV.A.12 and L V.A.8: final without objection; others are not received, or superseded."""
    await _file(here, await here.issue(here.ani), status=409)  # not received
    await _file(here, await here.receive(here.ani, final_without_objection=True), status=409)
    replaced = await here.receive(here.ani)
    await here.supersede(here.ani, replaced)
    await _file(here, replaced, status=409)
    await _file(here, new_id(), status=404)


async def test_where_the_authority_is_a_party_the_next_superior_judges(here: Scene) -> None:
    """Conflict of interest: the rater, or who signed, does not decide; the one above does."""
    objection = await _file(here, await here.receive(here.ani, authority_id=here.rater))
    assert objection["authority_id"] == str(here.authority)


async def test_who_signed_does_not_judge(here: Scene) -> None:
    result_id = await here.receive(here.ani)
    async with here.database.transaction(here.office.tenant_id) as session:
        signed = update(ResultCopy).where(col(ResultCopy.result_id) == result_id)
        await session.execute(signed.values(issued_by=here.authority))
    assert (await _file(here, result_id))["authority_id"] == str(here.office.sekda)


async def test_without_a_superior_the_performance_office_judges(here: Scene) -> None:
    objection = await _file(here, await here.receive(here.ani, authority_id=None))
    assert objection["authority_id"] == str(here.office.office)


async def test_no_decision_before_both_sides_were_heard(here: Scene, clock: SetClock) -> None:
    objection = await _file(here, await here.receive(here.ani))
    path = f"/objections/{objection['id']}/decision"
    assert "asked" in (await here.post(here.authority, path, UPHELD, status=409))["detail"]
    state = await here.does.open_hearing(here.about(objection))
    assert "statements" in (await here.post(here.authority, path, UPHELD, status=409))["detail"]
    clock.advance(seconds=state.wait_seconds)
    await here.post(here.authority, path, UPHELD)


async def test_a_silent_side_does_not_stop_the_hearing(here: Scene, clock: SetClock) -> None:
    objection = await _hearing(here)
    await here.post(here.ani, f"/objections/{objection['id']}/statements", {"text": "I was there"})
    with pytest.raises(NotReady):
        await here.does.end_hearing(here.about(objection))
    waiting = await here.does.read_objection(here.about(objection))
    clock.advance(seconds=waiting.wait_seconds)
    state = await here.does.end_hearing(here.about(objection))
    days = timedelta(days=5).total_seconds()
    assert state == ObjectionState(state="DECIDABLE", statements_complete=False, wait_seconds=days)
    closed = [item for event in await emitted_of(here.database, ObligationsClosed) for item in event.items]
    assert {item.debtor_id: item.lapsed for item in closed} == {here.ani: False, here.rater: True}
    await here.post(here.rater, f"/objections/{objection['id']}/statements", {"text": "late, but here"})
    await here.post(here.authority, f"/objections/{objection['id']}/decision", UPHELD)


async def test_hearing_and_escalation_are_asked_once(here: Scene, clock: SetClock) -> None:
    objection = await _hearing(here)
    await here.does.open_hearing(here.about(objection))
    assert len(await emitted_of(here.database, StatementsRequested)) == 1
    clock.advance(days=4.7)
    assert await here.does.end_hearing(here.about(objection)) == await here.does.end_hearing(here.about(objection))
    with pytest.raises(NotReady):
        await here.does.escalate_objection(here.about(objection))
    clock.advance(days=5)
    for _ in range(2):
        state = await here.does.escalate_objection(here.about(objection))
        assert (state.state, state.wait_seconds) == ("DECIDABLE", 0.0)
    assert len(await emitted_of(here.database, ObjectionEscalated)) == 1
    await here.post(here.authority, f"/objections/{objection['id']}/decision", UPHELD)  # late is not void


async def test_the_duties_of_a_hearing(here: Scene) -> None:
    await _decidable(here)
    opened = [item for event in await emitted_of(here.database, ObligationsOpened) for item in event.items]
    kinds = {(item.kind, item.debtor_id) for item in opened}
    statements = {(ObligationKind.GIVE_STATEMENT, here.rater), (ObligationKind.GIVE_STATEMENT, here.ani)}
    assert kinds == statements | {(ObligationKind.DECIDE_OBJECTION, here.authority)}
    assert {item.about_id for item in opened} == {here.ani}
    assert {item.office_id for item in opened} == {here.office.office}
    state = await here.does.read_phase(here.phase(Phase.OBJECTION))
    assert state.owed == 1


async def test_the_phase_waits_for_an_objection_that_nobody_has_opened_yet(here: Scene) -> None:
    objection = await _file(here, await here.receive(here.ani))
    assert (await here.does.read_phase(here.phase(Phase.OBJECTION))).owed == 1
    await here.post(here.ani, f"/objections/{objection['id']}/withdrawal")
    assert (await here.does.read_phase(here.phase(Phase.OBJECTION))).owed == 0
    assert len(await emitted_of(here.database, PhaseCleared)) == 1


async def test_a_withdrawn_objection_owes_nothing(here: Scene) -> None:
    objection = await _hearing(here)
    for _ in range(2):
        assert (await here.post(here.ani, f"/objections/{objection['id']}/withdrawal"))["state"] == "WITHDRAWN"
    assert len(await emitted_of(here.database, ObjectionWithdrawn)) == 1
    assert (await here.does.open_hearing(here.about(objection))).state == "WITHDRAWN"
    assert (await here.does.end_hearing(here.about(objection))).state == "WITHDRAWN"
    assert (await here.does.read_phase(here.phase(Phase.OBJECTION))).owed == 0
    await here.post(here.authority, f"/objections/{objection['id']}/decision", UPHELD, status=409)
    await here.post(here.ani, f"/objections/{objection['id']}/statements", {"text": "still"}, status=409)


async def test_a_decision_is_final(here: Scene) -> None:
    objection = await _decidable(here)
    path = f"/objections/{objection['id']}/decision"
    assert await here.post(here.authority, path, UPHELD) == await here.post(here.authority, path, UPHELD)
    await here.post(here.authority, path, AMENDED, status=409)
    await here.post(here.ani, f"/objections/{objection['id']}/withdrawal", status=409)
    assert len(await emitted_of(here.database, ObjectionDecided)) == 1


async def test_each_side_explains_once(here: Scene) -> None:
    objection = await _hearing(here)
    path = f"/objections/{objection['id']}/statements"
    said = await here.post(here.ani, path, {"text": "so it was"}, status=201)
    assert await here.post(here.ani, path, {"text": "so it was"}) == said
    await here.post(here.ani, path, {"text": "or otherwise"}, status=409)
    assert len(await emitted_of(here.database, StatementGiven)) == 1


async def test_after_a_hand_over_the_office_decides(
    feedback_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    ladders = policies.policy().ladders
    hasty = Ladder(due_days=7, rungs=(Rung(days=1, step=Step.HAND_OVER),))
    here = await scene(feedback_db, client_of, ladders=ladders | {ObligationKind.DECIDE_OBJECTION: hasty})
    objection = await _decidable(here)
    await here.post(here.office.office, f"/objections/{objection['id']}/decision", UPHELD, status=403)
    clock.advance(days=11)
    assert await here.sweep() == 1
    assert [one["id"] for one in (await here.get(here.office.office, "/objections"))["items"]] == [objection["id"]]
    path = f"/objections/{objection['id']}/decision"
    assert await here.post(here.office.office, path, UPHELD) == await here.post(here.office.office, path, UPHELD)


async def test_a_party_that_took_over_the_obligation_cannot_decide(
    feedback_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    hasty = Ladder(due_days=7, rungs=(Rung(days=1, step=Step.HAND_OVER),))
    here = await scene(feedback_db, client_of, ladders={ObligationKind.DECIDE_OBJECTION: hasty})
    office = here.office.office
    result_id = await here.receive(here.ani, rater_id=office)
    objection = await _file(here, result_id)
    await here.does.open_hearing(here.about(objection))
    clock.advance(days=4.7)
    await here.does.end_hearing(here.about(objection))
    clock.advance(days=8)
    assert await here.sweep() == 1
    problem = await here.post(office, f"/objections/{objection['id']}/decision", UPHELD, status=409)
    assert "conflict" in problem["detail"]
    await here.post(here.authority, f"/objections/{objection['id']}/decision", UPHELD)


async def test_what_is_fixed_by_law_is_moved_by_neither_an_extension_nor_a_pause(here: Scene, clock: SetClock) -> None:
    """L V.B.3-6: the other side's limits; the ladders stand still in the pause all the same."""
    objection = await _decidable(here)
    limit = datetime.fromisoformat(objection["decide_by"])
    common: dict[str, Any] = {"tenant_id": here.office.tenant_id, "cycle_id": here.cycle.id, "reason": "Banjir"}
    paused_at = here.now()
    await arrive(here.database, sample(CyclePaused).model_copy(update=common), _hold)
    clock.advance(days=60)
    assert await here.sweep() == 0
    pause = {"paused_at": paused_at, "resumed_at": here.now(), "working_days": 41, "phase": None, "due_at": None}
    resumed = sample(CycleResumed).model_copy(update=common | pause)
    extended = sample(PhaseExtended).model_copy(
        update=common | {"phase": Phase.OBJECTION, "former_due_at": limit, "due_at": limit + timedelta(days=14)}
    )
    await arrive(here.database, resumed, _resume)
    await arrive(here.database, extended, _extend)
    async with here.database.transaction(here.office.tenant_id) as session:
        due = select(col(ObligationRow.due_at)).where(col(ObligationRow.kind) == ObligationKind.DECIDE_OBJECTION.value)
        assert (await session.scalars(due)).all() == [limit]
    assert await here.sweep() > 0


async def _hold(session: AsyncSession, event: CyclePaused) -> None:
    await hold(session, event.cycle_id)


async def _resume(session: AsyncSession, event: CycleResumed) -> None:
    await pauses.resume(session, OBLIGATIONS, event, await calendars(session))


async def _extend(session: AsyncSession, event: PhaseExtended) -> None:
    await extensions.extend_phase(session, OBLIGATIONS, event, await calendars(session))
