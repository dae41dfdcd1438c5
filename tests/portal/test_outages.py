"""The office records an outage in the browser; what fell due in it is extended."""

import pytest

from tests.portal.house import House
from tests.portal.presses import Presses
from tests.portal.tasks import OFFICE

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]


async def test_an_outage_is_recorded_in_three_presses_without_a_script(house: House) -> None:
    async with house.seated("petugas", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Meja pengelola")
        await at.link("Gangguan sistem")
        await at.type("Mulai", "2025-12-02T08:00")
        await at.type("Berakhir", "2025-12-02T16:30")
        await at.type("Apa yang terjadi", "Listrik padam di pusat data")
        await at.button("Catat gangguan")
        await page.get_by_text("Gangguan dicatat.").wait_for()
        at.within(OFFICE, "outage")
        assert "2 Desember 2025 pukul 16.30 WIB" in await page.get_by_role("main").inner_text()
    [found] = (await house.acts.get("petugas", "registry", "/outages"))["items"]
    assert (found["began_at"], found["reason"]) == ("2025-12-02T01:00:00Z", "Listrik padam di pusat data")


async def test_what_is_missing_or_not_over_is_said_at_its_field(house: House) -> None:
    async with house.seated("petugas", "/pengelola/gangguan", java_script_enabled=False) as page:
        at = Presses(page)
        await at.type("Mulai", "2025-12-02T08:00")
        await at.type("Berakhir", "2026-12-02T08:00")
        await at.button("Catat gangguan")
        assert (await page.title()).startswith("Kesalahan:")
        assert await page.locator("#reason-error").count() == 1
        await at.type("Apa yang terjadi", "Masih berlangsung")
        await at.button("Catat gangguan")
        assert "dicatat setelah selesai" in await page.locator("#ended_at-error").inner_text()
        assert await page.get_by_label("Mulai").input_value() == "2025-12-02T08:00"
    assert len((await house.acts.get("petugas", "registry", "/outages"))["items"]) == 1


async def test_nobody_else_records_one(house: House) -> None:
    async with house.visitor("ani") as client:
        assert (await client.get("/pengelola/gangguan")).status_code == 403
