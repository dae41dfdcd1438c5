"""The daily log in the browser: two presses, a late day with its reason, and fourteen days without a signal."""

import asyncio
import contextlib
import os
import random
import signal
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import BrowserContext, Error, Page, expect

from tests.portal.conftest import CHROMIUM, FLAGS
from tests.portal.house import House
from tests.portal.presses import Presses
from tests.portal.tasks import SERVANT

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]
_DAYS = 14
_ENTRIES = 200
_FIRST = date(2026, 1, 20)
_PATIENCE = 60_000
"""Milliseconds; a busy machine needs some, and what is lost never comes."""
_WIB = ZoneInfo("Asia/Jakarta")
_READY = "form[data-log][data-ready=yes]"


async def _entries(house: House, who: str) -> list[dict[str, object]]:
    plan = (await house.acts.plan(who))["id"]
    found: list[dict[str, object]] = []
    cursor = ""
    while True:
        page = await house.acts.get(who, "plans", f"/plans/{plan}/activities?limit=200{cursor}")
        found += page["items"]
        if not page["next"]:
            return found
        cursor = f"&cursor={page['next']}"


async def test_a_day_s_work_is_logged_in_two_presses(house: House) -> None:
    await house.town.until("2026-01-20")
    async with house.seated("ani") as page:
        at = Presses(page)
        await at.link("Catatan")
        await page.wait_for_selector(_READY)
        at.within(SERVANT, "read log")
        await at.type("Apa yang Anda kerjakan?", "Menjawab 12 surat masuk")
        await at.type("Berapa menit?", "90")
        await at.scripted_button("Simpan")
        await page.get_by_text("Semua catatan sudah terkirim.").wait_for()
        at.within(SERVANT, "log")
        await page.locator("#log").get_by_text("Menjawab 12 surat masuk").wait_for()
    [entry] = await _entries(house, "ani")
    assert (entry["day"], entry["minutes"]) == ("2026-01-20", 90)


async def test_a_late_day_is_logged_with_its_reason_in_three_presses(house: House) -> None:
    async with house.seated("ani") as page:
        at = Presses(page)
        await at.link("Catatan")
        await page.wait_for_selector(_READY)
        await at.choose("Hari lain")
        await at.type("Tanggal", "2026-01-05")
        await at.type("Alasan terlambat", "Dinas luar tanpa sinyal")
        await at.type("Apa yang Anda kerjakan?", "Rapat di kecamatan")
        await at.type("Berapa menit?", "120")
        await at.scripted_button("Simpan")
        await page.get_by_text("Semua catatan sudah terkirim.").wait_for()
        at.within(SERVANT, "log late")
    assert ("2026-01-05", "Dinas luar tanpa sinyal") in [
        (one["day"], one["late_reason"]) for one in await _entries(house, "ani")
    ]


async def test_what_the_service_refuses_stays_on_the_phone_with_the_reason_until_it_is_mended(house: House) -> None:
    async with house.seated("ani", "/catatan") as page:
        at = Presses(page)
        await page.wait_for_selector(_READY)
        await at.choose("Hari lain")
        await at.type("Tanggal", "2026-01-06")
        await at.type("Apa yang Anda kerjakan?", "Menyusun arsip lama")
        await at.type("Berapa menit?", "30")
        await at.scripted_button("Simpan")
        await page.get_by_text("Perlu diperbaiki:").wait_for()
        await at.scripted_button("Perbaiki")
        await at.type("Alasan terlambat", "Listrik padam")
        await at.scripted_button("Simpan")
        await page.get_by_text("Semua catatan sudah terkirim.").wait_for()
        assert not await page.locator("[data-unsent]").is_visible()
    assert Counter(one["text"] for one in await _entries(house, "ani"))["Menyusun arsip lama"] == 1


async def test_without_the_script_the_form_does_the_same(house: House) -> None:
    async with house.seated("budi", "/catatan", java_script_enabled=False) as page:
        at = Presses(page)
        await at.choose("Kemarin")
        await at.type("Apa yang Anda kerjakan?", "Ra")
        await at.type("Berapa menit?", "seratus")
        await at.button("Simpan")
        assert (await page.title()).startswith("Kesalahan:")
        await at.type("Apa yang Anda kerjakan?", "Rapat bidang")
        await at.type("Berapa menit?", "60")
        await at.button("Simpan")
        await page.get_by_text("Tercatat untuk 19 Januari 2026").wait_for()
    assert [one["day"] for one in await _entries(house, "budi")] == ["2026-01-19"]


