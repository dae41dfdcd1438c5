"""A panel's visit in the browser: the day, findings with proof, the report, the response of the head, and scores."""

import pytest
from playwright.async_api import FilePayload, Page

from contracts.base import Role
from tests.portal import looking
from tests.portal.house import POLICY_OF_HOUSE, House
from tests.portal.presses import Presses
from tests.portal.tasks import PANEL

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]
POLICY = (
    POLICY_OF_HOUSE.replace("features: {", "features: {panel_visits: true, ")
    .replace("{role: SUPERIOR, share: 100}", "{role: SUPERIOR, share: 70}\n  - {role: PANEL, share: 30}")
    .replace(
        "phases:\n",
        "visits:\n  checklist:\n    - {code: queue, label: {id: Antrean dicatat, en: The queue is recorded}}\nphases:\n",
        1,
    )
)
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 20


async def _visit(house: House, code: str) -> str:
    """The visit to a unit."""
    unit = await house.acts.unit(code)
    every = (await house.acts.get("petugas", "evaluation", "/visits"))["items"]
    return next(str(one["id"]) for one in every if one["unit_id"] == unit)


async def _from_the_task(page: Page, at: Presses, visit: str) -> None:
    """From the start page, whose list of tasks leads to the visit."""
    async with page.expect_navigation():
        await page.locator(f"main a[href='/kunjungan/{visit}']").first.click()
    at.count += 1


