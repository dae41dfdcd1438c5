"""Every page that a civil servant has opens in both languages, for who has much and for who has nothing."""

import re

import httpx2
import pytest

from tests.portal.house import House

BROWSER = False
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


async def test_the_standard_is_acknowledged_from_the_list_of_tasks_by_one_press(house: House) -> None:
    async with house.visitor("ani") as client:
        assert "Sudah saya baca dan pahami" in await _opened(client, "/")
        answer = await _sent(client, "/", f"/standar/{house.acts.cycle}/baca")
        assert "Anda sudah membaca standar" in answer.text
        assert "Sudah saya baca dan pahami" not in await _opened(client, "/")


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
        proof = {"title0": "Buku agenda", "reference0": "AG/12/2026"}
        answer = await _sent(client, path, path, actual0="12,5", **proof)
        assert "Laporan terkirim." in answer.text
        await client.get("/bahasa?b=en&ke=/")
        assert "The report is sent" in await _opened(client, f"{path}?selesai=1")
    [figure] = (await house.acts.get("ani", "plans", f"/reports/{report}"))["indicators"]
    assert figure["actual"] == "12.5"
    assert [one["reference"] for one in figure["evidence"]] == ["AG/12/2026"]


async def test_feedback_is_given_by_name_read_and_answered(house: House) -> None:
    said = {"about": "ani, Pejabat", "what": "Surat dijawab tepat waktu", "how": "Pertahankan"}
    async with house.visitor("budi") as client:
        wrong = await _sent(client, "/umpan-balik/baru", "/umpan-balik/baru", **said | {"about": "siapa"})
        assert "Nama itu tidak dikenal" in wrong.text
        answer = await _sent(client, "/umpan-balik/baru", "/umpan-balik/baru", **said)
        assert "Umpan balik terkirim." in answer.text
    await house.acts.encourage("kabid_a", "ani")
    async with house.visitor("ani") as client:
        page = await _opened(client, "/lainnya")
        assert page.count("Surat dijawab tepat waktu") == 2
        [first, *_] = re.findall(r'action="(/umpan-balik/[^"]+/jawab)"', page)
        answer = await _sent(client, "/lainnya", first, text="Terima kasih")
        assert "Jawaban Anda: Terima kasih" in answer.text


async def test_ideas_requests_and_initiatives_are_brought(house: House) -> None:
    async with house.visitor("ani") as client:
        idea = {"title": "Antrean daring", "text": "Warga mengambil nomor dari rumah"}
        assert "Ide Anda terkirim" in (await _sent(client, "/ide/baru", "/ide/baru", **idea)).text
        support = {"kind": "BUDGET", "text": "Dua pemindai"}
        page = "/dukungan/baru?jenis=BUDGET"
        assert "Permintaan Anda terkirim" in (await _sent(client, page, "/dukungan/baru", **support)).text
        started = {
            "title": "Arsip digital",
            "description": "Memindai arsip",
            "benefit": "Lebih cepat",
            "kind": "INNOVATION",
        }
        empty = await _sent(client, "/inisiatif/baru", "/inisiatif/baru", title="Arsip digital")
        assert empty.status_code == 422
        assert "Inisiatif tercatat." in (await _sent(client, "/inisiatif/baru", "/inisiatif/baru", **started)).text


async def test_who_looked_at_one_s_records_is_said_and_notices_are_read(house: House) -> None:
    await house.acts.get("kabid_a", "plans", f"/plans/{(await house.acts.plan('ani'))['id']}")
    async with house.visitor("ani") as client:
        seen = await _opened(client, "/siapa-melihat")
        assert "kabid_a" in seen
        assert "Rencana kinerja" in seen
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
