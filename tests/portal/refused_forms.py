"""Every form of a page is sent with nothing in it, and the page that says so is looked at."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page, Response

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_FORMS = """
() => [...document.querySelectorAll("main form[method=post]")].map((form, place) => ({
  place, action: form.getAttribute("action") || location.pathname,
  typed: [...form.elements].some((one) => one.matches("textarea, select, input:not([type=hidden])")),
}))
"""
# A script of the page is not asked: what the server answers to whoever has none is to be seen.
_SEND_EMPTY = """
(place) => {
  const form = document.querySelectorAll("main form[method=post]")[place];
  for (const one of form.elements) {
    if (one.matches("textarea, input:not([type=hidden], [type=radio], [type=checkbox], [type=file])")) one.value = "";
    if (one.matches("[type=radio], [type=checkbox]")) one.checked = false;
  }
  const button = form.querySelector("button[name]");
  if (button) form.append(Object.assign(document.createElement("input"), {type: "hidden", name: button.name, value: button.value}));
  HTMLFormElement.prototype.submit.call(form);
}
"""
_SUMMARY = """
() => {
  const lines = [...document.querySelectorAll(".govuk-error-summary li")];
  const lost = [...document.querySelectorAll(".govuk-error-summary a[href^='#']")]
    .map((one) => one.getAttribute("href")).filter((one) => !document.getElementById(one.slice(1)));
  return [...(lines.length ? [] : ["no error summary"]), ...lost.map((one) => `a link to nowhere: ${one}`)];
}
"""


@dataclass(frozen=True, slots=True)
class Refused:
    """The page that answers a form without content."""

    form: str
    status: int
    wrong: list[str]
    """Of the error summary; empty where it is whole, or where nothing was refused."""


def kind(address: str) -> str:
    """An address with ``@`` in the places of ids, and without its query."""
    return _ID.sub("@", address).partition("?")[0]


async def sent_empty(page: Page, path: str, seen: set[str]) -> AsyncIterator[Refused]:
    """The answer to each form of a page that has fields and was not seen before; the page stands open at it."""
    await page.goto(path)
    for form in await page.evaluate(_FORMS):
        if not form["typed"] or (name := kind(form["action"])) in seen:
            continue
        seen.add(name)
        await page.goto(path)
        answer = await _send(page, form["place"])
        wrong = await _summary(page) if answer.status == 422 else []
        yield Refused(name, answer.status, wrong)


async def _send(page: Page, place: int) -> Response:
    async with page.expect_navigation() as coming:
        await page.evaluate(_SEND_EMPTY, place)
    answer = await coming.value
    assert answer is not None
    return answer


async def _summary(page: Page) -> list[str]:
    wrong: list[Any] = await page.evaluate(_SUMMARY)
    said = await page.title()
    return [str(one) for one in wrong] + ([] if re.match("(Kesalahan|Error): ", said) else [f"the title says {said}"])
