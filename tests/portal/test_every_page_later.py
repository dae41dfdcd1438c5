"""The pages of whatever there is once a year was lived through: what none may lack, in both languages."""

import re
from typing import Any
from urllib.parse import quote

import pytest
import pytest_asyncio
from playwright.async_api import Page

from contracts.base import Role
from tests.portal import looking
from tests.portal.addresses import filled
from tests.portal.conftest import OFFICES
from tests.portal.house import POLICY_OF_HOUSE, House, pass_until
from tests.portal.test_follow_up import ALL_BELOW, TEAM, followed_up

pytestmark = [
    pytest.mark.connected,
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.asyncio(loop_scope="module"),
]
POLICY = POLICY_OF_HOUSE.replace("features: {", "features: {panel_visits: true, ").replace(
    "{role: SUPERIOR, share: 100}",
    "{role: SUPERIOR, share: 50}\n  - {role: PEER, share: 30, minimum: 2, anonymous: true, wanted: 2}\n"
    "  - {role: PANEL, share: 20}",
) + (
    "visits:\n  checklist:\n    - {code: queue, label: {id: Antrean dicatat, en: The queue is recorded}}\n"
    "session_topics: [{id: Mengukur capaian, en: Measuring achievement}]\n"
)
_KEY = re.compile(r"[a-z]+\.[a-z]+_[a-z_]+")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lived(empty_house: House) -> House:
    """April 2027: results are out, one is contested, one leads to months of improvement."""
    house, acts = empty_house, empty_house.acts
    await house.declare("penilai", Role.PANEL)
    await acts.open_cycle()
    await house.town.until("2025-12-03")
    for name, role in OFFICES.items():
        await house.declare(name, role)
    await _brought(house)
    await house.town.until("2026-01-08")
    for who in TEAM:
        await acts.propose(who)
        await acts.agree("kabid_a", who, "2026-01-08")
    await pass_until(house, "2027-01-07")
    await _rated(house)
    await pass_until(house, "2027-02-10")
    await acts.sign("kabid_a", *TEAM)
    for who in TEAM:
        await acts.acknowledge(who)
    await acts.object("budi")
    await followed_up(house)
    asked = f"/proposals?cycle_id={acts.cycle}&kind=IMPROVEMENT_CASE"
    ids = [one["id"] for one in (await acts.get("petugas", "evaluation", asked))["items"]]
    decision = {"proposal_ids": ids, "accepted": True, "reason": "Kesempatan perbaikan diberikan"}
    await acts.post("petugas", "evaluation", "/proposals/decisions", decision)
    await house.town.deliver()
    return house


async def _brought(house: House) -> None:
    acts, cycle = house.acts, {"cycle_id": str(house.acts.cycle)}
    await acts.post("ani", "feedback", "/ideas", cycle | {"title": "Antrean daring", "text": "Nomor antrean"})
    await acts.post("ani", "feedback", "/support-requests", cycle | {"kind": "BUDGET", "text": "Biaya cetak"})
    begun = {"kind": "INNOVATION", "title": "Peta loket", "description": "Peta", "benefit": "Antrean pendek"}
    await acts.post("ani", "plans", "/initiatives", cycle | begun)
    guided = {"servant_id": acts.id_of("ani"), "coach_id": acts.id_of("citra"), "kind": "COACHING", "topic": "Telaah"}
    await acts.post("kabid_a", "feedback", "/coachings", cycle | guided)


async def _rated(house: House) -> None:
    """The colleagues of Ani see her better than her rater does, so that the office asks why."""
    acts = house.acts
    for who in TEAM:
        await acts.report(who, 4)
    units = (await acts.get("petugas", "evaluation", f"/cycles/{acts.cycle}/units"))["items"]
    achieved = [{"unit_id": one["unit_id"], "performance": "GOOD"} for one in units]
    for officer in ("petugas", "eko"):
        await acts.post(officer, "evaluation", f"/cycles/{acts.cycle}/org-performance", {"items": achieved})
    await house.town.until("2027-01-14")
    for who in ("budi", "citra"):
        path = f"/appraisals/{acts.appraisal('ani')}/assessments"
        await acts.post(who, "evaluation", path, {"scores": {"behaviour": 95}})
    await acts.assess("kabid_a", "ani", ALL_BELOW)
    for who in ("budi", "citra"):
        await acts.assess("kabid_a", who)
    asked = {"appraisal_id": str(acts.appraisal("budi")), "text": "Mengapa target dihitung penuh?"}
    question = await acts.post("budi", "feedback", "/clarifications", asked)
    answer = {"outcome": "EXPLAINED", "reason": "Target disepakati pada dialog Januari"}
    await acts.post("kabid_a", "feedback", f"/clarifications/{question['id']}/answer", answer)
    await pass_until(house, "2027-02-05")
    for finding in (await acts.get("petugas", "evaluation", f"/moderations?cycle_id={acts.cycle}"))["items"]:
        path = f"/moderations/{finding['id']}"
        await acts.post("petugas", "evaluation", f"{path}/question", {"question": "Mengapa berbeda?"})
        await acts.post("petugas", "evaluation", f"{path}/closing", {"reason": "Alasan diterima"})


async def _look(page: Page) -> list[Any]:
    text = await page.locator("body").inner_text()
    headings = await page.locator("h1").count()
    found: list[Any] = [*await looking.violations(page), *(word for word in text.split() if _KEY.fullmatch(word))]
    await page.set_viewport_size(looking.NARROW)
    found += [*await looking.small_texts(page), *await looking.too_wide(page)]
    await page.set_viewport_size({"width": 1280, "height": 800})
    return found + ([] if headings == 1 else [f"{headings} headings of the first level"])


async def test_every_later_page_bears_what_every_page_has_to_bear(lived: House) -> None:
    found: dict[str, list[Any]] = {}
    for who in sorted({who for who, _ in looking.every_later_page()}):
        async with lived.seated(who) as page:
            for named in [path for other, path in looking.every_later_page() if other == who]:
                path = await filled(lived, named)
                for language in ("id", "en"):
                    answer = await page.goto(f"/bahasa?b={language}&ke={quote(path)}")
                    seen = await _look(page)
                    if answer is None or answer.status != 200:
                        seen.append(f"status {answer.status if answer else 'none'}")
                    if seen:
                        found[f"{who} {named} {language}"] = seen
    assert found == {}
