"""A servant says that the rater is wrong, the office decides; raters, acting officials, transfers and leaves by the office."""

import pytest

from services.portal.corrections import requests
from services.portal.personnel import planned
from tests.portal import looking
from tests.portal.house import House
from tests.portal.presses import Presses
from tests.portal.tasks import OFFICE, SERVANT

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]


async def _nip_of(house: House, who: str) -> str:
    about = await house.acts.get("petugas", "registry", f"/servants/{house.acts.id_of(who)}")
    return str(about["nip"])


async def _raters(house: House, who: str, on: str = "2025-12-11") -> list[str]:
    page = await house.acts.get("petugas", "registry", f"/servants/{house.acts.id_of(who)}/raters?on={on}")
    return [one["rater_id"] for one in page["items"]]


async def test_a_servant_says_that_the_rater_is_wrong_and_the_office_grants_it(house: House) -> None:
    async with house.seated("budi", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Lainnya")
        await at.link("Pejabat penilai saya keliru")
        await at.button("Kirim permintaan")
        await page.get_by_role("link", name="Tulis alasannya").wait_for()
        at.count -= 1  # of the form that was not right yet
        await at.type("Apa yang keliru", "Saya sudah di bawah Bidang B")
        await at.type("NIP pejabat penilai yang benar", await _nip_of(house, "kabid_b"))
        await at.button("Kirim permintaan")
        await page.get_by_text("Permintaan terkirim").wait_for()
        at.within(SERVANT, "wrong rater")
        assert "Menunggu" in await page.get_by_role("main").inner_text()
    async with house.seated("petugas", "/pengelola/permintaan") as page:
        at = Presses(page)
        await page.get_by_text("Mengusulkan kabid_b.").wait_for()
        await at.type("Alasan keputusan", "Sesuai surat perintah")
        await at.button("Kabulkan")
        await page.get_by_text("Keputusan dicatat.").wait_for()
        assert at.count <= 1
    assert house.acts.id_of("kabid_b") in await _raters(house, "budi")


async def test_the_office_gives_another_rater_in_four_presses(house: House) -> None:
    async with house.seated("petugas", f"/pengelola/orang/{house.acts.id_of('citra')}") as page:
        at = Presses(page, 1)  # the search by number leads here
        await at.link("Ganti pejabat penilai")
        await at.type("NIP pejabat penilai baru", await _nip_of(house, "kabid_b"))
        await at.type("Mulai berlaku", "2025-12-03")
        await at.type("Alasan", "Penataan ulang bidang")
        await at.button("Catat perubahan")
        await page.get_by_text("Perubahan dicatat").wait_for()
        at.within(OFFICE, "rater")
    assert house.acts.id_of("kabid_b") in await _raters(house, "citra")


async def test_transfer_leave_and_an_acting_official_are_recorded_from_the_persons_page(house: House) -> None:
    async with house.seated("petugas", f"/pengelola/orang/{house.acts.id_of('dewi')}") as page:
        at = Presses(page, 1)  # the search by number leads here
        await at.link("Pindahkan")
        await at.select("Unit baru", "Bidang A")
        await at.type("NIP pejabat penilai di tempat baru", await _nip_of(house, "kabid_a"))
        await at.type("Mulai berlaku", "2026-01-05")
        await at.type("Alasan", "Mutasi rutin")
        await at.button("Catat perubahan")
        await page.get_by_text("Perubahan dicatat").wait_for()
        at.within(OFFICE, "transfer")
    async with house.seated("petugas", f"/pengelola/orang/{house.acts.id_of('fajar')}") as page:
        at = Presses(page)
        await at.link("Cuti, pensiun")
        await at.select("Status", "Tugas belajar")
        await at.type("Mulai berlaku", "2026-01-05")
        await at.type("Alasan", "Tugas belajar S2")
        await at.button("Catat perubahan")
        await page.get_by_text("Perubahan dicatat").wait_for()
    async with house.seated("petugas") as page:
        at = Presses(page)
        await at.link("Meja pengelola")
        await at.type("Nama atau NIP", "kabid_b")
        await at.button("Cari")
        await at.link("Pelaksana selama")
        await at.type("NIP pelaksana", await _nip_of(house, "kabid_a"))
        await at.type("Mulai berlaku", "2026-01-12")
        await at.type("Hari terakhir", "2026-01-30")
        await at.type("Alasan", "Diklat kepemimpinan")
        await at.button("Catat perubahan")
        await page.get_by_text("Perubahan dicatat").wait_for()
        at.within(OFFICE, "acting")
    for who, wanted in (("dewi", "Mutasi rutin"), ("fajar", "Tugas belajar S2"), ("kabid_b", "Diklat kepemimpinan")):
        page_of = await house.acts.get("petugas", "registry", f"/servants/{house.acts.id_of(who)}/changes")
        assert wanted in [one["reason"] for one in page_of["items"]]


async def test_a_wrong_number_is_corrected_from_the_persons_page_and_the_person_stays(house: House) -> None:
    who, before = house.acts.id_of("ani"), await _nip_of(house, "ani")
    right = f"{before[:15]}{(int(before[15:]) + 500) % 999 + 1:03d}"
    async with house.seated("petugas", f"/pengelola/orang/{who}", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Perbaiki NIP")
        await at.type("NIP yang benar", right[:-1])
        await at.button("Perbaiki NIP")
        await page.get_by_role("link", name="Isi dokumen dasarnya").wait_for()
        await at.type("Dokumen dasar", "Surat BKN 12/2026")
        await at.type("Mengapa nomor", "Salah ketik saat pendataan")
        await at.button("Perbaiki NIP")
        await page.get_by_role("alert").wait_for()
        await at.type("NIP yang benar", right)
        await at.button("Perbaiki NIP")
        await page.get_by_text("Perubahan dicatat").wait_for()
        assert right in await page.get_by_role("main").inner_text()
    found = await house.acts.get("petugas", "registry", f"/servants/by-nip/{before}")
    assert (found["id"], found["nip"], found["former_nip"]) == (str(who), right, before)
    async with house.seated("petugas", f"/pengelola/orang/{who}/nomor", viewport=looking.NARROW) as page:
        assert await looking.violations(page) == []
        assert await looking.too_wide(page) == []
        assert f"{before} → {right}" in await page.get_by_role("main").inner_text()


async def test_a_release_is_checked_before_it_is_recorded_and_stands_among_those_that_wait(house: House) -> None:
    who = house.acts.id_of("fajar")
    async with house.seated("petugas", "/pengelola", java_script_enabled=False, viewport=looking.NARROW) as page:
        at = Presses(page)
        await at.type("Nama atau NIP", await _nip_of(house, "fajar"))
        await at.button("Cari")
        await at.link("Lepas fajar ke kota lain")
        await at.type("Kode kota lain", "16.71")
        await at.button("Periksa")
        for wrong in ("Ini kota Anda sendiri", "Isi tanggalnya", "Isi surat keputusannya", "Tulis alasannya"):
            await page.get_by_role("link", name=wrong).wait_for()
        at.count -= 1  # of the form that was not right yet
        await at.type("Kode kota lain", "14.72")
        await at.type("Hari pertama di kota tujuan", "2026-03-02")
        await at.type("Surat keputusan", "SK BKN 823/7/2026")
        await at.type("Alasan", "Mengikuti suami")
        await at.button("Periksa")
        text = await page.get_by_role("main").inner_text()
        assert "Sampai di sini belum ada yang dicatat" in text
        assert "2 Maret 2026; sampai hari itu masih dapat dibatalkan" in text
        assert (await house.acts.get("petugas", "registry", "/moves"))["items"] == []
        assert await looking.too_wide(page) == []
        await at.button("Catat pelepasan")
        await page.get_by_text("Perubahan dicatat").wait_for()
        at.within(OFFICE, "release")
        assert "Dilepas ke 14.72" in await page.get_by_role("main").inner_text()
    [move] = (await house.acts.get("petugas", "registry", "/moves?waiting=true"))["items"]
    assert (move["kind"], move["servant_id"], move["other_city"]) == ("RELEASE", str(who), "14.72")
    async with house.seated("petugas", "/pengelola") as page:
        at = Presses(page)
        await at.link("Perpindahan antarkota")
        row = page.get_by_role("row", name="fajar")
        assert "Pada 2 Maret 2026 berhenti menjadi pegawai kota ini" in await row.inner_text()
        assert await looking.violations(page) == []
        at.within(OFFICE, "moves")


async def test_an_arrival_waits_for_the_other_city_and_says_what_to_do(house: House) -> None:
    async with house.seated("petugas", f"/pengelola/orang/{house.acts.id_of('citra')}") as page:
        at = Presses(page, 1)  # the search by number leads here
        await at.link("Catat kedatangan citra")
        await at.type("Kode kota lain", "14.72")
        await at.type("NIP di kota asal", await _nip_of(house, "citra"))
        await at.type("Hari pertama di kota ini", "2025-11-03")
        await at.type("Surat keputusan", "SK BKN 823/8/2025")
        await at.type("Alasan", "Mutasi antarkota")
        await at.button("Periksa")
        assert "Berlaku segera, terhitung mulai 3 November 2025" in await page.get_by_role("main").inner_text()
        await at.button("Ubah")
        assert await page.get_by_label("Kode kota lain").input_value() == "14.72"
        at.count -= 1  # of another look at what was typed
        await at.button("Periksa")
        at.count -= 1
        await at.button("Catat kedatangan")
        await page.get_by_text("Perubahan dicatat").wait_for()
        at.within(OFFICE, "arrival")
        assert "belum mencatat pelepasan" in await page.get_by_role("main").inner_text()
        assert await looking.violations(page) == []
    async with house.visitor("petugas") as client:
        rows = {}
        for kind in ("menunggu", "RELEASE", "ARRIVAL", "ALL"):
            file = (await client.get(f"/pengelola/perpindahan/berkas.csv?jenis={kind}")).text
            rows[kind] = ("fajar" in file, "citra" in file)
    assert rows == {"menunggu": (True, True), "RELEASE": (True, False), "ARRIVAL": (False, True), "ALL": (True, True)}


async def test_an_appointment_is_refused_at_its_field_and_recorded_once_it_is_right(house: House) -> None:
    who = house.acts.id_of("citra")
    async with house.seated("petugas", f"/pengelola/orang/{who}/jabatan", java_script_enabled=False) as page:
        at = Presses(page, 1)
        await at.link("Catat pengangkatan citra")
        await page.get_by_label("Diangkat sebagai").select_option("PNS")
        await at.type("Golongan", "XII")
        await at.type("Terhitung mulai tanggal", "2026-02-02")
        await at.type("Surat keputusan", "SK 821/2/2026")
        await at.type("Alasan", "Lulus masa percobaan")
        await at.button("Periksa")
        await at.button("Catat pengangkatan")
        await page.get_by_role("link", name="bukan golongan PNS").wait_for()
        at.count -= 2  # of the form that was not right yet
        await at.type("Golongan", "III/b")
        await at.button("Periksa")
        assert "→ III/b" in await page.get_by_role("main").inner_text()
        await at.button("Catat pengangkatan")
        row = page.get_by_role("row", name="Pengangkatan")
        assert "Pegawai negeri sipil (PNS); III/b" in await row.inner_text()
        assert "Akan datang" in await row.inner_text()
        at.within(OFFICE, "appoint")
    found = (await house.acts.get("petugas", "registry", f"/servants/{who}/changes"))["items"]
    [one] = [one for one in found if one["kind"] == "APPOINTMENT"]
    assert (one["state"], one["effective_on"], one["effect"]["document"]) == ("PLANNED", "2026-02-02", "SK 821/2/2026")


async def test_what_is_to_come_is_taken_back_with_a_reason_before_its_day(house: House) -> None:
    async with house.seated("petugas", "/pengelola", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Perubahan kepegawaian yang akan datang")
        section = page.get_by_role("region", name="citra, Pengangkatan")
        await section.get_by_role("button", name="Batalkan perubahan").click()
        await page.get_by_role("link", name="Tulis mengapa perubahan ini dibatalkan").wait_for()
        await section.get_by_label("Alasan pembatalan").fill("SK dicabut")
        at.count += 1
        await section.get_by_role("button", name="Batalkan perubahan").click()
        await page.get_by_text("Perubahan dibatalkan.").wait_for()
        at.within(OFFICE, "planned")
        assert await section.count() == 0
    found = (await house.acts.get("petugas", "registry", f"/servants/{house.acts.id_of('citra')}/changes"))["items"]
    [one] = [one for one in found if one["kind"] == "APPOINTMENT"]
    assert (one["state"], one["note"]) == ("CANCELLED", "SK dicabut")
    async with house.seated("petugas", "/pengelola/perubahan?keadaan=CANCELLED", viewport=looking.NARROW) as page:
        assert "SK dicabut" in await page.get_by_role("main").inner_text()
        assert await looking.violations(page) == []
        assert await looking.too_wide(page) == []
    async with house.visitor("petugas") as client:
        assert "SK dicabut" in (await client.get("/pengelola/perubahan/berkas.csv?keadaan=CANCELLED")).text
        assert (await client.get("/pengelola/perubahan/berkas.exe")).status_code == 404


async def test_requests_are_worked_off_oldest_first_page_by_page_and_a_refusal_stays_on_its_page(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "SIZE", 1)
    for who, why in (("ani", "Atasan saya yang lama"), ("dewi", "Bidang saya yang baru")):
        asked = {"kind": "WRONG_RATER", "reason": why}
        await house.acts.post(who, "registry", "/requests", asked)
    async with house.seated("petugas", "/pengelola/permintaan", java_script_enabled=False) as page:
        main = page.get_by_role("main")
        assert "Atasan saya yang lama" in await main.inner_text()
        assert "Bidang saya yang baru" not in await main.inner_text()
        await page.get_by_role("link", name="Berikutnya").click()
        await page.get_by_text("Bidang saya yang baru").wait_for()
        assert await page.get_by_role("link", name="Berikutnya").count() == 0
        await page.get_by_label("Alasan keputusan").fill("ya")
        await page.get_by_role("button", name="Tolak").click()
        await page.get_by_role("alert").wait_for()
        assert "Bidang saya yang baru" in await main.inner_text()
        assert await page.get_by_label("Alasan keputusan").input_value() == "ya"
        await page.get_by_label("Alasan keputusan").fill("Data sudah benar")
        await page.get_by_role("button", name="Tolak").click()
        await page.get_by_text("Keputusan dicatat.").wait_for()
        await page.goto("/permintaan")
        assert "Atasan saya yang lama" not in await main.inner_text()


async def test_a_refusal_on_a_later_page_of_planned_changes_keeps_the_page_and_what_was_typed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planned, "SIZE", 1)
    async with house.seated("petugas", "/pengelola/perubahan", java_script_enabled=False) as page:
        await page.get_by_role("link", name="Berikutnya").click()
        await page.wait_for_url("**lanjut=**")
        while not await page.get_by_role("button", name="Batalkan perubahan").count():
            await page.get_by_role("link", name="Berikutnya").click()
        heading = await page.get_by_role("main").get_by_role("heading", level=2).last.inner_text()
        await page.get_by_label("Alasan pembatalan").fill("ya")
        await page.get_by_role("button", name="Batalkan perubahan").click()
        await page.get_by_role("alert").wait_for()
        assert await page.get_by_role("main").get_by_role("heading", level=2).last.inner_text() == heading
        assert await page.get_by_label("Alasan pembatalan").input_value() == "ya"
    async with house.visitor("petugas") as client:
        listed = (await client.get("/pengelola/perubahan/berkas.csv")).text
        assert "Mutasi rutin" in listed, "the file has every page"
        assert "Diklat kepemimpinan" in listed, "the file has every page"


async def test_nobody_else_changes_the_record(house: House) -> None:
    somebody = house.acts.id_of("budi")
    async with house.visitor("ani") as client:
        for path in (
            "/permintaan",
            f"/orang/{somebody}/penilai",
            f"/orang/{somebody}/status",
            f"/orang/{somebody}/nomor",
            *(f"/orang/{somebody}/{one}" for one in ("angkat", "masuk", "lepas", "datang", "jabatan")),
            *("/perubahan", "/perpindahan", "/perubahan/berkas.csv", "/perpindahan/berkas.csv"),
        ):
            assert (await client.get(f"/pengelola{path}")).status_code == 403
        assert (await client.get("/permintaan")).status_code == 200
