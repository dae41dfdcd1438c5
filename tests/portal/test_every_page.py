"""Every page of every room, as the lists of `tests/portal/pages` name them, in both languages: what none may lack."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Page

from tests.portal import looking
from tests.portal.house import House

pytestmark = [
    pytest.mark.connected,
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.asyncio(loop_scope="module"),
]
_KEY = re.compile(r"[a-z]+\.[a-z]+_[a-z_]+")
Look = Callable[[Page], Awaitable[list[Any]]]


async def _each(house: House, look: Look, **options: Any) -> dict[str, list[Any]]:
    """What a look finds on each page, by person, page and language; nothing where all is well."""
    found: dict[str, list[Any]] = {}
    for who in sorted({who for who, _ in looking.every_page()}):
        async with house.seated(who, **options) as page:
            for path in [path for other, path in looking.every_page() if other == who]:
                for language in ("id", "en"):
                    await page.goto(f"/bahasa?b={language}&ke={path}")
                    if seen := await look(page):
                        found[f"{who} {path} {language}"] = seen
    return found


async def test_axe_finds_nothing(house: House) -> None:
    assert await _each(house, looking.violations) == {}


async def test_no_text_is_small_and_nothing_sticks_out_of_a_narrow_screen(house: House) -> None:
    async def look(page: Page) -> list[Any]:
        return [*await looking.small_texts(page), *await looking.too_wide(page)]

    assert await _each(house, look, viewport=looking.NARROW) == {}


async def test_every_page_is_whole_without_a_script_and_at_twice_the_size(house: House) -> None:
    async def look(page: Page) -> list[Any]:
        heading = await page.locator("h1").count()
        return [] if heading == 1 else [f"{heading} headings of the first level"]

    zoomed = {"width": 640, "height": 400}
    assert await _each(house, look, java_script_enabled=False, viewport=zoomed) == {}


async def test_no_page_shows_a_key_instead_of_words(house: House) -> None:
    async def look(page: Page) -> list[Any]:
        text = await page.locator("body").inner_text()
        return [word for word in text.split() if _KEY.fullmatch(word)]

    assert await _each(house, look) == {}