async def test_a_day_is_set_and_findings_with_proof_are_kept_until_the_report_takes_them(empty_house: House) -> None:
    house = empty_house
    await house.declare("penilai", Role.PANEL)
    await house.acts.open_cycle()
    await house.town.until("2025-12-03")
    for who in ("kabid_a", "ani"):
        await house.acts.read_the_standard(who)
    await house.town.until("2026-01-08")
    await house.acts.propose("ani")
    await house.acts.agree("kabid_a", "ani", "2026-01-08")
    await house.town.until("2026-02-05")
    visit = await _visit(house, "16.71.A")
    async with house.seated("penilai", f"/kunjungan/{visit}", viewport=looking.NARROW) as page:
        assert await looking.too_wide(page) == []
        await page.set_viewport_size({"width": 1280, "height": 800})
        assert await looking.violations(page) == []
    async with house.seated("penilai", "/lainnya", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Kunjungan tim penilai")
        await at.link("Bidang A")
        await at.type("Tanggal", "2026-02-05")
        await at.button("Simpan tanggal")
        await page.get_by_text("Tanggal tersimpan.").wait_for()
        at.within(PANEL, "day")
        for number, what in enumerate(("Antrean belum dicatat", "Standar layanan sobek"), start=1):
            await page.locator("#what").fill(what)
            await page.locator("#how").fill("Perbaiki bulan ini")
            if number == 1:
                file = FilePayload(name="foto.pdf", mimeType="application/pdf", buffer=PDF)
                await page.locator("#bukti").set_input_files(file)
            pressed = at.count
            await at.button("Tambah temuan")
            await page.get_by_role("heading", name=f"Temuan {number}").wait_for()
            at.count -= pressed
            at.within(PANEL, "finding")
        await page.goto("/")
        at.count = 0
        await _from_the_task(page, at, visit)
        await at.button("Kirim laporan dengan 2 temuan")
        await page.get_by_text("belum dijawab").first.wait_for()
        at.count -= 1  # of the form that was not right yet
        await page.get_by_role("group", name="Antrean dicatat").get_by_label("Tidak").check()
        await at.button("Kirim laporan dengan 2 temuan")
        await page.get_by_text("Laporan terkirim.").wait_for()
        at.within(PANEL, "sign")
        at.count += 1  # the answer to the one item
        at.within(PANEL, "checklist", chosen=1)
    found = await house.acts.get("petugas", "evaluation", f"/visits/{visit}")
    assert (found["state"], found["checklist"]) == ("HELD", {"queue": False})
    assert [one["number"] for one in found["findings"]] == [1, 2]
    [proof] = found["findings"][0]["evidence"]
    assert proof["title"] == "foto.pdf"


async def test_the_plans_of_the_visited_unit_are_one_press_away_for_its_panel(empty_house: House) -> None:
    house = empty_house
    visit = await _visit(house, "16.71.A")
    path = f"/kunjungan/{visit}/rencana"
    for begin in ("/", f"/kunjungan/{visit}"):
        async with house.seated("penilai", begin, java_script_enabled=False) as page:
            at = Presses(page)
            await at.link("Rencana kinerja Bidang A")
            text = await page.get_by_role("main").inner_text()
            at.within(PANEL, "plans")
            assert await page.get_by_role("heading", level=2).all_inner_texts() == ["ani"]
            assert "Surat yang dijawab: 40 surat" in text
    async with house.seated("penilai", path) as page:
        assert await looking.violations(page) == []
        await page.set_viewport_size(looking.NARROW)
        assert await looking.too_wide(page) == []
    looks = (await house.acts.get("ani", "plans", "/lookups"))["items"]
    assert next(str(one.sub) for one in house.others if one.name == "penilai") in {one["reader_id"] for one in looks}
    for who in ("kabid_a", "petugas", "dewi"):
        async with house.visitor(who) as client:
            assert (await client.get(path)).status_code == 403


async def test_the_tasks_of_a_panel_name_the_unit_and_the_day(empty_house: House) -> None:
    async with empty_house.visitor("penilai") as client:
        text = (await client.get("/")).text
    assert text.count("Laksanakan kunjungan lapangan: Bidang B, tanggal belum ditetapkan") == 1
    assert "Laksanakan kunjungan lapangan<" not in text
    async with empty_house.visitor("kabid_a") as client:
        assert "Tanggapi temuan kunjungan lapangan: Bidang A, 5 Februari 2026" in (await client.get("/")).text


async def test_a_report_that_was_begun_stays_whatever_is_done_beside_it(empty_house: House) -> None:
    house = empty_house
    visit = await _visit(house, "16.71.B")
    async with house.seated("penilai", f"/kunjungan/{visit}") as page:
        at, answer = Presses(page), page.get_by_role("group", name="Antrean dicatat").get_by_label("Ya")
        report = page.locator("form[data-draft^='/draf/kunjungan/']")
        await at.type("Tanggal", "2026-02-06")
        await at.button("Simpan tanggal")
        await answer.check()
        await report.locator("[data-draft-line]").filter(has_text=":").wait_for()
        await at.button("Tambah temuan")
        assert await page.locator("#what-error").count() == 1
        assert await answer.is_checked()
        await at.type("Tanggal", "2026-02-09")
        await at.type("Alasan", "Kepala bidang rapat")
        await at.button("Simpan tanggal")
        await page.get_by_text("Tanggal tersimpan.").wait_for()
        assert await answer.is_checked()


async def test_the_visited_head_answers_each_finding(empty_house: House) -> None:
    house = empty_house
    await house.town.deliver()
    visit = await _visit(house, "16.71.A")
    async with house.seated("kabid_a", f"/kunjungan/{visit}") as page:
        at = Presses(page)
        await page.get_by_role("group", name="Temuan 1").get_by_label("Setuju").check()
        await page.get_by_role("group", name="Temuan 2").get_by_label("Menjelaskan").check()
        await at.button("Kirim tanggapan")
        await page.get_by_text("sampaikan pandangan Anda").first.wait_for()
        await at.type("Penjelasan atas temuan 2", "Sudah dicetak ulang")
        await at.button("Kirim tanggapan")
        await page.get_by_text("Tanggapan terkirim").wait_for()
    found = await house.acts.get("petugas", "evaluation", f"/visits/{visit}")
    assert [one["stance"] for one in found["response"]] == ["AGREE", "EXPLAIN"]


async def test_the_panel_scores_the_people_of_the_unit_once_its_head_has_answered(empty_house: House) -> None:
    house = empty_house
    visit = await _visit(house, "16.71.A")
    async with house.seated("penilai") as page:
        at = Presses(page)
        await _from_the_task(page, at, visit)
        assert await looking.violations(page) == []
        await at.button("Simpan nilai")
        await page.get_by_text("Isi nilai sedikitnya satu orang").wait_for()
        at.count -= 1  # of the form that was not right yet
        await page.get_by_role("group", name="ani").get_by_label("Nilai Perilaku").fill("92,5")
        await at.button("Simpan nilai")
        await page.get_by_text("Nilai tersimpan.").wait_for()
        at.within(PANEL, "assess")
        for who in ("budi", "citra", "kabid_a"):
            await page.get_by_role("group", name=who).get_by_label("Nilai Perilaku").fill("90")
        await at.button("Simpan nilai")
        await page.get_by_text("Nilai tersimpan.").wait_for()
        # Everybody is assessed: that was the end of the visit, and of reading what its people agreed on.
        assert await page.get_by_role("link", name="Rencana kinerja Bidang A").count() == 0
    await house.town.deliver()
    async with house.visitor("penilai") as client:
        over = await client.get(f"/kunjungan/{visit}/rencana")
    assert (over.status_code, "kunjungan sudah selesai" in over.text) == (403, True)
    appraisal = await house.acts.get("petugas", "evaluation", f"/appraisals/{house.acts.appraisal('ani')}")
    assert [one["role"] for one in appraisal["assessments"]] == ["PANEL"]


async def test_the_report_is_a_paper_and_earlier_visits_stand_on_the_page_of_the_visit(empty_house: House) -> None:
    visit = await _visit(empty_house, "16.71.A")
    async with empty_house.seated("penilai", java_script_enabled=False) as page:
        at = Presses(page)
        assert "Kunjungan ke Bidang A" in await page.get_by_role("main").inner_text()
        at.within(PANEL, "owed")
        await _from_the_task(page, at, visit)
        text = await page.get_by_role("main").inner_text()
        assert "Sudah dicetak ulang" in text  # the response
        at.within(PANEL, "response")
        assert "Kunjungan sebelumnya ke unit ini" in text
        at.within(PANEL, "past")
        where = await page.get_by_role("link", name="Laporan sebagai PDF").get_attribute("href")
        at.count += 1
        at.within(PANEL, "print")
    async with empty_house.visitor("penilai") as client:
        paper = await client.get(str(where))
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")


async def test_whoever_is_not_concerned_finds_the_visit_closed(empty_house: House) -> None:
    visit = await _visit(empty_house, "16.71.A")
    async with empty_house.visitor("dewi") as client:
        assert (await client.get(f"/kunjungan/{visit}")).status_code in (403, 404)
