"""Counts what somebody presses: link, button, radio, checkbox or select, one each; typing is free."""

import asyncio
from dataclasses import dataclass

from playwright.async_api import Locator, Page

from tests.portal.tasks import TASKS


@dataclass
class Presses:
    """A person at a page who knows what is pressed, and looks on when the page that a press leads to is there."""

    page: Page
    count: int = 0

    def within(self, role: str, task: str, *, chosen: int = 0) -> None:
        """No more was pressed since the start page than the task allows; ``chosen`` choices in rows of a form on top."""
        allowed = TASKS[role][task]
        assert chosen == 0 or allowed.chosen, f"{role}, {task}: nothing is chosen by row"
        assert self.count <= allowed.presses + chosen, f"{role}, {task}: {self.count} of {allowed.presses} presses"

    async def link(self, name: str, *, exact: bool = False) -> None:
        """Follow a link."""
        await self._press(self.page.get_by_role("link", name=name, exact=exact).first)

    async def address(self, path: str) -> None:
        """Follow the link of the page's own that leads to an address."""
        await self._press(self.page.locator(f"main a[href='{path}']").first)

    async def button(self, name: str, *, exact: bool = True) -> None:
        """Press a button of the page's own (the header's are another matter)."""
        await self._press(self.page.get_by_role("main").get_by_role("button", name=name, exact=exact).first)

    async def scripted_button(self, name: str) -> None:
        """Press a button that a script answers, on the page where it is."""
        self.count += 1
        await self.page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()

    async def file(self, name: str) -> bytes:
        """Follow a link that gives a file: what it holds."""
        self.count += 1
        async with self.page.expect_download() as coming:
            await self.page.get_by_role("link", name=name).first.click()
        file = await (await coming.value).path()
        return await asyncio.to_thread(file.read_bytes)

    async def choose(self, name: str, *, exact: bool = True) -> None:
        """A radio or a checkbox, by its label."""
        self.count += 1
        await self.page.get_by_label(name, exact=exact).first.check()

    async def select(self, name: str, option: str) -> None:
        """One of a list."""
        self.count += 1
        await self.page.get_by_label(name).first.select_option(label=option)

    async def type(self, name: str, text: str) -> None:
        """Into a field, by its label: no press."""
        await self.page.get_by_label(name).first.fill(text)

    async def _press(self, what: Locator) -> None:
        self.count += 1
        # Playwright does not wait for what a click leads to; whoever looks at once would still see the page before.
        async with self.page.expect_navigation():
            await what.click()
