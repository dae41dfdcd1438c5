"""What phases open, when they are cleared, sessions with attendance, and read receipts."""

from typing import Any

import pytest
from sqlalchemy import text

from contracts.base import Phase, new_id
from contracts.feedback.obligations import ObligationsOpened, PhaseCleared
from contracts.feedback.sessions import SessionHeld, StandardAcknowledged
from contracts.obligations import Ladder, ObligationKind, Rung, Step
from kit.db import Database
from kit.errors import NotReady
from tests.conftest import ClientOf
from tests.services.feedback.scene import Scene, scene
from tests.support import policies
from tests.support.clock import SetClock
from tests.support.told import told_of

pytestmark = pytest.mark.connected

TOPICS = [
    {"id": "Mengukur capaian", "en": "Measuring achievement"},
    {"id": "Memberi umpan balik", "en": "Giving feedback"},
]


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    lapsing = Ladder(due_days=5, rungs=(Rung(days=0, step=Step.REMIND), Rung(days=1, step=Step.LAPSE)))
    ladders = policies.policy("binjai").ladders | {ObligationKind.HOLD_SESSION: lapsing}
    return await scene(feedback_db, client_of, "binjai", session_topics=TOPICS, ladders=ladders)


async def _sessions(here: Scene) -> Any:
    return (await here.get(here.ani, "/sessions", cycle_id=here.cycle.id))["items"]


def _report(here: Scene, **change: Any) -> dict[str, Any]:
    attendees = [str(here.ani), str(here.rater)]
    return {"held_on": "2026-01-05", "attendee_ids": attendees, "materials": ["worked examples"]} | change


async def test_preparation_plans_sessions_and_asks_everybody_to_read(here: Scene) -> None:
    people = len(here.office.everyone)
    for _ in range(2):
        assert (await here.does.open_phase(here.phase(Phase.PREPARATION))).owed == people + 2
    assert [(one["ordinal"], one["title_en"]) for one in await _sessions(here)] == [
        (1, "Measuring achievement"),
        (2, "Giving feedback"),
    ]
    opened = [item for event in await told_of(here.database, ObligationsOpened) for item in event.items]
    assert len(opened) == people + 2
    holding = [item for item in opened if item.kind is ObligationKind.HOLD_SESSION]
    assert {item.debtor_id for item in holding} == {here.office.office}


async def test_a_phase_waits_until_every_member_has_arrived(here: Scene) -> None:
    more = here.phase(Phase.PREPARATION).model_copy(update={"members": 99})
    with pytest.raises(NotReady):
        await here.does.open_phase(more)
    with pytest.raises(NotReady):
        await here.does.read_phase(more)


async def test_a_held_session_has_attendance(here: Scene) -> None:
    await here.does.open_phase(here.phase(Phase.PREPARATION))
    path = f"/sessions/{(await _sessions(here))[0]['id']}/report"
    held = await here.post(here.office.office, path, _report(here))
    assert (held["state"], held["attended"], held["materials"]) == ("HELD", 2, ["worked examples"])
    assert await here.post(here.office.office, path, _report(here, attendee_ids=[])) == held
    [event] = await told_of(here.database, SessionHeld)
    assert (event.attended, event.title) == (2, "Mengukur capaian")
    assert [one["attended"] for one in await _sessions(here)] == [2, 0]


async def test_a_report_must_be_true(here: Scene) -> None:
    await here.does.open_phase(here.phase(Phase.PREPARATION))
    path = f"/sessions/{(await _sessions(here))[0]['id']}/report"
    await here.post(here.office.office, path, _report(here, held_on="2026-01-06"), status=422)
    await here.post(here.office.office, path, _report(here, attendee_ids=[str(new_id())]), status=422)
    await here.post(here.office.office, path, _report(here))


async def test_a_session_that_nobody_reports_lapses_and_may_still_be_reported_late(
    here: Scene, clock: SetClock
) -> None:
    await here.does.open_phase(here.phase(Phase.PREPARATION))
    clock.advance(days=9)
    assert await here.sweep() >= 4
    sessions = await _sessions(here)
    assert [one["state"] for one in sessions] == ["LAPSED", "LAPSED"]
    await here.does.open_phase(here.phase(Phase.PREPARATION))
    assert await here.sweep() == 0
    late = await here.post(here.office.office, f"/sessions/{sessions[0]['id']}/report", _report(here))
    assert late["state"] == "HELD"


async def test_the_standard_is_acknowledged_once(here: Scene) -> None:
    opened = await here.does.open_phase(here.phase(Phase.PREPARATION))
    path = f"/cycles/{here.cycle.id}/acknowledgement"
    assert await here.post(here.ani, path, status=201) == await here.post(here.ani, path)
    [event] = await told_of(here.database, StandardAcknowledged)
    assert (event.servant_id, event.policy_version) == (here.ani, 1)
    assert (await here.does.open_phase(here.phase(Phase.PREPARATION))).owed == opened.owed - 1


async def test_preparation_is_cleared_when_all_have_read_and_all_sessions_were_held(here: Scene) -> None:
    await here.does.open_phase(here.phase(Phase.PREPARATION))
    for one in await _sessions(here):
        await here.post(here.office.office, f"/sessions/{one['id']}/report", _report(here))
    for person in here.office.everyone:
        assert await told_of(here.database, PhaseCleared) == []
        await here.post(person, f"/cycles/{here.cycle.id}/acknowledgement")
    assert [one.phase for one in await told_of(here.database, PhaseCleared)] == [Phase.PREPARATION]


async def test_features_that_a_city_does_not_use_open_nothing(feedback_db: Database, client_of: ClientOf) -> None:
    off = {"standard_acknowledgement": False, "feedback_duty": False}
    here = await scene(feedback_db, client_of, features=off)
    for phase in (Phase.PREPARATION, Phase.EXECUTION, Phase.PLANNING):
        assert (await here.does.open_phase(here.phase(phase))).owed == 0


async def test_a_silent_reader_is_not_asked_again(here: Scene, clock: SetClock) -> None:
    await here.does.open_phase(here.phase(Phase.PREPARATION))
    clock.advance(days=40)
    await here.sweep()
    assert (await here.does.open_phase(here.phase(Phase.PREPARATION))).owed == 0
    assert (await here.does.close_phase(here.phase(Phase.PREPARATION))).owed == 0


async def test_a_city_without_performance_office_is_not_ready(feedback_db: Database, client_of: ClientOf) -> None:
    here = await scene(feedback_db, client_of, session_topics=TOPICS)
    async with feedback_db.transaction(here.office.tenant_id) as session:
        await session.execute(text("update directory_people set roles = '{}'"))
    with pytest.raises(NotReady, match="performance office"):
        await here.does.open_phase(here.phase(Phase.PREPARATION))
