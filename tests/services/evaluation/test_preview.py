"""Before a cycle is opened the office sees who would be in, who is missing and why; nothing is opened by looking."""

from typing import Any

import pytest

from contracts.base import Event
from contracts.evaluation.activities import CycleAsk
from contracts.evaluation.cycles import CycleOpened
from contracts.registry.personnel import Status
from contracts.registry.servants import ServantRecorded
from contracts.registry.units import UnitRecorded
from directory import take
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.scene import NEW_CYCLE, Scene, scene
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of
from tests.support.people import master_data

pytestmark = pytest.mark.connected

JULY: dict[str, Any] = {"scope": "16.71", "period_start": "2026-07-01", "months": 6}


async def told(here: Scene, *changes: Event) -> None:
    async with here.database.transaction(here.tenant_id) as session:
        await take.take_master_data(session, list(changes))


def recorded(here: Scene, person: Any, **changes: Any) -> ServantRecorded:
    (one,) = (one for one in master_data(here.office) if isinstance(one, ServantRecorded) and one.servant_id == person)
    return one.model_copy(update={"revision": 2} | changes)


async def test_who_is_missing_is_listed_with_the_reason_and_opening_takes_exactly_the_others(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    (unit,) = (one for one in master_data(here.office) if isinstance(one, UnitRecorded))
    yearly, own = (
        unit.model_copy(update={"unit_id": here.office.everyone[-1], "code": "A", "period_months": 12}),
        unit.model_copy(update={"unit_id": here.office.everyone[-2], "code": "B", "scope": "16.71.14"}),
    )
    away, left, other, policy = here.office.staff[1:5]
    await told(
        here,
        yearly,
        own,
        recorded(here, away, status=Status.UNPAID_LEAVE),
        recorded(here, left, active=False, status=Status.RETIRED),
        recorded(here, other, unit_id=yearly.unit_id),
        recorded(here, policy, unit_id=own.unit_id),
    )
    shown = await here.get(here.office.office, "/cycle-preview", **JULY)
    assert shown["missing"] == {"NOT_COVERED": 1, "LEFT": 1, "OTHER_PERIOD": 1, "OTHER_POLICY": 1}
    assert (shown["opens"], shown["obstacles"], shown["cycle_id"]) == (True, [], None)
    assert shown["members"] == len(here.office.everyone) - 4
    assert shown["remarks"]["NOBODY_RATES"] >= 1
    missing = await here.get(here.office.office, "/cycle-preview/people", taking_part=False, **JULY)
    assert {one["servant_id"]: one["missing"] for one in missing["items"]} == {
        str(away): "NOT_COVERED",
        str(left): "LEFT",
        str(other): "OTHER_PERIOD",
        str(policy): "OTHER_POLICY",
    }
    assert all(one["why"]["id"] and one["why"]["en"] for one in missing["items"])
    assert len(await emitted_of(evaluation_db, CycleOpened)) == 1

    listed = (await here.get(here.office.office, "/cycle-preview/people", taking_part=True, **JULY))["items"]
    opened = await here.post(here.office.office, "/cycles", JULY)
    here.cycle_id = opened["id"]
    await here.does.enrol_members(CycleAsk(tenant_id=here.tenant_id, cycle_id=here.cycle_id))
    enrolled = await here.get(here.office.office, "/appraisals", cycle_id=here.cycle_id, limit=500)
    assert {one["servant_id"] for one in listed} == {one["servant_id"] for one in enrolled["items"]}
    assert (await here.get(here.office.office, "/cycle-preview", **JULY))["cycle_id"] == here.cycle_id


async def test_what_would_refuse_the_opening_is_said_before(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock)
    shown = await here.get(here.office.office, "/cycle-preview", **JULY | {"period_start": "2026-04-01"})
    assert (shown["opens"], shown["overlaps"][0]["people"]) == (False, len(here.office.everyone))
    assert "overlapping: true" in shown["obstacles"][0]["en"]
    shown = await here.get(here.office.office, "/cycle-preview", **JULY | {"months": 5})
    assert (shown["members"], shown["opens"], shown["missing"]) == (
        0,
        False,
        {"OTHER_PERIOD": len(here.office.everyone)},
    )
    await told(here, recorded(here, here.ani, rater_id=here.cycle_id))
    shown = await here.get(here.office.office, "/cycle-preview", **JULY)
    assert (shown["opens"], shown["remarks"]["RATER_NOT_KNOWN"]) == (False, 1)
    await here.post(here.office.office, "/cycles", NEW_CYCLE | JULY, status=503)
    await here.get(here.office.office, "/cycle-preview", status=422, **JULY | {"period_start": "2026-07-02"})
    for person in (here.ani, here.rater):
        await here.get(person, "/cycle-preview", status=403, **JULY)
        await here.get(person, "/cycle-preview/people", status=403, **JULY)
