"""Files in the portal: the daily log out and in without typing, and what the community answered, with what is wrong shown."""

import pytest
from playwright.async_api import FilePayload, expect

from tests.portal.house import House
from tests.portal.presses import Presses
from tests.support.tables import Lines, xlsx_of

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEAD = ["Tanggal", "Uraian Kegiatan", "Durasi (menit)"]


def _file(lines: Lines, name: str) -> FilePayload:
    return {"name": name, "mimeType": _XLSX, "buffer": xlsx_of(lines)}


async def _entries(house: House, who: str) -> list[tuple[str, str]]:
    plan = (await house.acts.plan(who))["id"]
    page = await house.acts.get(who, "plans", f"/plans/{plan}/activities?limit=200")
    return sorted((one["day"], one["text"]) for one in page["items"])


async def test_a_file_of_the_national_application_is_uploaded_in_three_presses_and_adds_nothing_twice(
    house: House,
) -> None:
    await house.town.until("2026-01-20")
    lines = [_HEAD, ["19/1/2026", "Menjawab surat", 90], ["20/1/2026", "Rapat loket", 60]]
    async with house.seated("ani", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Catatan")
        await at.link("Unduh / Unggah berkas")
        await page.get_by_label("Berkas Excel atau CSV").set_input_files(_file(lines, "progres.xlsx"))
        await at.button("Unggah berkas")
        await page.get_by_text("2 catatan baru; 0 sudah tercatat sebelumnya.").wait_for()
        assert at.count <= 3
        await page.get_by_label("Berkas Excel atau CSV").set_input_files(_file(lines, "progres.xlsx"))
        await at.button("Unggah berkas")
        await page.get_by_text("0 catatan baru; 2 sudah tercatat sebelumnya.").wait_for()
    assert await _entries(house, "ani") == [("2026-01-19", "Menjawab surat"), ("2026-01-20", "Rapat loket")]


async def test_what_is_wrong_in_it_is_shown_by_sheet_row_and_column(house: House) -> None:
    lines = [_HEAD, ["20/1/2026", "Baris benar", 60], ["31/2/2026", "Rapat", 60]]
    async with house.seated("ani", "/catatan/berkas", java_script_enabled=False) as page:
        await page.get_by_label("Berkas Excel atau CSV").set_input_files(_file(lines, "salah.xlsx"))
        await page.get_by_role("main").get_by_role("button", name="Unggah berkas").click()
        cells = await page.locator("#salah tbody tr").first.locator("th, td").all_inner_texts()
        assert cells[:3] == ["salah.xlsx, Data", "3", "1"]
        assert all(one.strip() for one in cells[3:])
    assert ("2026-01-20", "Baris benar") not in await _entries(house, "ani")


async def test_the_log_of_a_period_is_downloaded_from_the_same_page(house: House) -> None:
    async with house.seated("ani", "/catatan/berkas", java_script_enabled=False) as page:
        await page.get_by_label("Dari tanggal (boleh dikosongkan)").fill("2026-01-20")
        async with page.expect_download() as waiting:
            await page.get_by_role("button", name="Unduh Excel (XLSX)").click()
        assert (await waiting.value).suggested_filename == "catatan-harian.xlsx"


async def test_the_office_brings_what_the_community_answered_and_it_stands_beside_the_plan(house: House) -> None:
    about = await house.acts.get("petugas", "registry", f"/servants/{house.acts.id_of('ani')}")
    lines = [
        ["Nama Warga", "Jenis", "Judul", "Rujukan", "Jumlah", "NIP"],
        ["Zubaidah", "Survei", "Kepuasan loket", "SKM-3/2026", 214, about["nip"]],
    ]
    async with house.seated("petugas", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Meja pengelola")
        await at.link("Tanggapan masyarakat")
        await page.get_by_label("Berkas Excel atau CSV").set_input_files(_file(lines, "skm.xlsx"))
        await at.button("Unggah berkas")
        await page.get_by_text("1 baru, 0 diperbarui, 0 sudah ada.").wait_for()
        assert at.count <= 3
        await expect(page.get_by_text("214 jawaban survei")).to_be_visible()
        assert "Zubaidah" not in await page.content()
    plan = (await house.acts.plan("ani"))["id"]
    async with house.seated("ani", f"/rencana/{plan}", java_script_enabled=False) as page:
        await expect(page.get_by_text("214 jawaban survei")).to_be_visible()
