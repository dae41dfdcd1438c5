"""The office steers a cycle: preview and opening, more time in every service, extension, pause, resumption, cancellation."""

import httpx2
import pytest

from kinerja.stack.ports import HOST, choose
from tests.portal.house import House
from tests.portal.presses import Presses
from tests.portal.tasks import OFFICE
from tests.portal.years import nip_of

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]


async def test_a_cycle_is_opened_after_a_preview_that_says_who_is_in(house: House) -> None:
    async with house.seated("petugas", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Meja pengelola")
        await at.link("Buka siklus penilaian")
        await page.get_by_role("heading", name="Pratinjau 1 Januari 2027").wait_for()
        text = await page.get_by_role("main").inner_text()
        assert "Ikut dinilai" in text
        assert "Kebijakan" in text
        await at.button("Buka siklus")
        await page.get_by_text("Siklus dibuka.").wait_for()
        at.within(OFFICE, "open")


async def test_more_time_is_one_form_and_says_what_came_of_it_in_each_service(house: House) -> None:
    who = await house.acts.call("petugas", "GET", "registry", f"/servants/{house.acts.id_of('ani')}")
    async with house.seated("petugas", f"/pengelola?siklus={house.acts.cycle}") as page:
        at = Presses(page)
        await at.link("Tambahan waktu")
        await at.type("NIP pegawai", "123")
        await at.type("Batas waktu baru", "2026-01-20")
        await at.type("Alasan tambahan waktu", "Bertugas di luar kota")
        await at.button("Beri tambahan waktu")
        await page.get_by_text("Tidak ada pegawai dengan NIP ini").first.wait_for()
        at.count = 1
        await at.type("NIP pegawai", who["nip"])
        await at.button("Beri tambahan waktu")
        await page.get_by_role("heading", name="Hasil pada tiap layanan").wait_for()
        at.within(OFFICE, "more time")
        said = await page.get_by_role("status").inner_text()
        assert "Rencana dan laporan" in said
        assert "Penilaian" in said
        assert "Umpan balik dan keberatan: 1 kewajiban bergeser." in said


async def test_a_refusal_and_silence_are_what_came_of_it_in_that_service_alone(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/pengelola/waktu/{house.acts.cycle}"
    free = choose(["nobody"], {})["nobody"]
    async with (
        house.seated("petugas", path, java_script_enabled=False) as page,
        httpx2.AsyncClient(base_url=f"http://{HOST}:{free}") as nobody,
    ):
        at = Presses(page)
        await at.type("NIP pegawai", await nip_of(house, "petugas"))
        await at.type("Batas waktu baru", "2026-01-21")
        await at.type("Alasan tambahan waktu", "Bertugas di luar kota")
        await at.button("Beri tambahan waktu")
        await page.get_by_role("heading", name="Hasil pada tiap layanan").wait_for()
        assert await page.get_by_role("status").get_by_role("listitem").count() == 3
        assert "kewajiban bergeser" not in await page.get_by_role("status").inner_text()  # nobody gives himself time
        monkeypatch.setitem(house.portal.state.services._clients, "plans", nobody)
        await at.type("NIP pegawai", await nip_of(house, "ani"))
        await at.button("Beri tambahan waktu")
        said = await page.get_by_role("status").inner_text()
        assert "Rencana dan laporan: layanan ini tidak menjawab" in said
        assert "Umpan balik dan keberatan: 1 kewajiban bergeser." in said


async def test_more_time_is_for_a_unit_or_a_person_and_the_page_of_a_person_brings_the_nip(house: House) -> None:
    nip = await nip_of(house, "ani")
    async with house.seated("petugas", f"/pengelola/orang/{house.acts.id_of('ani')}") as page:
        at = Presses(page)
        await page.locator(f"main a[href^='/pengelola/waktu/{house.acts.cycle}']").click()
        assert await page.locator("#nip").input_value() == nip
        await at.select("Unit beserta semua di bawahnya", "Bidang A")
        await at.type("Batas waktu baru", "2026-01-22")
        await at.type("Alasan tambahan waktu", "Bertugas di luar kota")
        await at.button("Beri tambahan waktu")
        assert "Pilih salah satu" in await page.locator("#nip-error").inner_text()
        assert await page.get_by_role("heading", name="Hasil pada tiap layanan").count() == 0


async def test_that_cycles_overlap_stays_ticked_when_something_else_is_wrong(house: House) -> None:
    async with house.seated("petugas", "/pengelola/siklus/baru?mulai=2026-01-01&bulan=12") as page:
        at = Presses(page)
        box = page.get_by_label("Buka walaupun periodenya bertumpang tindih")
        assert not await box.is_checked()
        await box.check()
        await at.type("Nama siklus", "x" * 201)
        await at.button("Buka siklus")
        await page.get_by_role("alert").get_by_text("paling banyak 200 huruf").wait_for()
        assert await box.is_checked()


async def test_a_phase_is_extended_and_a_cycle_paused_resumed_and_cancelled_with_a_reason(house: House) -> None:
    async with house.seated("petugas", f"/pengelola?siklus={house.acts.cycle}") as page:
        at = Presses(page)
        await at.link("Kendalikan siklus ini")
        await at.button("Jeda")
        await page.get_by_role("link", name="Tulis alasannya").wait_for()
        at.count -= 1  # of the form that was not right yet
        await at.type("Alasan jeda", "Banjir besar di kota")
        await at.button("Jeda")
        await page.get_by_text("Siklus dijeda").wait_for()
        at.within(OFFICE, "steer")
        await at.type("Alasan melanjutkan", "Banjir telah surut")
        await at.button("Lanjutkan")
        await page.get_by_text("Siklus berjalan kembali").wait_for()
        await at.type("Batas waktu baru", "2026-02-20")
        await at.type("Alasan perpanjangan", "Banjir besar di kota")
        await at.button("Perpanjang")
        await page.get_by_text("Tahap diperpanjang").wait_for()
        await at.type("Alasan pembatalan", "Digabung dengan siklus lain")
        await at.button("Batalkan siklus")
        await page.get_by_role("link", name="Beri tanda bahwa Anda mengerti").wait_for()
        await page.get_by_label("Saya mengerti").check()
        await at.button("Batalkan siklus")
        await page.get_by_text("Siklus dibatalkan").wait_for()
    standing = await house.acts.call("petugas", "GET", "evaluation", f"/cycles/{house.acts.cycle}/standing")
    assert standing["closed_at"] is not None or standing["state"] == "CANCELLED"


async def test_nobody_else_steers(house: House) -> None:
    async with house.visitor("ani") as client:
        for path in ("/siklus/baru", f"/siklus/{house.acts.cycle}", f"/waktu/{house.acts.cycle}"):
            assert (await client.get(f"/pengelola{path}")).status_code == 403
