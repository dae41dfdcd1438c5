"""What every page has to bear: axe, no script, a narrow screen, large letters, the other language."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.async_api import Page, ViewportSize

import tests.portal.pages as rooms

NARROW: ViewportSize = {"width": 320, "height": 640}
ORDINARY: ViewportSize = {"width": 1280, "height": 800}
ZOOMED: ViewportSize = {"width": 640, "height": 512}
"""A screen of 1280x1024 at 200 %."""
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
() => {
  if (document.documentElement.scrollWidth <= window.innerWidth) return [];
  const beyond = [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1);
  const outside = beyond.filter((one) => !one.closest(".kinerja-scroll"));
  return (outside.length ? outside : beyond).map((one) => one.tagName + " " + one.className).slice(0, 5);
}
"""

_CLIPPED = """
() => [...document.querySelectorAll("body *")]
  .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
  .filter((one) => one.getClientRects().length && !one.closest(".govuk-visually-hidden, .govuk-skip-link, .kinerja-scroll"))
  .filter((one) => {
    const box = one.getBoundingClientRect(), own = getComputedStyle(one);
    if (/hidden|clip/.test(own.overflowX) && one.scrollWidth > one.clientWidth + 1) return true;
    for (let around = one; around && around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around), edge = around.getBoundingClientRect();
      if (/hidden|clip/.test(style.overflowX) && box.right > edge.right + 1) return true;
      if (/hidden|clip/.test(style.overflowY) && box.bottom > edge.bottom + 1) return true;
    }
    return box.right > window.innerWidth + 1;
  })
  .map((one) => "cut off: " + one.textContent.trim().slice(0, 60)).slice(0, 5)
"""


def every_page() -> Iterator[tuple[str, str]]:
    """Who opens which page: the lists of all rooms."""
    for found in pkgutil.iter_modules(rooms.__path__, f"{rooms.__name__}."):
        yield from importlib.import_module(found.name).PAGES


def every_later_page() -> Iterator[tuple[str, str]]:
    """The same of a year that was lived through."""
    for found in pkgutil.iter_modules(rooms.__path__, f"{rooms.__name__}."):
        yield from getattr(importlib.import_module(found.name), "LATER", ())


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


async def clipped(page: Page) -> list[str]:
    """Texts of which a part is cut off in this window."""
    found: list[str] = await page.evaluate(_CLIPPED)
    return found
