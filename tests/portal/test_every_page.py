"""Every page of every room, as the lists of `tests/portal/pages` name them, in both languages: what none may lack.

Each page is opened once a language, and everything is looked at there: opening it is what takes the time.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests.portal import keyboard, looking
from tests.portal.addresses import filled
from tests.portal.house import POLICY_OF_HOUSE, House

pytestmark = [
    pytest.mark.connected,
    pytest.mark.slow,
    pytest.mark.timeout(1200),
    pytest.mark.asyncio(loop_scope="module"),
]
POLICY = POLICY_OF_HOUSE.replace("features: {", "features: {panel_visits: true, ")
_KEY = re.compile(r"[a-z]+\.[a-z]+_[a-z_]+")
Found = dict[str, dict[str, list[Any]]]
"""By look and page what is wrong."""
Look = Callable[[Page], Awaitable[list[Any]]]


async def _keys(page: Page) -> list[str]:
    text = await page.locator("body").inner_text()
    return [word for word in text.split() if _KEY.fullmatch(word)]


async def _zoomed(page: Page) -> list[Any]:
    await page.set_viewport_size(looking.ZOOMED)
    return [*await looking.too_wide(page), *await looking.clipped(page)]


async def _narrow(page: Page) -> list[Any]:
    await page.set_viewport_size(looking.NARROW)
    return [*await looking.small_texts(page), *await looking.too_wide(page)]


async def _by_keyboard(page: Page) -> list[Any]:
    if await page.locator("html[lang=en]").count():  # the same page in other words
        return []
    await page.set_viewport_size(looking.ORDINARY)
    return [*await keyboard.unreached(page), *await keyboard.unskipped(page)]


async def _whole(page: Page) -> list[Any]:
    heading = await page.locator("h1").count()
    return [] if heading == 1 else [f"{heading} headings of the first level"]


LOOKS: dict[str, Look] = {
    "axe finds nothing": looking.violations,
    "no key instead of words": _keys,
    "everything by keyboard": _by_keyboard,
    "whole at 200 %": _zoomed,
    "whole on a narrow screen": _narrow,
}
"""In this order on each page: the later ones change the window."""


async def _each(house: House, looks: dict[str, Look], **options: Any) -> Found:
    """What each look finds on each page, by person, page and language; nothing where all is well."""
    found: Found = {name: {} for name in looks}
    for who in sorted({who for who, _ in looking.every_page()}):
        async with house.seated(who, **options) as page:
            for named in [path for other, path in looking.every_page() if other == who]:
                path = await filled(house, named)
                for language in ("id", "en"):
                    await page.set_viewport_size(options.get("viewport", looking.ORDINARY))
                    await page.goto(f"/bahasa?b={language}&ke={path}")
                    for name, look in looks.items():
                        if seen := await look(page):
                            found[name][f"{who} {named} {language}"] = seen
    return found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def planning(house: House) -> House:
    """The town when plans are written: before that there are none. A unit is to be visited in a week."""
    await house.town.until("2026-01-05")
    order = {"unit_id": await house.acts.unit("16.71.A"), "visit_on": "2026-01-12", "reason": "Uji petik"}
    panel = {"panel": [house.acts.id_of("dewi")]}
    await house.acts.post("petugas", "evaluation", f"/cycles/{house.acts.cycle}/visits", order | panel)
    return house


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def looked(planning: House) -> AsyncIterator[Found]:
    """One walk through all pages."""
    yield await _each(planning, LOOKS)


@pytest.mark.parametrize("look", LOOKS)
async def test_every_page_bears_the_look(looked: Found, look: str) -> None:
    assert looked[look] == {}


async def test_every_page_is_whole_without_a_script_and_at_twice_the_size(planning: House) -> None:
    look: dict[str, Look] = {"whole": _whole}
    assert await _each(planning, look, java_script_enabled=False, viewport=looking.ZOOMED) == {"whole": {}}
