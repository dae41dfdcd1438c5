"""Sessions in the browser: planned, invited to, come to, reported and called off; materials, the quiz, who was reached."""

from uuid import UUID

import pytest
from playwright.async_api import Page

from services.feedback.sessions.models import TrainingSession
from services.feedback.sessions.rules import SessionState
from services.portal.training import session
from services.portal.upstream import services as upstream
from tests.portal import looking
from tests.portal.drafting import continued_elsewhere
from tests.portal.house import POLICY_OF_HOUSE, House
from tests.portal.long_forms import SESSION_REPORT
from tests.portal.presses import Presses
from tests.workflows.year.place import CITY

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


async def test_the_session_that_is_owed_is_reported_from_the_list_of_tasks(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    nip = (await house.acts.get("petugas", "registry", f"/servants/{house.acts.id_of('ani')}"))["nip"]
    async with house.seated("petugas", java_script_enabled=False) as page:
        at = Presses(page)
        await page.locator("main a[href^='/pengelola/sosialisasi/']").first.click()
        await page.get_by_role("heading", name="Mengukur capaian (1)").wait_for()
        await at.button("Kirim laporan")
        assert await page.locator("#held_on-error").count() == 1
        await at.type("Dilaksanakan pada", "2025-12-03")
        await at.type("NIP yang juga hadir", f"{nip}\n19000101\n\n1900 0102")
        await at.button("Kirim laporan")
        assert "19000101, 19000102" in await page.locator("#nips-error").inner_text()
        with monkeypatch.context() as bound:
            bound.setattr(session, "_MOST_NIPS", 2)
            await at.button("Kirim laporan")
            assert "Ada 3 NIP; paling banyak 2" in await page.locator("#nips-error").inner_text()
        await at.type("NIP yang juga hadir", f"{nip[:8]} {nip[8:]}\n{nip}")
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
        for nothing in ("NaN", "1e999999999", "20,5", "20001", "9" * 5_000):
            await at.type("Jumlah kursi", nothing)
            await at.button("Rencanakan sesi")
            assert "1 sampai 20000" in await page.locator("#seats-error").inner_text(), nothing
            at.count -= 1  # of the form that was not right yet
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


async def test_a_report_that_was_begun_stays_whatever_else_the_page_refuses(house: House) -> None:
    further = next(one for one in await _sessions(house) if one["number"] == 2)
    path = f"/pengelola/sosialisasi/{further['id']}"

    async def stays(page: Page) -> None:
        assert [await page.locator(f"#{one}").input_value() for one in ("held_on", "nips")] == ["2025-12-15", "1990"]
        assert await page.locator("#nips-error").count() == 0
        assert await page.locator("[name=attendee]:checked").count() == 1

    async with house.seated("petugas", path) as page:
        at = Presses(page)
        assert await page.locator("[name=attendee]").count() == 4
        await page.locator("#held_on").fill("2025-12-15")
        for box in await page.locator("[name=attendee]:checked").all():
            await box.uncheck()
        await page.locator("[name=attendee]").last.check()
        await _saved(page, "#nips", "1990")
        await at.button("Kirim undangan")
        assert await page.locator("#unit-error").count() == 1
        assert await page.locator("#invited").input_value() == ""
        await stays(page)
        await at.type("NIP yang diundang", "19000103")
        await at.button("Kirim undangan")
        assert "19000103" in await page.locator("#invited-error").inner_text()
        await stays(page)
        await at.button("Batalkan sesi ini")
        assert await page.locator("#reason-error").count() == 1
        await stays(page)
        await _saved(page, "#materials", "Salindia")  # over the draft as the page shows it
        await page.goto(path)
        await stays(page)


async def _saved(page: Page, field: str, text: str) -> None:
    """Type it, and wait until the draft has it."""
    async with page.expect_response(lambda one: "/draf/" in one.url and text in (one.request.post_data or "")):
        await page.locator(field).fill(text)
        await page.locator(field).blur()


async def test_everybody_of_a_session_is_listed_page_by_page_and_named_where_ticks_are_too_many(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    further = next(one for one in await _sessions(house) if one["number"] == 2)
    path = f"/pengelola/sosialisasi/{further['id']}"
    monkeypatch.setattr(upstream, "_PAGE", 3)
    async with house.visitor("petugas") as client:
        assert (await client.get(path)).text.count('name="attendee"') == 4
        monkeypatch.setattr(session, "_MOST_TICKED", 3)
        text = (await client.get(path)).text
    assert 'name="attendee"' not in text
    assert "Peserta sesi ini 4 orang" in text
    assert text.partition("<tbody")[2].count("<th scope=") == 4


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


async def test_a_session_that_nobody_reported_is_not_called_off(house: House) -> None:
    further = next(one for one in await _sessions(house) if one["number"] == 2)
    async with house.visitor("ani") as client:
        said = (await client.get("/belajar")).text
        assert "Mengukur capaian: dibatalkan" in said
        assert "Mengukur capaian: berlangsung 3 Desember 2025" in said
        async with house.town.databases["feedback"].transaction(CITY) as writing:
            found = await writing.get_one(TrainingSession, (CITY, UUID(str(further["id"]))))
            found.state = SessionState.LAPSED.value  # a further one lapses as the one that is owed does
        said = (await client.get("/belajar")).text
        assert "Mengukur capaian: belum dilaporkan" in said
        assert "dibatalkan" not in said


async def test_whoever_is_no_office_plans_nothing(house: House) -> None:
    async with house.visitor("ani") as client:
        for path in ("/pengelola/sosialisasi", f"/pengelola/bahan/{house.acts.cycle}"):
            assert (await client.get(path)).status_code == 403