async def test_fourteen_days_without_a_signal_lose_nothing_and_double_nothing(house: House, tmp_path: Path) -> None:
    """200 entries; the browser is killed and the server is stopped at random, also in the middle of sending."""
    dice = random.Random(20260120)  # noqa: S311 - the same accidents each time
    phone = _Phone(house, tmp_path / "phone")
    await phone.take_up()
    await house.sign_in(phone.page, "citra", "/catatan")
    await phone.page.wait_for_selector(_READY)
    await phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await phone.lose_the_server()
    written: list[tuple[str, str]] = []
    share = _ENTRIES // _DAYS + 1
    for number in range(_ENTRIES):
        on = _FIRST + timedelta(days=number // share)
        if number % share == 0:
            await house.town.until(on.isoformat())
            await phone.morning(on)
        if dice.random() < 0.03:
            await phone.kill()
            await phone.morning(on)
        if dice.random() < (0.2 if phone.reached else 0.03):  # there is a signal now and then, and never for long
            await (phone.lose_the_server() if phone.reached else phone.find_the_server())
        written.append((on.isoformat(), f"Pekerjaan nomor {number}"))
        await phone.write(f"Pekerjaan nomor {number}")
    await phone.find_the_server()
    await phone.kill()
    await house.sign_in_again(phone.page, "citra")
    for _ in range(3):  # the server is stopped while it takes them
        await phone.page.goto("/catatan", wait_until="commit")
        await phone.lose_the_server()
        await phone.find_the_server()
    await phone.page.goto("/catatan")
    await phone.page.wait_for_selector(_READY)
    await expect(phone.page.locator("[data-unsent] ul")).to_have_text("", timeout=_PATIENCE)
    await phone.put_down()
    kept = Counter((str(one["day"]), str(one["text"])) for one in await _entries(house, "citra"))
    assert kept == Counter(written)


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):  # the one when it opens, the other when it reads
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


class _Phone:
    """A browser whose disk outlives it."""

    def __init__(self, house: House, disk: Path) -> None:
        self._house, self._disk = house, disk
        self._context: BrowserContext | None = None
        self.reached, self.on = True, _FIRST
        self.page: Page

    async def take_up(self) -> None:
        """Start the browser, with what its disk has."""
        assert self._house.browser is not None
        self._context = await self._house.browser.browser_type.launch_persistent_context(
            str(self._disk), executable_path=CHROMIUM, args=FLAGS, base_url=self._house.portal_url, locale="id-ID"
        )
        self._context.set_default_timeout(_PATIENCE)
        await self._context.clock.set_system_time(datetime.combine(self.on, time(9), _WIB))
        self.page = self._context.pages[0] if self._context.pages else await self._context.new_page()

    async def put_down(self) -> None:
        """Close it, and wait until its disk is free."""
        if self._context is not None:
            await self._context.close()
            self._context = None
        while self._lock() is not None:  # noqa: ASYNC110 - another process has no event for it
            await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """End its process in whatever it does; it starts again without its sign-in."""
        process = self._lock()
        assert process is not None
        os.kill(process, signal.SIGKILL)
        with contextlib.suppress(Error):
            assert self._context is not None
            await self._context.close()
        self._context = None
        while _runs(process):  # noqa: ASYNC110 - another process has no event for it
            await asyncio.sleep(0.05)
        (self._disk / "SingletonLock").unlink(missing_ok=True)
        await self.take_up()

    def _lock(self) -> int | None:
        """The browser's process, as its disk names it (``host-pid``)."""
        lock = self._disk / "SingletonLock"
        return int(str(lock.readlink()).rpartition("-")[2]) if lock.is_symlink() else None

    async def morning(self, on: date) -> None:
        """Open the log on a day: from the server if somebody is signed in, else as the phone kept it."""
        assert self._context is not None
        self.on = on
        await self._context.clock.set_system_time(datetime.combine(on, time(9), _WIB))
        if self.reached:
            await self._house.sign_in_again(self.page, "citra", "/catatan")
        else:
            await self.page.goto("/catatan")
        await self.page.wait_for_selector(_READY)

    async def lose_the_server(self) -> None:
        await self._house.door.shut()
        self.reached = False

    async def find_the_server(self) -> None:
        await self._house.door.open()
        self.reached = True

    async def write(self, text: str) -> None:
        await self.page.get_by_label("Apa yang Anda kerjakan?").fill(text)
        await self.page.get_by_label("Berapa menit?").fill("20")
        await self.page.get_by_role("main").get_by_role("button", name="Simpan", exact=True).click()
        await expect(self.page.get_by_label("Apa yang Anda kerjakan?")).to_have_value("", timeout=_PATIENCE)
