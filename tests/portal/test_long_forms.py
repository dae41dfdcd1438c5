"""The session ends in the middle of each long form: signed in on another device, everything is there; and by keyboard alone."""

import re
from collections.abc import Awaitable, Callable, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any

import pytest

from contracts.base import Role
from services.portal.web.words import ROOMS
from tests.portal.drafting import continued_elsewhere
from tests.portal.house import POLICY_OF_HOUSE, House, pass_until
from tests.portal.keyboard import Keyboard
from tests.portal.long_forms import ELSEWHERE, LONG
from tests.workflows.year.acts import BELOW
from tests.workflows.year.place import CITY

pytestmark = [
    pytest.mark.connected,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.asyncio(loop_scope="module"),
]
POLICY = (
    POLICY_OF_HOUSE.replace("features: {", "features: {panel_visits: true, ")
    .replace(
        "{role: SUPERIOR, share: 100}",
        "{role: SUPERIOR, share: 60}\n  - {role: PANEL, share: 20}\n  - {role: PEER, share: 20, minimum: 3, wanted: 3}",
    )
    .replace(
        "phases:\n",
        "visits:\n  checklist:\n    - {code: queue, label: {id: Antrean dicatat, en: The queue is recorded}}\n"
        "    - {code: note, kind: NOTE, label: {id: Catatan, en: Notes}}\nphases:\n",
        1,
    )
)
Ids = Mapping[str, Any]
_FORM = re.compile(r'<form[^>]*\saction="([^"]+)"[^>]*\sdata-draft=')
_POSTS = re.compile(r'<form\b[^>]*\smethod="post"[^>]*>.*?</form>', re.DOTALL)
_AREAS = re.compile(r"govukTextarea\(|a_reason\(")
_THREE_ROWS = re.compile(r'"rows": [3-9]')


async def test_every_form_that_keeps_a_draft_is_declared() -> None:
    found = {
        (f"{file.parent.parent.name}/{file.name}", action)
        for file in ROOMS.glob("*/templates/*.html")
        for action in _FORM.findall(file.read_text())
    }
    assert found == {(one.template, one.action) for some in (*LONG.values(), ELSEWHERE) for one in some}
    assert sum(file.read_text().count("data-draft=") for file in ROOMS.glob("*/templates/*.html")) == len(found)


async def test_every_form_with_room_for_more_than_a_sentence_keeps_a_draft() -> None:
    without = [
        f"{file.parent.parent.name}/{file.name}: {form[:80]}"
        for file in ROOMS.glob("*/templates/*.html")
        for form in _POSTS.findall(file.read_text())
        if (len(_AREAS.findall(form)) > 1 or _THREE_ROWS.search(form)) and "data-draft=" not in form
    ]
    assert without == []


async def _planning(house: House) -> Ids:
    await house.declare("penilai", Role.PANEL)
    await house.acts.open_cycle()
    await house.town.until("2025-12-03")
    for who in ("kabid_a", "ani"):
        await house.acts.read_the_standard(who)
    await house.town.until("2026-01-05")
    return {"plan": (await house.acts.plan("ani"))["id"]}


async def _proposal(house: House) -> Ids:
    await house.town.until("2026-01-08")
    for who in ("ani", "budi", "citra"):
        await house.acts.propose(who)
    return {"plan": (await house.acts.plan("ani"))["id"]}


async def _as_panel(house: House, path: str, body: Mapping[str, Any]) -> None:
    panel = next(one for one in house.others if one.name == "penilai")
    client = house.acts._clients["evaluation"]
    answer = await client.post(f"/v1{path}", json=body, headers=client.as_(panel.sub, CITY, Role.PANEL))
    assert answer.is_success, answer.text
    await house.town.deliver()


async def _visit_of(house: House) -> str:
    unit = await house.acts.unit("16.71.A")
    every = (await house.acts.get("petugas", "evaluation", "/visits"))["items"]
    return next(str(one["id"]) for one in every if one["unit_id"] == unit)


