"""A person with a keyboard and nothing else: goes through a page with Tab, sees where the focus is, and leaves it again."""

from dataclasses import dataclass
from typing import Any

from playwright.async_api import Locator, Page

_MOST = 400
"""Stops of one page; nobody goes on for longer."""
_BEYOND = 6
"""Further stops, to see that the focus leaves the page and comes in again."""

# Everything that Tab should reach, in the order of the document; of a group of radios the one that is chosen, or the
# first. How each looks is taken down before it has the focus. Where the focus goes is noted as it goes there.
_WATCH = """
() => {
  const sorts = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const seen = (one) => one.checkVisibility({ visibilityProperty: true });
  const chosen = (one) => {
    if (one.type !== "radio") return true;
    const group = [...document.getElementsByName(one.name)].filter((each) => each.form === one.form);
    return one === (group.find((each) => each.checked) || group[0]);
  };
  const stops = [...document.querySelectorAll(sorts)].filter((one) => one.tabIndex >= 0 && !one.disabled && seen(one) && chosen(one));
  const look = (one) => {
    const shown = [getComputedStyle(one), getComputedStyle(one, "::before")];
    for (const label of one.labels || []) shown.push(getComputedStyle(label), getComputedStyle(label, "::before"));
    return shown.map((s) => [
      /rgba\\(.*, 0\\)|transparent/.test(s.outlineColor) || s.outlineStyle === "none" ? "" : s.outline,
      s.boxShadow, s.backgroundColor, s.borderColor, s.borderWidth, s.clipPath, s.height,
    ].join()).join("|");
  };
  const named = (one) => one.tagName.toLowerCase() + (one.id ? "#" + one.id : "") + " " + (one.textContent || one.name || "").trim().slice(0, 40);
  const before = stops.map(look);
  const watched = window.watched = {names: stops.map(named), order: [], unseen: []};
  document.addEventListener("focusin", (event) => {
    const place = stops.indexOf(event.target);
    watched.order.push(place);
    if (place >= 0 && look(event.target) === before[place]) watched.unseen.push(watched.names[place]);
  });
  if (document.activeElement !== document.body) document.activeElement.blur();
  window.getSelection().removeAllRanges();
  // A field for a day has stops of its own inside.
  return [stops.length, stops.length + 4 * stops.filter((one) => /date|time|month/.test(one.type)).length];
}
"""
_SKIPPED = """
() => {
  const at = document.activeElement, main = document.getElementById("isi");
  return at !== document.body && at !== main && !at.closest("header, nav.kinerja-sections") && !at.matches(".govuk-skip-link");
}
"""
_NOTHING_THERE = """
() => location.hash === "#isi" && ![...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .some((one) => document.getElementById("isi").compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)
"""


async def unreached(page: Page) -> list[str]:
    """What a keyboard alone does not reach, or not in the order of the page, or without showing where it is."""
    stops, presses = await page.evaluate(_WATCH)
    if stops > _MOST:
        return [f"{stops} stops on one page"]
    for _ in range(presses + _BEYOND):
        await page.keyboard.press("Tab")
    watched = await page.evaluate("() => window.watched")
    order = [place for place in watched["order"] if place >= 0]
    once = list(dict.fromkeys(order))
    found = [f"no focus to see: {name}" for name in dict.fromkeys(watched["unseen"])]
    found += [f"not reached: {name}" for place, name in enumerate(watched["names"]) if place not in once]
    if not found and once != sorted(once):
        found.append(f"in another order than the page: {[watched['names'][place] for place in once]}")
    # After the last stop the focus leaves the page, and comes in again at the first.
    if not found and stops > 1 and order.count(once[0]) < 2:
        found.append(f"the focus does not leave: {watched['names'][order[-1]]}")
    return found


async def unskipped(page: Page) -> list[str]:
    """What is wrong with the way past what every page begins with."""
    await page.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0); location.hash = ''; }")
    await page.locator(".govuk-skip-link").focus()
    box = await page.locator(".govuk-skip-link").bounding_box()
    if box is None or box["height"] < 10 or box["y"] < 0:
        return ["the link past the beginning is not seen when it has the focus"]
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    if await page.evaluate(_SKIPPED) or await page.evaluate(_NOTHING_THERE):
        return []
    return ["the link past the beginning leads nowhere"]


@dataclass
class Keyboard:
    """Does a task: to what is named with Tab, and then the key that does it."""

    page: Page
    keys: int = 0

    async def to(self, what: Locator) -> None:
        """Press Tab until it has the focus."""
        for _ in range(_MOST):
            if await what.evaluate("(one) => one === document.activeElement"):
                return
            await self.page.keyboard.press("Tab")
            self.keys += 1
        raise AssertionError(f"Tab never reaches {what}")

    async def follow(self, role: Any, name: str) -> None:
        """A link or a button of the page, which leads to another page."""
        await self.to(self.page.get_by_role(role, name=name).first)
        async with self.page.expect_navigation():
            await self.page.keyboard.press("Enter")

    async def type(self, field: Locator, text: str) -> None:
        """Into a field, over what is there."""
        await self.to(field)
        await self.page.keyboard.press("ControlOrMeta+a")
        await self.page.keyboard.insert_text(text)

    async def tick(self, box: Locator) -> None:
        """A box, by the bar."""
        await self.to(box)
        await self.page.keyboard.press("Space")
