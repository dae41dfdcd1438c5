"""Every page that a civil servant has opens in both languages, for who has much and for who has nothing."""

import re

import httpx2
import pytest

from contracts.base import new_id
from tests.portal.house import House
from tests.portal.presses import Presses
from tests.portal.tasks import SERVANT

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]
_PATHS = (
    *("/", "/catatan", "/rencana", "/hasil", "/lainnya", "/umpan-balik", "/umpan-balik/baru", "/ide", "/ide/baru"),
    *("/dukungan", "/dukungan/baru?jenis=BUDGET", "/inisiatif", "/inisiatif/baru", "/pengembangan", "/pesan"),
    *("/siapa-melihat", "/saya", "/rekan/selesai"),
)


async def _opened(client: httpx2.AsyncClient, path: str) -> str:
    answer = await client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.text[-2000:]}"
    return answer.text


async def _sent(client: httpx2.AsyncClient, at: str, to: str, **fields: str) -> httpx2.Response:
    """Fill in the form of a page and send it, without a browser."""
    page = await _opened(client, at)
    csrf = re.findall(r'name="csrf" value="(\w+)"', page)[0]
    return await client.post(to, data={"csrf": csrf, "form_id": "", **fields})


async def test_every_page_opens_before_there_is_anything(house: House) -> None:
    for who in ("ani", "petugas"):
        async with house.visitor(who) as client:
            for tongue in ("en", "id"):
                await client.get(f"/bahasa?b={tongue}&ke=/")
                for path in (*_PATHS, f"/standar/{house.acts.cycle}"):
                    await _opened(client, path)


async def test_what_is_owed_stands_at_the_start_and_the_standard_is_acknowledged_there_by_one_press(
    house: House,
) -> None:
    async with house.seated("ani", java_script_enabled=False) as page:
        at = Presses(page)
        owed = await page.get_by_role("main").inner_text()
        assert "Baca dan pahami standar kinerja" in owed
        at.within(SERVANT, "owed")
        await at.button("Sudah saya baca dan pahami")
        await page.get_by_text("Anda sudah membaca standar").wait_for()
        at.within(SERVANT, "standard")
        await page.goto("/")
        assert await page.get_by_role("button", name="Sudah saya baca dan pahami").count() == 0


async def test_what_a_service_refuses_of_the_reading_stands_on_the_page_of_the_standard(house: House) -> None:
    path, key = f"/standar/{house.acts.cycle}", str(new_id())
    said = {"about": "budi, Pejabat", "what": "Surat dijawab tepat waktu", "how": "Pertahankan"}
    async with house.visitor("citra") as client:
        given = await _sent(client, "/umpan-balik/baru", "/umpan-balik/baru", **said | {"form_id": key})
        assert "Umpan balik terkirim." in given.text
        # A key that the service knows from another act.
        refused = await _sent(client, path, f"{path}/baca", form_id=key)
        assert refused.status_code == 422
        assert "govuk-error-summary" in refused.text
        assert "Sudah saya baca dan pahami" in refused.text
        assert "Anda sudah membaca standar" in (await _sent(client, path, f"{path}/baca", form_id=str(new_id()))).text


async def test_a_report_is_sent_and_what_is_no_number_is_said_at_its_field(house: House) -> None:
    await house.town.until("2026-01-08")
    await house.acts.propose("ani")
    await house.town.until("2026-01-12")
    await house.acts.agree("kabid_a", "ani", "2026-01-12")
    await house.town.until("2026-04-02")
    report = (await house.acts.plan("ani"))["reports"][0]["id"]
    path = f"/laporan/{report}"
    async with house.visitor("ani") as client:
        wrong = await _sent(client, path, path, actual0="banyak")
        assert wrong.status_code == 422
        assert 'id="actual0-error"' in wrong.text
        none = await _sent(client, path, path, actual0="", reason0="")
        assert "Tulis realisasinya" in none.text
    async with house.seated("ani", java_script_enabled=False) as page:
        at = Presses(page)
        await at.address(path)
        await page.locator("#actual0").fill("12,5")
        await page.locator("#title0").fill("Buku agenda")
        await page.locator("#reference0").fill("AG/12/2026")
        await at.button("Kirim laporan")
        await page.get_by_text("Laporan terkirim.").wait_for()
        at.within(SERVANT, "report")
    async with house.visitor("ani") as client:
        await client.get("/bahasa?b=en&ke=/")
        assert "The report is sent" in await _opened(client, f"{path}?selesai=1")
    [figure] = (await house.acts.get("ani", "plans", f"/reports/{report}"))["indicators"]
    assert figure["actual"] == "12.5"
    assert [one["reference"] for one in figure["evidence"]] == ["AG/12/2026"]


