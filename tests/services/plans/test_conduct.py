"""What people do beside their targets: the daily log of Dumai, initiatives and innovations with verification."""

from typing import Any

import pytest

from contracts.base import Phase
from contracts.obligations import Ladder, ObligationKind, Rung, Step
from contracts.plans.daily_log import ActivitiesLogged
from contracts.plans.initiatives import InitiativeRecorded, InitiativeVerified
from tests.services.plans.conftest import StageOf
from tests.services.plans.stage import Body, Stage
from tests.support import policies
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected


def _entry(day: str, text: str = "Memeriksa berkas masuk", **more: Any) -> Body:
    return {"day": day, "text": text, "minutes": 240} | more


async def test_a_batch_of_the_daily_log_is_kept_once(stage_of: StageOf) -> None:
    stage = await stage_of("dumai")
    plan_id = (await stage.plan()).id
    body = {"entries": [_entry("2026-01-02"), _entry("2026-01-05"), _entry("2026-01-05", "Rapat koordinasi")]}
    first = await stage.post(stage.servant, f"/plans/{plan_id}/activities", body)
    assert first.status_code == 201
    assert first.json() == {
        "accepted": 3,
        "known": 0,
    }
    again = await stage.post(stage.servant, f"/plans/{plan_id}/activities", body)
    assert (again.json()["accepted"], again.json()["known"]) == (0, 3)
    (event,) = await emitted_of(stage.database, ActivitiesLogged)
    assert (len(event.days), event.entries) == (2, 3)
    assert event.logged_on == stage.database.clock.now().date()
    assert [(one.day.day, one.entries, one.minutes) for one in event.by_day or ()] == [(2, 1, 240), (5, 2, 480)]
    log = (await stage.get(stage.rater, f"/plans/{plan_id}/activities", since="2026-01-05")).json()
    assert len(log["items"]) == 2


async def test_the_daily_log_takes_no_future_no_old_days_without_reason_and_nobody_elses_word(
    stage_of: StageOf,
) -> None:
    stage = await stage_of("dumai")
    path = f"/plans/{(await stage.plan()).id}/activities"
    refused = await stage.post(
        stage.servant, path, {"entries": [_entry("2026-01-05"), _entry("2026-01-06"), _entry("2025-12-28")]}
    )
    assert refused.status_code == 422
    assert [one["where"] for one in refused.json()["errors"]] == ["entries.1.day", "entries.2.late_reason"]
    old = {"entries": [_entry("2025-12-28", late_reason="Sakit")]}
    assert (await stage.post(stage.servant, path, old)).status_code == 201
    for person in (stage.rater, stage.peer, stage.office.office):
        assert (await stage.post(person, path, {"entries": [_entry("2026-01-05")]})).status_code == 403
    assert (await stage.get(stage.peer, path)).status_code == 403


async def test_a_city_without_daily_log_takes_none(stage: Stage) -> None:
    """PermenPANRB 6/2022 art. 16: documentation is what the agency makes of it."""
    path = f"/plans/{(await stage.plan()).id}/activities"
    assert (await stage.post(stage.servant, path, {"entries": [_entry("2026-01-05")]})).status_code == 409


def _innovation(stage: Stage, **more: str) -> Body:
    return {
        "cycle_id": str(stage.cycle.id),
        "kind": "INNOVATION",
        "title": "Formulir satu halaman",
        "description": "Menggantikan tiga formulir",
        "benefit": "Layanan satu jam",
    } | more


async def test_an_innovation_is_recognised_by_the_rater_once(stage: Stage) -> None:
    recorded = await stage.post(stage.servant, "/initiatives", _innovation(stage))
    assert recorded.status_code == 201
    assert (await stage.post(stage.servant, "/initiatives", _innovation(stage))).json() == recorded.json()
    path = f"/initiatives/{recorded.json()['id']}/verification"
    yes = {"recognised": True, "document": "SK 12/2026"}
    for person in (stage.servant, stage.peer, stage.authority, stage.office.office):
        assert (await stage.post(person, path, yes)).status_code == 403
    for _ in range(2):
        assert (await stage.post(stage.rater, path, yes)).json()["state"] == "RECOGNISED"
    assert (await stage.post(stage.rater, path, {"recognised": False, "reason": "x"})).status_code == 409
    emitted = await emitted_of(stage.database, InitiativeRecorded)
    assert [type(event) for event in emitted] == [InitiativeRecorded, InitiativeVerified]
    (event,) = await emitted_of(stage.database, InitiativeVerified)
    assert (event.recognised, event.verified_by, event.document) == (True, stage.rater, "SK 12/2026")
    assert (event.kind, event.title, event.servant_id) == ("INNOVATION", "Formulir satu halaman", stage.servant)


async def test_who_does_not_recognise_an_initiative_says_why(stage: Stage) -> None:
    mine = await stage.post(stage.rater, "/initiatives", _innovation(stage, servant_id=str(stage.servant)))
    assert (mine.status_code, mine.json()["servant_id"]) == (201, str(stage.servant))
    path = f"/initiatives/{mine.json()['id']}/verification"
    assert (await stage.post(stage.rater, path, {"recognised": False})).status_code == 422
    answer = await stage.post(stage.rater, path, {"recognised": False, "reason": "Sudah ada sejak 2024"})
    assert answer.json()["state"] == "NOT_RECOGNISED"


