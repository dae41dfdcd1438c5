"""What was done to a cycle or set otherwise than the rules would have it, as the auditor reads it."""

import pytest

from tests.portal import looking
from tests.portal.house import House
from tests.portal.presses import Presses
from tests.portal.tasks import AUDITOR

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]


async def test_interventions_and_extensions_are_one_press_from_the_auditors_page(house: House) -> None:
    cycle = house.acts.cycle
    extension = {"phase": "PREPARATION", "until": "2026-01-09", "reason": "Banjir di dua kecamatan"}
    await house.acts.post("petugas", "evaluation", f"/cycles/{cycle}/extension", extension)
    for act in ("pause", "resume"):
        await house.acts.post("petugas", "evaluation", f"/cycles/{cycle}/{act}", {"reason": f"Uji {act} siklus"})
    async with house.seated("inspektur", "/audit", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Campur tangan dalam")
        at.within(AUDITOR, "interventions")
        text = await page.get_by_role("main").inner_text()
        assert "Banjir di dua kecamatan" in text
        assert "Uji pause siklus" in text
        assert "petugas" in text
        assert "9 Januari 2026" in text
    async with house.seated("inspektur", "/audit") as page:
        at = Presses(page)
        await at.link("Semua perpanjangan dalam")
        at.within(AUDITOR, "extensions")
        await page.get_by_role("heading", name="Semua perpanjangan").wait_for()
        assert await page.locator("tbody tr").count() == 3
        assert await looking.violations(page) == []
        await page.set_viewport_size(looking.NARROW)
        assert await looking.too_wide(page) == []


async def test_overridden_defaults_are_one_press_from_the_auditors_page(house: House) -> None:
    async with house.seated("inspektur", "/audit") as page:
        at = Presses(page)
        await at.link("Nilai kebijakan yang ditetapkan sendiri")
        at.within(AUDITOR, "defaults")
        text = await page.get_by_role("main").inner_text()
        assert "catatan harian" in text
        assert "16.71" in text


async def test_raters_that_changed_are_one_press_from_the_auditors_page(house: House) -> None:
    await house.town.until("2026-01-06")
    change = {"rater_id": house.acts.id_of("kabid_b"), "from": "2026-01-06", "reason": "Penataan ulang bidang"}
    await house.acts.post("petugas", "registry", f"/servants/{house.acts.id_of('citra')}/raters", change)
    async with house.seated("inspektur", "/audit") as page:
        at = Presses(page)
        await at.link("Pejabat penilai yang berganti")
        at.within(AUDITOR, "raters")
        row = page.locator("tbody tr", has_text="Penataan ulang bidang")
        text = await row.inner_text()
        assert all(one in text for one in ("citra", "kabid_b", "petugas", "6 Januari 2026"))
        assert await looking.violations(page) == []


async def test_nobody_else_reads_them(house: House) -> None:
    async with house.visitor("ani") as client:
        for path in (f"/audit/campur-tangan/{house.acts.cycle}", "/audit/penyimpangan"):
            assert (await client.get(path)).status_code == 403
