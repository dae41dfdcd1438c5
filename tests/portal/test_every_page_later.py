"""The pages of whatever there is once a year was lived through: what none may lack, in both languages."""

import re
from datetime import timedelta
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
from tests.portal.refused_forms import sent_empty
from tests.portal.test_follow_up import TEAM, closed, evaluated, followed_up, rated
from tests.workflows.year.place import WIB

pytestmark = [
    pytest.mark.connected,
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.asyncio(loop_scope="module"),
]
POLICY = POLICY_OF_HOUSE.replace("features: {", "features: {panel_visits: true, ").replace(
    "{role: SUPERIOR, share: 100}",
    "{role: SUPERIOR, share: 50}\n  - {role: PEER, share: 30, minimum: 3, anonymous: true, wanted: 3}\n"
    "  - {role: PANEL, share: 20}",
) + (
    "visits:\n  checklist:\n    - {code: queue, label: {id: Antrean dicatat, en: The queue is recorded}}\n"
    "session_topics: [{id: Mengukur capaian, en: Measuring achievement}]\n"
    "moderation: {minimum_rated: 3}\n"
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
    await evaluated(house)
    await rated(house)
    await pass_until(house, "2027-01-19")
    await closed(house)
    await _provisional(house)
    await _clarified(house)
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
    await acts.post("petugas", "evaluation", f"/cycles/{acts.cycle}/national-batches", {})
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


async def _provisional(house: House) -> None:
    """Once nothing is left to moderate, results can be asked about."""
    for _ in range(20):
        found = await house.acts.get("budi", "evaluation", f"/appraisals/{house.acts.appraisal('budi')}")
        if found["state"] == "PROVISIONAL":
            return
        today = house.town.clock.now().astimezone(WIB).date()
        await house.town.until((today + timedelta(days=1)).isoformat())
    raise AssertionError("no result of budi is provisional")


async def _clarified(house: House) -> None:
    acts = house.acts
    asked = {"appraisal_id": str(acts.appraisal("budi")), "text": "Mengapa target dihitung penuh?"}
    question = await acts.post("budi", "feedback", "/clarifications", asked)
    answer = {"outcome": "EXPLAINED", "reason": "Target disepakati pada dialog Januari"}
    await acts.post("kabid_a", "feedback", f"/clarifications/{question['id']}/answer", answer)


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


async def test_every_page_with_errors_bears_it_too(lived: House) -> None:
    """Each form that somebody may see is sent with nothing in it: the answer is no failure, and says what is missing."""
    found: dict[str, list[Any]] = {}
    refused = 0
    early = {one for one in looking.every_page() if "{visit." not in one[1]}  # that panel's visits are another town's
    pages = early | {*looking.every_later_page()}
    for who in sorted({who for who, _ in pages}):
        for language in ("id", "en"):
            async with lived.seated(who) as page:
                await page.goto(f"/bahasa?b={language}&ke=/")
                seen = set[str]()
                for named in sorted(path for other, path in pages if other == who):
                    async for answer in sent_empty(page, await filled(lived, named), seen):
                        wrong: list[Any] = answer.wrong if answer.status < 500 else [f"status {answer.status}"]
                        if answer.status == 422:
                            refused += 1
                            wrong = [*wrong, *await _look(page)]
                        if wrong:
                            found[f"{who} {named} {answer.form} {language}"] = wrong
    assert found == {}
    assert refused > 80