async def test_nobody_writes_an_initiative_down_for_a_stranger(stage: Stage) -> None:
    for person in (stage.peer, stage.authority, stage.office.office):
        body = _innovation(stage, servant_id=str(stage.servant))
        assert (await stage.post(person, "/initiatives", body)).status_code == 403


async def test_initiatives_are_listed_for_those_whom_they_concern(stage: Stage) -> None:
    await stage.post(stage.servant, "/initiatives", _innovation(stage))
    seen = {}
    for who in ("servant", "rater", "authority", "peer"):
        answer = await stage.get(getattr(stage, who), "/initiatives", cycle_id=str(stage.cycle.id))
        seen[who] = len(answer.json()["items"])
    assert seen == {"servant": 1, "rater": 1, "authority": 1, "peer": 0}
    [one] = (await stage.get(stage.office.office, "/initiatives")).json()["items"]
    path = f"/initiatives/{one['id']}"
    for person in (stage.servant, stage.rater, stage.authority, stage.office.office):
        assert (await stage.get(person, path)).json() == one
    assert (await stage.get(stage.peer, path)).status_code == 403
    assert (await stage.get(stage.rater, f"/initiatives/{stage.rater}")).status_code == 404


async def test_an_initiative_that_a_silent_rater_never_verified_may_be_verified_by_the_superior(
    stage: Stage, clock: SetClock
) -> None:
    recorded = await stage.post(stage.servant, "/initiatives", _innovation(stage))
    initiative = recorded.json()["id"]
    assert (await stage.activities.read_phase(stage.ask(Phase.EXECUTION))).owed == 1
    clock.advance(days=22)
    await stage.sweep()
    yes = {"recognised": True, "document": "SK 12/2026"}
    path = f"/initiatives/{initiative}/verification"
    for _ in range(2):
        assert (await stage.post(stage.authority, path, yes)).json()["state"] == "RECOGNISED"
    assert await stage.owed(ObligationKind.VERIFY_INITIATIVE, initiative) is None
    assert (await stage.activities.read_phase(stage.ask(Phase.EXECUTION))).owed == 0


async def test_an_initiative_that_nobody_verifies_does_not_count_until_somebody_does(
    stage_of: StageOf, clock: SetClock
) -> None:
    lapsing = Ladder(due_days=3, rungs=(Rung(days=1, step=Step.LAPSE),))
    policy = policies.policy("palembang")
    ladders = policy.ladders | {ObligationKind.VERIFY_INITIATIVE: lapsing}
    stage = await stage_of("palembang", policy.model_copy(update={"ladders": ladders}))
    initiative = (await stage.post(stage.servant, "/initiatives", _innovation(stage))).json()["id"]
    clock.advance(days=7)
    await stage.sweep()
    (shown,) = (await stage.get(stage.servant, "/initiatives")).json()["items"]
    assert (shown["state"], shown["reason"], shown["verified_by"]) == ("NOT_RECOGNISED", "not verified in time", None)
    path = f"/initiatives/{initiative}/verification"
    answer = await stage.post(stage.rater, path, {"recognised": True, "document": "SK 12/2026"})
    assert answer.json()["state"] == "RECOGNISED"
    emitted = await emitted_of(stage.database, InitiativeVerified)
    assert [event.recognised for event in emitted] == [False, True]
    other = (await stage.post(stage.servant, "/initiatives", _innovation(stage, title="Lain"))).json()["id"]
    clock.advance(days=9)
    await stage.sweep()
    await stage.open(Phase.MODERATION)
    late = await stage.post(stage.rater, f"/initiatives/{other}/verification", {"recognised": True})
    assert late.status_code == 409


async def test_what_the_rater_wrote_down_does_not_lapse_as_unverified(stage_of: StageOf, clock: SetClock) -> None:
    """SWL-6: the superior records initiative, and has seen it by that."""
    lapsing = Ladder(due_days=3, rungs=(Rung(days=1, step=Step.LAPSE),))
    policy = policies.policy("palembang")
    ladders = policy.ladders | {ObligationKind.VERIFY_INITIATIVE: lapsing}
    stage = await stage_of("palembang", policy.model_copy(update={"ladders": ladders}))
    for who, title in ((stage.rater, "Loket"), (stage.servant, "Arsip")):
        body = _innovation(stage, servant_id=str(stage.servant), title=title)
        assert (await stage.post(who, "/initiatives", body)).status_code == 201
    clock.advance(days=7)
    await stage.sweep()
    found = (await stage.get(stage.servant, "/initiatives")).json()["items"]
    shown = {one["title"]: (one["state"], one["verified_by"]) for one in found}
    assert shown == {"Loket": ("RECOGNISED", str(stage.rater)), "Arsip": ("NOT_RECOGNISED", None)}
    verified = await emitted_of(stage.database, InitiativeVerified)
    assert {event.title: event.recognised for event in verified} == {"Loket": True, "Arsip": False}