async def test_feedback_is_given_by_name_read_and_answered(house: House) -> None:
    said = {"about": "siapa", "what": "Surat dijawab tepat waktu", "how": "Pertahankan"}
    async with house.visitor("budi") as client:
        wrong = await _sent(client, "/umpan-balik/baru", "/umpan-balik/baru", **said)
        assert "Nama itu tidak dikenal" in wrong.text
    async with house.seated("budi", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Lainnya")
        await at.link("Beri umpan balik")
        await at.type("Untuk siapa?", "ani, Pejabat")
        await at.type("Apa yang Anda amati?", said["what"])
        await at.type("Bagaimana sebaiknya dilanjutkan?", said["how"])
        await at.button("Kirim umpan balik")
        await page.get_by_text("Umpan balik terkirim.").wait_for()
        at.within(SERVANT, "give feedback")
    await house.acts.encourage("kabid_a", "ani")
    async with house.seated("ani", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Lainnya")
        assert (await page.get_by_role("main").inner_text()).count("Surat dijawab tepat waktu") == 2
        at.within(SERVANT, "read feedback")
        await at.type("Jawaban Anda untuk umpan balik", "Terima kasih")
        await at.button("Kirim jawaban")
        await page.get_by_text("Jawaban Anda: Terima kasih").wait_for()
        at.within(SERVANT, "answer feedback")


async def test_ideas_requests_and_initiatives_are_brought(house: House) -> None:
    async with house.seated("ani", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Lainnya")
        await at.link("Sampaikan ide")
        await at.type("Judul", "Antrean daring")
        await at.type("Uraian", "Warga mengambil nomor dari rumah")
        await at.button("Kirim")
        await page.get_by_text("Ide Anda terkirim").wait_for()
        at.within(SERVANT, "idea")
        await page.goto("/")
        at = Presses(page)
        await at.link("Lainnya")
        await at.link("Minta dukungan")
        await at.type("Uraian", "Dua pemindai")
        await at.button("Kirim")
        await page.get_by_text("Permintaan Anda terkirim").wait_for()
        at.within(SERVANT, "ask support")
    async with house.visitor("ani") as client:
        started = {"description": "Memindai arsip", "benefit": "Lebih cepat", "kind": "INNOVATION"}
        empty = await _sent(client, "/inisiatif/baru", "/inisiatif/baru", title="Arsip digital")
        assert empty.status_code == 422
        answer = await _sent(client, "/inisiatif/baru", "/inisiatif/baru", title="Arsip digital", **started)
        assert "Inisiatif tercatat." in answer.text


async def test_who_looked_at_one_s_records_is_said_and_notices_are_read(house: House) -> None:
    await house.acts.get("kabid_a", "plans", f"/plans/{(await house.acts.plan('ani'))['id']}")
    async with house.seated("ani", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Siapa melihat data saya")
        seen = await page.get_by_role("main").inner_text()
        assert "kabid_a" in seen
        assert "Rencana kinerja" in seen
        at.within(SERVANT, "lookups")
    async with house.visitor("ani") as client:
        assert "belum dibaca" in await _opened(client, "/pesan")
        assert (await _sent(client, "/pesan", "/pesan/dibaca")).status_code == 200
        assert "belum dibaca" not in await _opened(client, "/pesan")


async def test_every_page_opens_once_there_is_something(house: House) -> None:
    plan = await house.acts.plan("ani")
    more = [
        f"/rencana/{plan['id']}{part}"
        for part in ("", "/hasil/baru", "/perilaku", "/dukungan", "/konsekuensi", "/versi")
    ]
    async with house.visitor("ani") as client:
        for tongue in ("en", "id"):
            await client.get(f"/bahasa?b={tongue}&ke=/")
            for path in (*_PATHS, *more, *(f"/laporan/{one['id']}" for one in plan["reports"])):
                await _opened(client, path)
