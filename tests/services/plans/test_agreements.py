"""Everything that a plan agrees on is kept with it, and grows with it."""

from typing import Any

import pytest

from contracts.plans.plans import PlanSet
from contracts.registry.personnel import Status
from contracts.registry.servants import ServantRecorded
from directory import take
from tests.services.plans.stage import Stage, content, indicator
from tests.support import people
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

AGREED: dict[str, Any] = {
    "expectations": [{"value": "ADAPTIVE", "expectation": "Menguasai aplikasi persuratan baru"}],
    "resources": [{"kind": "EQUIPMENT", "need": "Pemindai"}, {"kind": "MENTORING", "need": "Arsiparis"}],
    "positive_consequences": ["Diusulkan sebagai pegawai teladan"],
    "negative_consequences": ["Bimbingan kinerja tiap bulan"],
}


def agreed() -> dict[str, Any]:
    body = content()
    body["results"][0] |= {"report_every": "MONTHLY", "evidence": "Buku agenda dan tangkapan layar"}
    return body | AGREED


async def test_a_plan_keeps_all_of_its_parts(stage: Stage) -> None:
    """PermenPANRB 6/2022 arts 7-13: results, behaviour, resources, accountability and consequences."""
    plan_id = await stage.made_set(agreed())
    whole = (await stage.get(stage.rater, f"/plans/{plan_id}")).json()
    assert {name: whole[name] for name in AGREED} == AGREED
    assert [whole["results"][0][name] for name in ("report_every", "evidence")] == [
        "MONTHLY",
        "Buku agenda dan tangkapan layar",
    ]
    assert [one["where"] for one in whole["hints"]] == []
    special = {one["value"]: one["expectation"] for one in whole["behaviours"]}
    assert (len(special), special["ADAPTIVE"], special["LOYAL"]) == (7, AGREED["expectations"][0]["expectation"], None)
    (version,) = (await stage.get(stage.servant, f"/plans/{plan_id}/versions")).json()["items"]
    assert version["resources"] == AGREED["resources"]
    (event,) = await emitted_of(stage.database, PlanSet)
    assert [one.model_dump() for one in event.behaviours or ()] == AGREED["expectations"]


async def test_an_unknown_kind_of_resource_is_refused(stage: Stage) -> None:
    """PermenPANRB 6/2022 arts 7-13: people, budget, equipment, mentoring, facilities."""
    path = f"/plans/{(await stage.plan()).id}"
    wrong = content() | {"resources": [{"kind": "MONEY", "need": "banyak"}]}
    assert (await stage.put(stage.servant, path, wrong)).status_code == 422
    assert (await stage.put(stage.servant, path, agreed())).status_code == 200
    assert (await stage.put(stage.servant, path, content())).json()["resources"] == []  # the whole content is put


async def test_resources_that_did_not_come_true_adjust_the_expectation(stage: Stage) -> None:
    """PermenPANRB 6/2022 art. 11: the leader may adjust the expectation, and what else was agreed stays."""
    plan_id = await stage.made_set(agreed())
    less = content(indicator(target_lo="20", target_hi="20"))["results"]
    body = {"results": less, "resources": [], "reason": "Pemindai tidak jadi diadakan"}
    assert (await stage.post(stage.servant, f"/plans/{plan_id}/amendment", body)).status_code == 403
    amended = (await stage.post(stage.rater, f"/plans/{plan_id}/amendment", body)).json()
    assert (amended["resources"], amended["negative_consequences"]) == ([], AGREED["negative_consequences"])
    first, second = (await stage.get(stage.servant, f"/plans/{plan_id}/versions")).json()["items"]
    assert (first["resources"], second["reason"]) == (AGREED["resources"], body["reason"])
    assert [str(one.indicators[0].target_lo) for one in await emitted_of(stage.database, PlanSet)] == ["40", "20"]


def as_sent(result: dict[str, Any]) -> dict[str, Any]:
    """A result as it is read, without what was measured of it: that is not the plan's to say."""
    measured = ("actual", "reason", "evidence")
    indicators = [{name: one[name] for name in one if name not in measured} for one in result["indicators"]]
    return result | {"indicators": indicators}


async def test_a_plan_grows_with_a_new_assignment_in_the_middle_of_the_year(stage: Stage) -> None:
    """PermenPANRB 6/2022 art. 14 and art. 20: progress brings a new assignment; the plan grows, its version is kept."""
    plan_id = await stage.made_set(agreed())
    before = (await stage.get(stage.rater, f"/plans/{plan_id}")).json()["results"]
    new = {"kind": "ADDITIONAL", "statement": "Panitia hari jadi kota", "goal": "Pelayanan publik yang cepat"}
    body = {"results": [*map(as_sent, before), new], "reason": "Penugasan baru setelah umpan balik triwulan"}
    grown = (await stage.post(stage.rater, f"/plans/{plan_id}/amendment", body)).json()
    assert [one["statement"] for one in grown["results"]] == ["Surat masuk terjawab", "Panitia hari jadi kota"]
    assert (grown["plan_version"], grown["resources"]) == (2, AGREED["resources"])
    assert grown["results"][0]["indicators"][0]["id"] == before[0]["indicators"][0]["id"]


async def test_who_is_on_study_leave_proposes_academic_expectations(stage: Stage) -> None:
    """PermenPANRB 6/2022 L II.C.8: study leave is covered, with academic expectations."""
    path = f"/plans/{(await stage.plan()).id}"
    academic = content()
    academic["results"][0]["kind"] = "ACADEMIC"
    await stage.put(stage.servant, path, academic)
    assert (await stage.post(stage.servant, f"{path}/proposal")).status_code == 422
    master = people.master_data(stage.office)
    mine = next(one for one in master if isinstance(one, ServantRecorded) and one.servant_id == stage.servant)
    async with stage.database.transaction(stage.city) as session:
        await take.take_master_data(session, [mine.model_copy(update={"revision": 2, "status": Status.STUDY_LEAVE})])
    assert (await stage.post(stage.servant, f"{path}/proposal")).status_code == 200
