"""A form that keeps a draft is written whole, its session is ended, and what it holds is read again."""

from collections.abc import Sequence
from typing import Any

from playwright.async_api import FilePayload, Locator, Page, Response

from services.portal.sessions.cookies import SESSION, hashed
from tests.portal.house import House

_FILL = """
(form) => {
  const once = new Set();
  for (const one of form.elements) {
    if (one.matches("textarea, input[type=text]")) one.value = `Ketikan ${one.name}`;
    if (one.matches("select")) one.selectedIndex = one.options.length - 1;
    if (one.matches("input[type=date]")) one.value = "2026-02-05";
    if (one.matches("input[type=radio], input[type=checkbox]") && !once.has(one.name)) one.checked = true;
    once.add(one.name);
  }
  form.querySelector("[data-draft-line]").textContent = "";
}
"""
_WRITTEN = """
(form) => [...form.elements]
  .filter((one) => one.name && !["csrf", "form_id"].includes(one.name) && !one.matches("button, input[type=file]"))
  .map((one) => [one.name, one.matches("input[type=radio], input[type=checkbox]") ? [one.value, one.checked] : one.value])
"""


def _form_of(page: Page, draft: str = "") -> Locator:
    """The form that keeps this draft; without a name the one that the page has."""
    return page.locator(f"form[data-draft^='/draf/{draft}']")


async def _written(form: Locator) -> Any:
    """Every field with what it holds."""
    return await form.evaluate(_WRITTEN)


async def _write(form: Locator) -> Any:
    """Fill every field of the form, bring a file where it takes one, and wait until the draft is saved."""
    page = form.page
    for number in range(await form.locator("input[data-evidence]").count()):
        file = FilePayload(name=f"bukti{number}.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7 bukti")
        await form.locator("input[data-evidence]").nth(number).set_input_files(file)
        await form.get_by_label(f"bukti{number}.pdf terkirim").wait_for()
    await form.evaluate(_FILL)
    await form.locator("textarea, input[type=text]").last.focus()
    async with page.expect_response(_saved_whole):
        await page.keyboard.type(" dan seterusnya")
        await page.keyboard.press("Tab")
    await form.locator("[data-draft-line]").filter(has_text=":").wait_for()
    return await _written(form)


def _saved_whole(answer: Response) -> bool:
    return "/draf/" in answer.url and "seterusnya" in (answer.request.post_data or "")


async def end_session(house: House, page: Page) -> None:
    """The server ends the session, whatever the browser holds."""
    [key] = [str(one["value"]) for one in await page.context.cookies() if one["name"] == SESSION]
    await house.portal.state.sessions.end(hashed(key))


async def continued_elsewhere(house: House, who: str, forms: Sequence[tuple[str, str]]) -> None:
    """Each form (what its draft is called, its path) is written in one browser and found again in another.

    The session is killed between: whoever sends the form then is asked to sign in, and nothing is done.
    """
    typed = []
    async with house.seated(who) as page:
        for draft, path in forms:
            await page.goto(path)
            typed.append(await _write(_form_of(page, draft)))
        await end_session(house, page)
        async with page.expect_navigation():
            await _form_of(page, forms[-1][0]).evaluate("(form) => form.submit()")
        assert page.url.startswith(house.issuer_url)
    async with house.seated(who) as page:
        for (draft, path), expected in zip(forms, typed, strict=True):
            await page.goto(path)
            assert await _written(_form_of(page, draft)) == expected, (draft, path)
