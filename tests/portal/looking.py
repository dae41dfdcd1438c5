"""What every page has to bear: axe, no script, a narrow screen, large letters, the other language."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.async_api import Page

import tests.portal.pages as rooms

NARROW = {"width": 320, "height": 640}
SMALLEST = 12.0
"""CSS pixels of any text."""
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SIZES = """
() => [...document.querySelectorAll("body *")]
  .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
  .filter((one) => one.getClientRects().length && !one.classList.contains("govuk-visually-hidden"))
  .map((one) => [parseFloat(getComputedStyle(one).fontSize), one.textContent.trim().slice(0, 60)])
  .filter(([size]) => size < %f)
"""
_WIDER = """
() => document.documentElement.scrollWidth > window.innerWidth
  ? [...document.querySelectorAll("body *")]
      .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1 && !one.closest(".kinerja-scroll"))
      .map((one) => one.tagName + " " + one.className).slice(0, 5)
  : []
"""


def every_page() -> Iterator[tuple[str, str]]:
    """Who opens which page: the lists of all rooms."""
    for found in pkgutil.iter_modules(rooms.__path__, f"{rooms.__name__}."):
        yield from importlib.import_module(found.name).PAGES


@cache
def _axe() -> str:
    return Path(AXE_FILE_PATH).read_text()


async def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds: rule, and the first place where it is broken."""
    await page.evaluate(_axe())
    found = await page.evaluate("(tags) => axe.run(document, {runOnly: tags})", _TAGS)
    return [{"rule": one["id"], "where": one["nodes"][0]["target"], "why": one["help"]} for one in found["violations"]]


async def small_texts(page: Page) -> list[Any]:
    """Texts that are smaller than they may be."""
    found: list[Any] = await page.evaluate(_SIZES % SMALLEST)
    return found


async def too_wide(page: Page) -> list[str]:
    """What sticks out on the right of this window, outside of what scrolls by itself."""
    found: list[str] = await page.evaluate(_WIDER)
    return found
