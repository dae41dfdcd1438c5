"""Files and photos in the forms of a civil servant: shrunk by a script, sent without one, shown to who may see the item."""

import asyncio
import os
import re
import struct
import zlib
from typing import Any

import pytest
from playwright.async_api import Error, FilePayload, Page, Route

from services.portal.evidence.rules.kinds import LARGEST
from tests.portal import looking
from tests.portal.drafting import end_session
from tests.portal.house import House, pass_until
from tests.portal.presses import Presses
from tests.portal.tasks import SERVANT
from tests.workflows.year.acts import BELOW

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 20
_REFERENCE = re.compile(r"/bukti/[0-9a-f-]{36}$")


def _photo(width: int = 1600, height: int = 1200) -> bytes:
    """A PNG that nothing makes smaller but fewer pixels: as large as what a camera takes."""
    rows = b"".join(b"\0" + os.urandom(width * 3) for _ in range(height))
    parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows, 1)))
    chunks = (*parts, (b"IEND", b""))
    made = [struct.pack(">I", len(c)) + n + c + struct.pack(">I", zlib.crc32(n + c)) for n, c in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def _letter(name: str = "surat.pdf") -> FilePayload:
    return FilePayload(name=name, mimeType="application/pdf", buffer=PDF)


async def _links(page: Page) -> list[str]:
    """Where the proofs of a page lead."""
    links = await page.get_by_role("main").locator("a[href*='/bukti/']").all()
    return [_REFERENCE.findall(str(await one.get_attribute("href")))[0] for one in links]


async def _seen(house: House, path: str, **people: int) -> None:
    """Who gets the file, and who does not."""
    for who, status in people.items():
        async with house.visitor(who) as client:
            assert (await client.get(path)).status_code == status, who


async def _planned(house: House) -> Any:
    """The first report of ani, whose period has ended."""
    await house.town.until("2026-01-08")
    await house.acts.propose("ani")
    await house.acts.agree("kabid_a", "ani", "2026-01-08")
    await pass_until(house, "2026-04-02")
    return (await house.acts.plan("ani"))["reports"][0]["id"]


async def _confirmed(page: Page) -> None:
    """The report is sent; what the page says instead is told, for it may be why."""
    try:
        await page.get_by_text("Laporan terkirim.").wait_for()
    except Error as late:
        pytest.fail(f"{late}; {page.url}: {await page.get_by_role('main').inner_text()}")


async def test_a_photo_is_attached_to_a_report_in_two_presses_and_shrunk_on_the_phone(house: House) -> None:
    report = await _planned(house)
    photo = _photo()
    assert len(photo) > LARGEST
    async with house.seated("ani", viewport=looking.NARROW) as page:
        at = Presses(page)
        await at.link("realisasi")
        await at.type("Realisasi", "12,5")
        camera = FilePayload(name="foto kegiatan.png", mimeType="image/png", buffer=photo)
        await page.locator("#bukti0").set_input_files(camera)
        await page.get_by_label("foto kegiatan.jpg terkirim").wait_for()
        assert await looking.violations(page) == []
        assert await looking.too_wide(page) == []
        await at.button("Kirim laporan")
        await page.get_by_text("Laporan terkirim.").wait_for()
        at.within(SERVANT, "evidence")
        [link] = await _links(page)
    [figure] = (await house.acts.get("ani", "plans", f"/reports/{report}"))["indicators"]
    assert [(one["kind"], one["title"]) for one in figure["evidence"]] == [("PHOTO", "foto kegiatan.jpg")]
    await _seen(house, link, kabid_a=200, kadis=200, budi=404, kabid_b=404)
    async with house.visitor("kabid_a") as client:
        assert link in (await client.get(f"/laporan/{report}")).text
        shown = await client.get(link)
    assert shown.content.startswith(b"\xff\xd8\xff")
    assert len(shown.content) < LARGEST


async def test_whoever_sends_the_form_while_a_file_is_under_way_does_not_lose_it(house: House) -> None:
    report = (await house.acts.plan("ani"))["reports"][0]["id"]
    async with house.seated("ani", f"/laporan/{report}") as page:
        await page.locator("#bukti0").set_input_files([_letter("agenda.pdf"), _letter("daftar.pdf")])
        await page.get_by_role("main").get_by_role("button", name="Kirim laporan").click()
        await _confirmed(page)
    [figure] = (await house.acts.get("ani", "plans", f"/reports/{report}"))["indicators"]
    assert sorted(one["title"] for one in figure["evidence"])[:2] == ["agenda.pdf", "daftar.pdf"]


async def test_a_file_whose_announcement_is_lost_on_the_way_is_announced_again(house: House) -> None:
    report, lost = (await house.acts.plan("ani"))["reports"][0]["id"], 0

    async def lose(route: Route) -> None:
        nonlocal lost
        lost += 1
        await (route.abort("connectionreset") if lost == 1 else route.continue_())

    async with house.seated("ani", f"/laporan/{report}") as page:
        await page.route("**/bukti", lose)
        await page.locator("#bukti0").set_input_files(_letter("undangan.pdf"))
        await page.get_by_label("undangan.pdf terkirim").wait_for()
    assert lost == 2


async def test_a_form_whose_file_cannot_be_sent_says_why_and_is_not_sent_without_it(house: House) -> None:
    report = (await house.acts.plan("ani"))["reports"][0]["id"]
    path, pressed = f"/laporan/{report}", asyncio.Event()

    async def refuse(route: Route) -> None:
        await pressed.wait()
        await route.fulfill(status=503, content_type="text/html", body="<h1>x</h1>")

    async with house.seated("ani", path) as page:
        await page.route("**/bukti", refuse)
        await page.locator("#bukti0").set_input_files(_letter("agenda.pdf"))
        await page.get_by_role("main").get_by_role("button", name="Kirim laporan").click()
        pressed.set()
        await page.get_by_text("agenda.pdf tidak terkirim.").wait_for()
        assert page.url.endswith(path)
        await page.unroute("**/bukti")
        await end_session(house, page)
        await page.locator("#bukti0").set_input_files(_letter("daftar.pdf"))
        await page.get_by_text("Sesi Anda berakhir.").wait_for()


async def test_an_initiative_is_recorded_with_its_proof_in_three_presses_without_a_script(house: House) -> None:
    async with house.seated("ani", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Lainnya")
        await at.link("Catat inisiatif")
        await at.type("Judul", "Arsip digital")
        await at.type("Apa yang Anda lakukan?", "Memindai arsip")
        await at.type("Apa manfaatnya?", "Surat ditemukan dalam satu menit")
        await page.locator("#bukti").set_input_files([_letter(), _letter("hasil.pdf")])
        await at.button("Kirim")
        await page.get_by_text("Inisiatif tercatat.").wait_for()
        at.within(SERVANT, "initiative")
        first, second = await _links(page)
    assert first != second
    await _seen(house, first, ani=200, kabid_a=200, budi=404)
    [one] = (await house.acts.get("ani", "plans", f"/initiatives?servant_id={house.acts.id_of('ani')}"))["items"]
    assert [each["title"] for each in one["evidence"]] == ["surat.pdf", "hasil.pdf"]
    async with house.seated("kabid_a", f"/inisiatif/{one['id']}") as page:
        assert await _links(page) == [first, second]


async def test_a_file_that_is_none_is_said_at_its_field_and_the_others_stay(house: House) -> None:
    async with house.seated("ani", "/inisiatif/baru", java_script_enabled=False) as page:
        at = Presses(page)
        await at.type("Judul", "Peta loket")
        program = FilePayload(name="loket.pdf", mimeType="application/pdf", buffer=b"MZ program")
        await page.locator("#bukti").set_input_files([_letter(), program])
        await at.button("Kirim")
        assert "loket.pdf bukan PDF" in await page.locator("#bukti-error").inner_text()
        assert await page.get_by_label("surat.pdf terkirim").is_checked()
        await at.type("Apa yang Anda lakukan?", "Menggambar peta")
        await at.type("Apa manfaatnya?", "Antrean pendek")
        await page.get_by_label("surat.pdf terkirim").uncheck()  # and is left out
        await at.button("Kirim")
        await page.get_by_text("Inisiatif tercatat.").wait_for()
    every = (await house.acts.get("ani", "plans", f"/initiatives?servant_id={house.acts.id_of('ani')}"))["items"]
    assert [one["evidence"] for one in every if one["title"] == "Peta loket"] == [[]]


async def test_nobody_points_to_a_file_that_somebody_else_brought(house: House) -> None:
    [one, *_] = (await house.acts.get("ani", "plans", f"/initiatives?servant_id={house.acts.id_of('ani')}"))["items"]
    stolen = [each["reference"].rpartition("/")[2] for each in one["evidence"]] or ["no id"]
    begun = {"title": "Tiruan", "description": "Meniru", "benefit": "Tidak ada", "kind": "INITIATIVE"}
    async with house.visitor("budi") as client:
        token = re.findall(r'name="csrf" value="(\w+)"', (await client.get("/inisiatif/baru")).text)[0]
        sent = begun | {"csrf": token, "form_id": "", "bukti_id": [*stolen, "no id"]}
        assert "Inisiatif tercatat." in (await client.post("/inisiatif/baru", data=sent)).text
    [taken] = (await house.acts.get("budi", "plans", f"/initiatives?servant_id={house.acts.id_of('budi')}"))["items"]
    assert taken["evidence"] == []


async def _assessed(house: House) -> None:
    """The year is over, the organisation is rated, and ani is assessed."""
    acts = house.acts
    await pass_until(house, "2027-01-07")
    await acts.report("ani", 4)
    units = (await acts.get("petugas", "evaluation", f"/cycles/{acts.cycle}/units"))["items"]
    achieved = [{"unit_id": one["unit_id"], "performance": "GOOD"} for one in units]
    for officer in ("petugas", "eko"):
        await acts.post(officer, "evaluation", f"/cycles/{acts.cycle}/org-performance", {"items": achieved})
    await house.town.until("2027-01-14")
    await acts.assess("kabid_a", "ani", BELOW)
    await house.town.until("2027-01-15")


async def test_a_question_about_a_result_brings_its_proof_in_three_presses(house: House) -> None:
    await _assessed(house)
    async with house.seated("ani") as page:
        at = Presses(page)
        await at.link("Hasil")
        await at.link("Minta klarifikasi")
        await at.type("Pertanyaan atau penjelasan Anda", "Mengapa surat ini tidak dihitung?")
        await page.locator("#bukti").set_input_files(_letter())
        await page.get_by_label("surat.pdf terkirim").wait_for()
        await at.button("Kirim pertanyaan")
        await page.get_by_text("Pertanyaan Anda terkirim").wait_for()
        at.within(SERVANT, "clarify")
        [link] = await _links(page)
    await _seen(house, link, kabid_a=200, petugas=200, kadis=404, budi=404)
    [asked] = (await house.acts.get("ani", "feedback", "/clarifications"))["items"]
    async with house.seated("kabid_a", f"/klarifikasi/{asked['id']}/jawab") as page:
        assert await _links(page) == [link]
    answer = {"outcome": "EXPLAINED", "reason": "Surat itu di luar rencana"}
    await house.acts.post("kabid_a", "feedback", f"/clarifications/{asked['id']}/answer", answer)


async def test_an_objection_keeps_its_proof_through_the_check_in_four_presses(house: House) -> None:
    await pass_until(house, "2027-02-10")
    await house.acts.sign("kabid_a", "ani")
    await house.acts.acknowledge("ani")
    async with house.seated("ani", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Hasil")
        await at.link("Ajukan keberatan")
        await page.locator("#bukti").set_input_files(_letter())
        await at.button("Periksa")
        assert "Tulis alasan keberatan Anda" in await page.locator("#grounds-error").inner_text()
        assert await page.get_by_label("surat.pdf terkirim").is_checked()  # a mistake does not lose the file
        file = str(await page.locator("input[name=bukti_id]").get_attribute("value"))
        await _seen(house, f"/bukti/{file}", ani=200, kabid_a=404)  # nothing is filed yet
        at.count -= 1
        await at.type("Alasan keberatan", "Surat triwulan III belum dihitung")
        await at.button("Periksa")
        await page.get_by_text("surat.pdf").wait_for()
        await at.button("Ajukan keberatan ini")
        await page.get_by_text("Keberatan diajukan.").wait_for()
        at.within(SERVANT, "object")
        assert await _links(page) == [f"/bukti/{file}"]
    await _seen(house, f"/bukti/{file}", kabid_a=200, kadis=200, petugas=200, budi=404)