async def _visit(house: House) -> Ids:
    acts, cycle = house.acts, {"cycle_id": str(house.acts.cycle)}
    for who in ("ani", "budi", "citra"):
        await acts.agree("kabid_a", who, "2026-01-08")
    await house.town.until("2026-02-05")
    visit, plan = await _visit_of(house), (await acts.plan("ani"))["id"]
    entry = {"day": "2026-02-04", "text": "Menjawab surat warga", "minutes": 30}
    await acts.post("ani", "plans", f"/plans/{plan}/activities", {"entries": [entry]})
    await _as_panel(house, f"/visits/{visit}/date", {"visit_on": "2026-02-05"})
    begun = {"kind": "INNOVATION", "title": "Peta loket", "description": "Peta", "benefit": "Antrean pendek"}
    people = {"servant_id": acts.id_of("ani"), "coach_id": acts.id_of("citra")}
    return {
        "plan": plan,
        "visit": visit,
        "idea": (await acts.post("ani", "feedback", "/ideas", cycle | {"title": "Antrean", "text": "Nomor"}))["id"],
        "support": (await acts.post("ani", "feedback", "/support-requests", cycle | {"kind": "BUDGET", "text": "x"}))[
            "id"
        ],
        "initiative": (await acts.post("ani", "plans", "/initiatives", cycle | begun))["id"],
        "coaching": (
            await acts.post(
                "kabid_a", "feedback", "/coachings", cycle | people | {"kind": "COACHING", "topic": "Telaah"}
            )
        )["id"],
    }


async def _response(house: House) -> Ids:
    visit = await _visit_of(house)
    finding = {"what": "Antrean belum dicatat", "how": "Catat mulai Maret", "evidence": []}
    report = {"held_on": "2026-02-05", "checklist": {"queue": True, "note": "Ramai"}, "findings": [finding]}
    await _as_panel(house, f"/visits/{visit}/report", report)
    return {"visit": visit}


async def _scores(house: House) -> Ids:
    visit = await _visit_of(house)
    agreed = {"items": [{"number": 1, "stance": "AGREE", "text": ""}], "comment": ""}
    await house.acts.post("kabid_a", "evaluation", f"/visits/{visit}/response", agreed)
    return {"visit": visit, "cycle": house.acts.cycle}


async def _report(house: House) -> Ids:
    await pass_until(house, "2026-04-02")
    return {"report": (await house.acts.plan("ani"))["reports"][0]["id"]}


async def _assessment(house: House) -> Ids:
    acts = house.acts
    await pass_until(house, "2027-01-07")
    units = (await acts.get("petugas", "evaluation", f"/cycles/{acts.cycle}/units"))["items"]
    achieved = [{"unit_id": one["unit_id"], "performance": "GOOD"} for one in units]
    for officer in ("petugas", "eko"):
        await acts.post(officer, "evaluation", f"/cycles/{acts.cycle}/org-performance", {"items": achieved})
    return {"appraisal": acts.appraisal("ani")}


async def _objection(house: House) -> Ids:
    acts = house.acts
    for who in ("ani", "budi"):
        await acts.assess("kabid_a", who, BELOW)
    await pass_until(house, "2027-02-10")
    await acts.sign("kabid_a", "ani", "budi")
    for who in ("ani", "budi"):
        await acts.acknowledge(who)
    return {"result": acts.result("ani"), "case": (await acts.object("budi"))["id"], "cycle": acts.cycle}


MOMENTS: dict[str, Callable[[House], Awaitable[Ids]]] = {
    "planning": _planning,
    "proposal": _proposal,
    "visit": _visit,
    "response": _response,
    "scores": _scores,
    "report": _report,
    "assessment": _assessment,
    "objection": _objection,
}


@pytest.mark.parametrize("moment", LONG)
async def test_the_draft_is_there_on_another_device_after_the_session_was_killed(
    empty_house: House, moment: str
) -> None:
    house, ids = empty_house, await MOMENTS[moment](empty_house)
    for who, some in groupby(sorted(LONG[moment], key=attrgetter("who")), attrgetter("who")):
        await continued_elsewhere(house, who, [(one.draft, one.path.format(**ids)) for one in some])


async def test_an_objection_is_filed_with_the_keyboard_alone(empty_house: House) -> None:
    house = empty_house
    async with house.seated("ani") as page:
        keys = Keyboard(page)
        await keys.follow("link", "Hasil")
        await keys.follow("link", "Ajukan keberatan")
        await keys.type(page.get_by_label("Alasan keberatan"), "Bukti triwulan III belum dilihat")
        await keys.tick(page.get_by_label("Perilaku kerja"))
        await keys.follow("button", "Periksa")
        await page.get_by_text("Bukti triwulan III belum dilihat").wait_for()
        await keys.follow("button", "Ajukan keberatan ini")
        await page.get_by_text("Keberatan diajukan.").wait_for()
        assert keys.keys < 150
    mine = str(house.acts.result("ani"))
    every = (await house.acts.get("ani", "feedback", "/objections"))["items"]
    assert [one["result_id"] for one in every] == [mine]
