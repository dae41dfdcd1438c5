"""What the plain way of an objection does not foresee: late admission, another authority, decisions by item, statistics."""

from typing import Any

import pytest

from contracts.feedback.objections import LateObjectionAdmitted, ObjectionAssigned, ObjectionDecided
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.feedback.scene import Scene, scene
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

WHY = {"reason": "the servant lay in hospital"}


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    return await scene(feedback_db, client_of)


def _filing(result_id: object, *items: str) -> dict[str, Any]:
    return {"result_id": str(result_id), "grounds": "the second quarter is missing", "items": list(items)}


async def _decidable(here: Scene, *items: str) -> Any:
    filed = await here.post(here.ani, "/objections", _filing(await here.receive(here.ani), *items))
    await here.does.open_hearing(here.about(filed))
    for person in (here.rater, here.ani):
        await here.post(person, f"/objections/{filed['id']}/statements", {"text": "so it was"})
    return filed


async def test_the_authority_lets_a_late_objection_in_with_a_reason(here: Scene, clock: SetClock) -> None:
    """PermenPANRB 6/2022 art. 29 and L V.B.1-2: late ones only with a reason."""
    result_id = await here.receive(here.ani, days=4)
    path, why = "/late-admissions", WHY | {"result_id": str(result_id)}
    await here.post(here.authority, path, why, status=409)  # the window is still open
    clock.advance(days=5)
    await here.post(here.ani, "/objections", _filing(result_id), status=409)
    await here.post(here.rater, path, why, status=403)
    await here.post(here.authority, path, why | {"reason": " "}, status=422)
    admitted = await here.post(here.authority, path, why)
    assert await here.post(here.authority, path, why) == admitted
    [event] = await emitted_of(here.database, LateObjectionAdmitted)
    assert (event.servant_id, event.admitted_by, event.reason) == (here.ani, here.authority, WHY["reason"])
    assert event.file_until.isoformat() == "2026-01-30T23:59:59+07:00"  # 14 working days after Saturday 10 January
    assert (await here.post(here.ani, "/objections", _filing(result_id)))["state"] == "FILED"


async def test_an_admission_ends_as_well(here: Scene, clock: SetClock) -> None:
    result_id = await here.receive(here.ani, days=4)
    clock.advance(days=5)
    await here.post(here.authority, "/late-admissions", WHY | {"result_id": str(result_id)})
    clock.advance(days=21)
    await here.post(here.ani, "/objections", _filing(result_id), status=409)


async def test_what_is_final_without_objection_is_never_let_in(here: Scene, clock: SetClock) -> None:
    """PermenPANRB 6/2022 L IV.A.12: no reason admits it."""
    result_id = await here.receive(here.ani, days=4, final_without_objection=True)
    clock.advance(days=5)
    body = WHY | {"result_id": str(result_id)}
    answer = await here.post(here.authority, "/late-admissions", body, status=409)
    assert "final without objection" in answer["detail"]


async def test_the_office_names_another_authority_who_is_no_party(here: Scene) -> None:
    objection = await _decidable(here)
    path = f"/objections/{objection['id']}/authority"
    body = {"authority_id": str(here.office.sekda), "reason": "they are related"}
    await here.post(here.authority, path, body, status=403)
    await here.post(here.office.office, path, body | {"authority_id": str(here.rater)}, status=409)
    for _ in range(2):
        assert (await here.post(here.office.office, path, body))["authority_id"] == str(here.office.sekda)
    [event] = await emitted_of(here.database, ObjectionAssigned)
    assert (event.former_id, event.authority_id) == (here.authority, here.office.sekda)
    decision = {"outcome": "UPHELD", "reason": "the evidence changes nothing"}
    await here.post(here.authority, f"/objections/{objection['id']}/decision", decision, status=403)
    await here.post(here.office.sekda, f"/objections/{objection['id']}/decision", decision)
    await here.post(here.office.office, path, body | {"authority_id": str(here.authority)}, status=409)


async def test_each_contested_item_is_decided_with_a_reason(here: Scene) -> None:
    objection = await _decidable(here, "result_rating", "attendance")
    path = f"/objections/{objection['id']}/decision"
    new = {"outcome": "AMENDED", "reason": "half of it", "result_rating": "MEETS", "behaviour_rating": "MEETS"}
    first = {"item": "attendance", "amended": False, "reason": "the record is right"}
    second = {"item": "result_rating", "amended": True, "reason": "the minutes prove it"}
    await here.post(here.authority, path, new | {"items": [first]}, status=422)
    await here.post(here.authority, path, new | {"items": [first, second | {"reason": ""}]}, status=422)
    for _ in range(2):
        await here.post(here.authority, path, new | {"items": [first, second]})
    [event] = await emitted_of(here.database, ObjectionDecided)
    assert [(one.item, one.amended) for one in event.decision.items] == [("result_rating", True), ("attendance", False)]
    shown = await here.get(here.ani, f"/objections/{objection['id']}")
    assert shown["decision"]["items"] == [second, first]


async def test_objections_are_counted_by_unit_and_outcome(here: Scene, clock: SetClock) -> None:
    decided = await _decidable(here)
    clock.advance(days=30)
    decision = {"outcome": "UPHELD", "reason": "the evidence changes nothing"}
    await here.post(here.authority, f"/objections/{decided['id']}/decision", decision)
    other = here.office.staff[1]
    filed = await here.post(other, "/objections", _filing(await here.receive(other)))
    await here.post(other, f"/objections/{filed['id']}/withdrawal")
    path = f"/cycles/{here.cycle.id}/objection-statistics"
    await here.get(here.ani, path, status=403)
    unit = {"unit_id": str(here.office.unit_id), "objections": 1, "admitted_late": 0}
    upheld, withdrawn = unit | {"state": "UPHELD", "overdue": 1}, unit | {"state": "WITHDRAWN", "overdue": 0}
    assert (await here.get(here.office.office, path))["items"] == [upheld, withdrawn]


async def test_the_office_lists_by_what_is_to_be_decided_soonest_by_state_and_by_unit(
    here: Scene, clock: SetClock
) -> None:
    first, other = await _decidable(here), here.office.staff[1]
    clock.advance(days=7)
    second = await here.post(other, "/objections", _filing(await here.receive(other)))

    async def listed(**query: Any) -> list[str]:
        return [one["id"] for one in (await here.get(here.office.office, "/objections", **query))["items"]]

    assert await listed() == [second["id"], first["id"]]
    assert await listed(order="DUE") == [first["id"], second["id"]]
    assert await listed(state=["DECIDABLE", "UPHELD"]) == [first["id"]]
    assert await listed(state=["UPHELD"]) == []
    assert len(await listed(unit_id=str(here.office.unit_id), order="DUE")) == 2
    assert await listed(unit_id=str(here.cycle.id)) == []
    page = await here.get(here.office.office, "/objections", order="DUE", limit=1)
    following = await here.get(here.office.office, "/objections", order="DUE", limit=1, cursor=page["next"])
    assert [one["id"] for one in following["items"]] == [second["id"]]
