"""Sessions in the browser: planned, invited to, come to, reported and called off; materials, the quiz, who was reached."""

import pytest

from tests.portal import looking
from tests.portal.drafting import continued_elsewhere
from tests.portal.house import POLICY_OF_HOUSE, House
from tests.portal.long_forms import SESSION_REPORT
from tests.portal.presses import Presses

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]
POLICY = (
    POLICY_OF_HOUSE
    + """\
session_topics: [{id: Mengukur capaian, en: Measuring achievement}]
learning:
  quiz:
    - text: {id: Mana yang terukur, en: Which can be measured}
      options: [{id: Kerja baik, en: Good work}, {id: Surat dijawab, en: Letters answered}]
      right: 2
      why: {id: Surat dapat dihitung., en: Letters can be counted.}
"""
)


async def _sessions(house: House) -> list[dict[str, object]]:
    page = await house.acts.get("petugas", "feedback", f"/sessions?cycle_id={house.acts.cycle}")
    return list(page["items"])


async def test_the_session_that_is_owed_is_reported_from_the_list_of_tasks(house: House) -> None:
    nip = (await house.acts.get("petugas", "registry", f"/servants/{house.acts.id_of('ani')}"))["nip"]
    async with house.seated("petugas", java_script_enabled=False) as page:
        at = Presses(page)
        await page.locator("main a[href^='/pengelola/sosialisasi/']").first.click()
        await page.get_by_role("heading", name="Mengukur capaian (1)").wait_for()
        await at.button("Kirim laporan")
        assert await page.locator("#held_on-error").count() == 1
        await at.type("Dilaksanakan pada", "2025-12-03")
        await at.type("NIP yang juga hadir", f"{nip}\n19000101")
        await at.button("Kirim laporan")
        assert "19000101" in await page.locator("#nips-error").inner_text()
        await at.type("NIP yang juga hadir", nip)
        await at.button("Kirim laporan")
        await page.get_by_text("Laporan tersimpan.").wait_for()
        await page.goto("/")
        assert await page.locator("main a[href^='/pengelola/sosialisasi/']").count() == 0
    [held] = await _sessions(house)
    assert (held["state"], held["attended"]) == ("HELD", 1)


