"""The office's desk: the cycle at a glance, people found, one person whole, who is late and the file of them."""

import csv
import io

import pytest

from tests.portal.house import House
from tests.portal.presses import Presses
from tests.portal.tasks import OFFICE

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]


async def test_the_desk_says_what_is_owed_and_is_one_press_from_the_tasks(house: House) -> None:
    async with house.seated("petugas") as page:
        at = Presses(page)
        await at.link("Meja pengelola")
        await page.get_by_role("heading", name="Meja pengelola kinerja").wait_for()
        at.count -= 1  # the desk is where the office starts
        at.within(OFFICE, "standing")
        assert "Baca dan pahami standar kinerja" in await page.get_by_role("main").inner_text()


async def test_figures_stand_above_the_links_which_stand_under_short_headings(house: House) -> None:
    async with house.seated("petugas", "/pengelola") as page:
        text = await page.get_by_role("main").inner_text()
        order = ("Sesudah itu", "Baca dan pahami standar kinerja", "Selama siklus berjalan", "Kendalikan siklus ini")
        places = [text.index(one) for one in order]
        assert places == sorted(places)
        assert "pelaksanaan" in text[places[0] : places[1]] or "perencanaan" in text[places[0] : places[1]]
        groups = await page.locator("main ul[aria-labelledby]").evaluate_all(
            "all => all.map(one => one.children.length)"
        )
        assert len(groups) == 5
        assert max(groups) <= 7


async def test_a_person_is_found_by_a_part_of_the_name_and_by_the_nip_and_seen_whole(house: House) -> None:
    async with house.seated("petugas", "/pengelola", java_script_enabled=False) as page:
        at = Presses(page)
        await at.type("Nama atau NIP", "ABID_")
        await at.button("Cari")
        await page.get_by_text("2 pegawai ditemukan").wait_for()
        at.within(OFFICE, "find")
        nip = await page.locator("tbody tr", has_text="kabid_a").locator("td").first.inner_text()
        await at.type("Nama atau NIP", nip)
        await at.button("Cari")
        await page.get_by_role("heading", name="kabid_a", exact=True).wait_for()
        at.count -= 1  # of the other search
        at.within(OFFICE, "person")
        text = await page.get_by_role("main").inner_text()
        assert nip in text
        assert "kadis · sejak" in text
        assert "Baca dan pahami standar kinerja" in text


async def test_a_page_past_the_last_is_the_last_and_no_number_of_a_page_breaks_one(house: House) -> None:
    somebody, endless = house.acts.id_of("budi"), "9" * 5000
    async with house.visitor("petugas") as client:
        for number in ("7", endless):
            found = await client.get(f"/pengelola/orang?q=abid_&halaman={number}")
            assert (found.status_code, found.url.params["halaman"]) == (200, "1")
            assert "2 pegawai ditemukan" in found.text
        for path in (f"/pengelola/terlambat/{house.acts.cycle}", f"/riwayat/{somebody}", "/tim"):
            assert (await client.get(path, params={"halaman": endless})).status_code == 200


async def test_a_nip_is_found_with_the_blanks_of_documents(house: House) -> None:
    nip = str((await house.acts.get("petugas", "registry", f"/servants/{house.acts.id_of('budi')}"))["nip"])
    written = f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"
    async with house.visitor("petugas") as client:
        found = await client.get("/pengelola/orang", params={"q": written})
        assert str(found.url).endswith(house.acts.id_of("budi"))
    async with house.visitor("inspektur") as client:
        assert "0 pegawai ditemukan" in (await client.get("/riwayat", params={"q": written})).text


async def test_who_is_late_is_listed_by_unit_and_downloaded_in_two_presses(house: House) -> None:
    await house.town.until("2026-02-04")
    async with house.seated("petugas") as page:
        at = Presses(page)
        await at.link("Meja pengelola")
        await at.link("Pegawai yang terlambat")
        at.within(OFFICE, "late")
        listed = await page.locator("tbody tr").count()
        assert listed
        await at.link("Bidang A")
        await page.get_by_role("link", name="Semua unit").wait_for()
        units = await page.locator("tbody tr td:first-child").all_inner_texts()
        assert set(units) == {"Bidang A"}
        assert len(units) < listed
    async with house.visitor("petugas") as client:
        answer = await client.get(f"/pengelola/terlambat/{house.acts.cycle}/berkas.csv")
        rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        assert rows[0][:3] == ["Unit", "Nama", "NIP"]
        assert len(rows) - 1 == listed


async def test_nobody_else_gets_in(house: House) -> None:
    somebody = house.acts.id_of("budi")
    paths = ("", "/orang?q=budi", f"/orang/{somebody}", f"/terlambat/{house.acts.cycle}")
    async with house.visitor("ani") as client:
        for path in (*paths, f"/terlambat/{house.acts.cycle}/berkas.csv"):
            assert (await client.get(f"/pengelola{path}")).status_code == 403
