"""The office brings files: wrong lines shown in place, unknown headers confirmed on the page, then the import itself."""

import re

import pytest
from playwright.async_api import FilePayload

from services.portal.imports import pages
from tests.portal.house import House
from tests.portal.presses import Presses
from tests.portal.tasks import OFFICE
from tests.services.registry.test_office_files import content_of

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]

SIASN = "l1_siasn_columns.xlsx"
_HEADER = "nip,name,employment_type,grade,position,position_kind,unit_code,head,rater_nip,email,roles,language,since"
_GINA = "199502022020012001,gina,PNS,III/a,Analis,PELAKSANA,16.71.A,no,{rater},gina@contoh.example,,id,2025-06-01"


def _file(text: str, name: str = "servants.csv") -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


async def _nip_of(house: House, who: str) -> str:
    about = await house.acts.get("petugas", "registry", f"/servants/{house.acts.id_of(who)}")
    return str(about["nip"])


async def _found(house: House) -> int:
    page = await house.acts.get("petugas", "registry", "/servants?q=gina")
    return len(page["items"])


async def test_wrong_lines_are_shown_in_place_in_three_presses_and_a_check_changes_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_SHOWN", 2)
    async with house.seated("petugas", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Meja pengelola")
        await at.link("Impor berkas")
        wrong = f"{_HEADER}\n{_GINA.format(rater='199002022020012009')}\n"
        await page.get_by_label("Berkas pegawai").set_input_files(_file(wrong))
        await at.button("Periksa")
        row = page.locator("#salah tbody tr").first
        await row.wait_for()
        at.within(OFFICE, "import")
        cells = await row.locator("th, td").all_inner_texts()
        assert cells[:2] == ["servants.csv", "2"]
        assert all(one.strip() for one in cells[3:])
        right = f"{_HEADER}\n{_GINA.format(rater=await _nip_of(house, 'kabid_a'))}\n"
        await page.get_by_label("Berkas pegawai").set_input_files(_file(right))
        await at.button("Periksa")
        await page.get_by_text("Berkas benar.").wait_for()
        assert await _found(house) == 0
        said = await page.get_by_role("main").inner_text()
        others = int(re.findall(r"Pegawai: tercatat, tidak ada di berkas\s+(\d+)", said)[0])
        assert re.search(r"Pegawai: baru\s+1\b", said)
        assert f"dan {1 + others - 2} baris lagi" in said
        assert await page.locator("tbody tr").count() == 2
        assert not re.search("created|servants:|not in file", said)
        await page.get_by_label("Berkas pegawai").set_input_files(_file(right))
        await at.button("Impor")
        await page.get_by_text("Berkas telah diimpor.").wait_for()
    assert await _found(house) == 1


async def test_columns_that_nobody_knows_are_confirmed_on_the_page(house: House) -> None:
    known = await house.acts.get("petugas", "registry", "/imports/mappings")
    assert known["items"] == []
    table: FilePayload = {"name": SIASN, "mimeType": "application/octet-stream", "buffer": content_of(SIASN)}
    async with house.seated("petugas", "/pengelola/impor") as page:
        at = Presses(page)
        await page.get_by_label("Berkas pegawai").set_input_files(table)
        await at.button("Periksa")
        await page.get_by_role("heading", name="Arti kolom di").wait_for()
        await at.button("Setujui arti kolom")
        await page.get_by_text("Arti kolom disimpan.").wait_for()
    known = await house.acts.get("petugas", "registry", "/imports/mappings")
    assert set(known["items"][0]["columns"].values()) <= set(known["items"][0]["header"])


async def test_a_header_that_is_none_is_refused_and_breaks_nothing(house: House) -> None:
    async with house.visitor("petugas") as client:
        token = re.findall(r'name="csrf" value="(\w+)"', (await client.get("/pengelola/impor")).text)[0]
        for header in ("", "[", "{}", "7", "[1]", "[" * 5000):
            form = {"csrf": token, "header": header, "column:nip": "NIP"}
            assert (await client.post("/pengelola/impor/kolom", data=form)).status_code == 400, header


async def test_no_file_is_said_at_the_field_and_nobody_else_imports(house: House) -> None:
    async with house.seated("petugas", "/pengelola/impor") as page:
        await Presses(page).button("Periksa")
        await page.get_by_role("link", name="Pilih paling sedikit satu berkas").wait_for()
    async with house.visitor("ani") as client:
        assert (await client.get("/pengelola/impor")).status_code == 403


@pytest.mark.parametrize(("kind", "begins"), [("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
async def test_the_file_to_fill_in_is_two_presses_away_and_no_import_takes_its_example(
    house: House, kind: str, begins: bytes
) -> None:
    async with house.seated("petugas", "/pengelola", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Impor")
        words = {"xlsx": "Unduh Excel", "csv": "Unduh CSV"}[kind]
        content = await at.file(f"Berkas isian pegawai: {words}")
        assert content.startswith(begins)
        at.within(OFFICE, "import")
    async with house.visitor("ani") as client:
        assert (await client.get(f"/pengelola/impor/contoh.{kind}")).status_code == 403
    async with house.visitor("petugas") as client:
        assert (await client.get("/pengelola/impor/contoh.exe")).status_code == 404