async def test_a_further_session_is_planned_in_four_presses_and_a_unit_invited(house: House) -> None:
    async with house.seated("petugas", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Meja pengelola")
        await at.link("Sosialisasi", exact=True)
        await at.type("Tanggal", "2025-12-15")
        await at.type("Tempat", "Aula Dinas")
        await at.type("Jumlah kursi", "20")
        await at.button("Rencanakan sesi")
        await page.get_by_text("Sesi direncanakan.").wait_for()
        assert at.count <= 4
        await at.link("Mengukur capaian (2)")
        await at.button("Kirim undangan")
        assert await page.locator("#unit-error").count() == 1
        await at.select("Semua di unit", "Bidang A")
        await at.button("Kirim undangan")
        await page.get_by_text("Undangan terkirim.").wait_for()
    further = next(one for one in await _sessions(house) if one["number"] == 2)
    assert further["invited"] == 4


async def test_who_is_invited_comes_or_not_in_three_presses(house: House) -> None:
    async with house.seated("ani", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Lainnya")
        await at.link("Sosialisasi, bahan belajar")
        assert "Anda diundang" in await page.get_by_role("main").inner_text()
        assert "Anda hadir" in await page.get_by_role("main").inner_text()
        await at.button("Ikuti: Mengukur capaian")
        await page.get_by_text("Anda terdaftar pada sesi itu.").wait_for()
        assert at.count <= 3
        await at.button("Batal mengikuti: Mengukur capaian")
        await page.get_by_text("Kursi Anda dilepas.").wait_for()


async def test_the_quiz_is_judged_at_once_with_the_reason(house: House) -> None:
    async with house.seated("ani", "/belajar", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Kuis")
        await at.button("Periksa jawaban")
        await page.get_by_text("Pilih satu jawaban").first.wait_for()
        await at.choose("Kerja baik")
        await at.button("Periksa jawaban")
        await page.get_by_text("Benar 0 dari 1.").wait_for()
        assert "yang benar: Surat dijawab" in await page.get_by_role("main").inner_text()
        await at.choose("Surat dijawab")
        await at.button("Periksa jawaban")
        await page.get_by_text("Benar 1 dari 1.").wait_for()


async def test_a_question_is_added_in_both_languages_and_taken_away(house: House) -> None:
    async with house.seated("petugas", f"/pengelola/kuis/{house.acts.cycle}", java_script_enabled=False) as page:
        at = Presses(page)
        assert "Belum" in await page.get_by_role("main").inner_text()  # one has tried: too few for numbers
        await at.type("Soal (Indonesia)", "Kapan rencana ditetapkan")
        await at.type("Soal (Inggris)", "When is a plan set")
        for number, (indonesian, english) in enumerate((("Januari", "January"), ("Juli", "July")), start=1):
            await at.type(f"Pilihan {number} (Indonesia)", indonesian)
            await at.type(f"Pilihan {number} (Inggris)", english)
        await at.select("Jawaban yang benar", "Pilihan 4")
        await at.button("Simpan soal")
        assert await page.locator("#right-error").count() == 1
        assert await page.locator("#why_en-error").count() == 1
        await at.select("Jawaban yang benar", "Pilihan 1")
        await at.type("Mengapa (Indonesia)", "Pasal 14")
        await at.type("Mengapa (Inggris)", "Article 14")
        await at.button("Simpan soal")
        await page.get_by_text("Kuis diperbarui.").wait_for()
        await at.button("Tarik: Kapan rencana ditetapkan")
        await page.get_by_text("Kuis diperbarui.").wait_for()
        assert "Kapan rencana ditetapkan" not in await page.get_by_role("main").inner_text()


async def test_a_report_that_was_begun_goes_on_on_another_device(house: House) -> None:
    further = next(one for one in await _sessions(house) if one["number"] == 2)
    path = SESSION_REPORT.path.format(session=further["id"])
    await continued_elsewhere(house, SESSION_REPORT.who, [(SESSION_REPORT.draft, path)])


async def test_a_session_is_called_off_and_materials_are_kept_and_taken_away(house: House) -> None:
    further = next(one for one in await _sessions(house) if one["number"] == 2)
    async with house.seated("petugas", f"/pengelola/sosialisasi/{further['id']}") as page:
        assert await looking.violations(page) == []
        await page.set_viewport_size(looking.NARROW)
        assert await looking.too_wide(page) == []
        at = Presses(page)
        await at.type("Alasan pembatalan", "Aula dipakai untuk rapat lain")
        await at.button("Batalkan sesi ini")
        await page.get_by_text("Sesi dibatalkan;").wait_for()
        await page.goto(f"/pengelola/bahan/{house.acts.cycle}")
        await at.button("Simpan bahan")
        assert await page.locator("#title_en-error").count() == 1
        await at.type("Judul (Indonesia)", "Cara mengukur")
        await at.type("Judul (Inggris)", "How to measure")
        await at.type("Tautan", "https://contoh.example/ukur")
        await at.button("Simpan bahan")
        await page.get_by_text("Bahan belajar tersimpan.").wait_for()
        assert await looking.violations(page) == []
        await at.button("Tarik: Cara mengukur")
        await page.get_by_text("Bahan belajar tersimpan.").wait_for()
        assert await page.get_by_role("heading", name="Cara mengukur").count() == 0
    assert {one["state"] for one in await _sessions(house)} == {"HELD", "CALLED_OFF"}


async def test_whoever_is_no_office_plans_nothing(house: House) -> None:
    async with house.visitor("ani") as client:
        for path in ("/pengelola/sosialisasi", f"/pengelola/bahan/{house.acts.cycle}"):
            assert (await client.get(path)).status_code == 403
