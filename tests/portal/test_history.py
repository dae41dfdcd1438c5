"""What happened about a person, in the browser: for the auditor with who looked, for the office, for the person."""

import csv
import io

import pytest
import pytest_asyncio

from tests.portal import looking
from tests.portal.house import House
from tests.portal.presses import Presses
from tests.portal.tasks import AUDITOR

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def planned(house: House) -> House:
    """The town when one plan was returned with a reason and is set."""
    await house.town.until("2026-01-08")
    await house.acts.propose("ani")
    plan = (await house.acts.plan("ani"))["id"]
    await house.acts.post("kabid_a", "plans", f"/plans/{plan}/return", {"reason": "Target terlalu rendah"})
    await house.acts.get("kabid_a", "plans", f"/plans/{plan}")
    await house.acts.propose("ani")
    await house.acts.agree("kabid_a", "ani", "2026-01-08")
    await house.town.deliver()
    return house


async def test_the_auditor_reads_a_history_with_actor_and_reason_and_who_looked_in_two_presses(planned: House) -> None:
    async with planned.seated("inspektur", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Audit", exact=True)
        await at.type("Nama pegawai", "ani")
        await at.button("Cari riwayat")
        await page.get_by_role("heading", name="Riwayat ani").wait_for()
        at.within(AUDITOR, "history")
        row = page.locator("tbody tr", has_text="Rencana dikembalikan")
        assert "kabid_a" in await row.inner_text()
        assert "Target terlalu rendah" in await row.inner_text()
        assert await page.locator("#melihat").count() == 1
        at.within(AUDITOR, "lookups")
        assert "kabid_a" in await page.locator("[aria-labelledby=melihat]").inner_text()
        at.within(AUDITOR, "lookups")
        set_plan = page.locator("tbody tr", has_text="Rencana ditetapkan")
        await set_plan.get_by_role("link").click()
        await page.get_by_text("Hanya tentang satu hal.").wait_for()
        assert await page.locator("tbody tr", has_text="Rencana dikembalikan").count() == 1
        assert await page.locator("tbody tr", has_text="Data pegawai dicatat").count() == 0


async def test_several_hits_are_a_list_and_a_number_is_the_office_s_to_look_for(planned: House) -> None:
    nip = (await planned.acts.get("petugas", "registry", f"/servants/{planned.acts.id_of('ani')}"))["nip"]
    async with planned.visitor("inspektur") as client:
        found = (await client.get("/riwayat?q=kabid")).text
        assert "kabid_a" in found
        assert "kabid_b" in found
        assert "0 pegawai ditemukan" in (await client.get(f"/riwayat?q={nip}")).text
    async with planned.visitor("petugas") as client:
        assert "Riwayat ani" in (await client.get(f"/riwayat?q={nip}")).text


async def test_the_file_says_the_same_with_the_hashes(planned: House) -> None:
    async with planned.visitor("inspektur") as client:
        answer = await client.get(f"/riwayat/{planned.acts.id_of('ani')}/berkas.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    returned = next(row for row in rows if row[1] == "Rencana dikembalikan")
    assert returned[2:4] == ["kabid_a", "Target terlalu rendah"]
    assert len(returned[5]) == 64


async def test_the_person_the_rater_and_the_office_read_it_and_nobody_else(planned: House) -> None:
    path = f"/riwayat/{planned.acts.id_of('ani')}"
    async with planned.seated("ani", "/saya") as page:
        await Presses(page).link("Riwayat saya")
        await page.get_by_role("heading", name="Riwayat ani").wait_for()
        assert await page.locator("#melihat").count() == 0
        assert await looking.violations(page) == []
        await page.set_viewport_size(looking.NARROW)
        assert await looking.too_wide(page) == []
    for who, status in (("kabid_a", 200), ("kadis", 200), ("petugas", 200), ("budi", 403), ("walikota", 403)):
        async with planned.visitor(who) as client:
            assert (await client.get(path)).status_code == status, who
