"""What a page weighs over the wire, counted by the browser itself: people have slow lines and pay for each byte."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Page

from tests.portal.house import House

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module")]
FIRST_BYTES, FIRST_REQUESTS = 50 * 1024, 6
AGAIN_BYTES = 6 * 1024


async def _weighed(page: Page, go: Callable[[], Awaitable[Any]]) -> tuple[int, list[str]]:
    """Bytes over the wire, and what was asked of the server; the browser's cache asks nobody."""
    session = await page.context.new_cdp_session(page)
    bytes_, asked, cached = [0], [], set()
    session.on("Network.requestWillBeSent", lambda told: asked.append((told["requestId"], told["request"]["url"])))
    session.on("Network.requestServedFromCache", lambda told: cached.add(told["requestId"]))
    session.on("Network.loadingFinished", lambda told: bytes_.append(int(told["encodedDataLength"])))
    await session.send("Network.enable")
    await go()
    await page.wait_for_load_state("networkidle")
    await session.detach()
    return sum(bytes_), [url for number, url in asked if number not in cached]


async def test_the_first_visit_and_the_next_one_are_light(house: House) -> None:
    async with house.seated("ani", service_workers="block") as page:
        state = await page.context.storage_state()
        async with house.seat(service_workers="block", storage_state=state) as fresh:
            # Signed in, and nothing of ours in its cache.
            first = await fresh.new_page()
            weight, asked = await _weighed(first, lambda: first.goto("/"))
            assert weight <= FIRST_BYTES, asked
            assert 2 <= len(asked) <= FIRST_REQUESTS, asked
            again, asked = await _weighed(first, lambda: first.goto("/"))
            assert again <= AGAIN_BYTES, asked


async def test_every_answer_tells_the_browser_whom_to_believe(house: House) -> None:
    async with house.visitor("ani") as client:
        for path in ("/", "/tidak-ada", "/aset/0/x", "/keaslian", "/publik/16.71"):
            headers = (await client.get(path, follow_redirects=False)).headers
            policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
            assert policy["default-src"] == "'none'"
            assert {policy["script-src"], policy["style-src"]} == {"'self'"}
            assert "unsafe" not in headers["Content-Security-Policy"]
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["X-Frame-Options"] == "DENY"
            assert headers["Referrer-Policy"] == "no-referrer"
        assert (await client.get("/")).headers["Cache-Control"] == "no-store"


async def test_no_token_reaches_the_browser(house: House) -> None:
    async with house.seated("ani") as page:
        kept = await page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
        shown = await page.content()
        cookies = "".join(str(one["value"]) for one in await page.context.cookies())
    for text in (kept, shown, cookies):
        assert "eyJ" not in text  # how a signed token begins
    assert "__Host-sid" not in kept
