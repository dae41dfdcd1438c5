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
    about = f"/feedback?cycle_id={house.acts.cycle}&about_id={house.acts.id_of('ani')}"
    one = (await house.acts.get("ani", "feedback", about))["items"][0]["id"]
    async with house.visitor("ani") as client:
        for text, told in (("", "Tulis jawaban Anda"), ("panjang " * 5_000, "panjang panjang")):
            path = f"/umpan-balik/{one}/jawab"
            wrong = await _sent(client, "/umpan-balik", path, **{f"text-{one}": text})
            assert (wrong.status_code, f'id="text-{one}-error"' in wrong.text) == (422, True)
            assert told in wrong.text
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


async def test_a_link_s_kind_wins_over_what_was_begun_before(house: House) -> None:
    async with house.visitor("ani") as client:
        begun = {"kind": "PEOPLE", "text": "Begun before"}
        kept = await _sent(client, "/dukungan/baru", "/draf/minta-dukungan/-", **begun)
        assert kept.status_code == 200
        page = await _opened(client, "/dukungan/baru?jenis=BUDGET")
        assert re.search(r'value="BUDGET"[^>]* checked', page)
        assert "Begun before" in page


async def test_ideas_of_oneself_of_the_team_and_of_colleagues_stand_apart(house: House) -> None:
    for title, shared in (("Loket keliling", True), ("Rahasia", False)):
        said = {"cycle_id": str(house.acts.cycle), "title": title, "text": "Tiap pekan", "shared": shared}
        await house.acts.post("budi", "feedback", "/ideas", said)
    async with house.visitor("ani") as client:
        own, colleagues = (await _opened(client, "/ide")).split("Ide rekan seunit")
        assert "Antrean daring" in own
        assert "Loket keliling" not in own
        assert "Loket keliling" in colleagues
        assert "Rahasia" not in colleagues
        assert "Ide tim Anda" not in own
        await client.get("/bahasa?b=en&ke=/")
        assert "Ideas of colleagues" in await _opened(client, "/ide")
        await client.get("/bahasa?b=id&ke=/")
    async with house.visitor("kabid_a") as client:
        own, rest = (await _opened(client, "/ide")).split("Ide tim Anda")
        team, colleagues = rest.split("Ide rekan seunit")
        for title in ("Antrean daring", "Loket keliling", "Rahasia"):
            assert (title in own, title in team, title in colleagues) == (False, True, False)


async def test_what_was_answered_elsewhere_meanwhile_is_said_and_what_was_written_is_shown(house: House) -> None:
    [idea] = [one for one in (await house.acts.get("ani", "feedback", "/ideas"))["items"] if not one["answered_at"]]
    path = f"/ide/{idea['id']}"
    async with house.visitor("kabid_a") as client:
        csrf = re.findall(r'name="csrf" value="(\w+)"', await _opened(client, path))[0]
        await house.acts.post("kabid_a", "feedback", f"{path.replace('ide', 'ideas')}/answer", _ANSWERED)
        late = {"csrf": csrf, "form_id": "", "waits": "idea", "adopted": "no", "answer": "Belum ada anggaran"}
        answer = await client.post(path, data=late)
        assert answer.status_code == 409
        for told in ("Tidak terkirim", "Belum ada anggaran", "Mulai bulan depan"):
            assert told in answer.text
        twice = await client.post(path, data=late | {"answer": "Mulai bulan depan"})
        assert (twice.status_code, "Tidak terkirim" in twice.text) == (200, False)
    [answered] = [
        one for one in (await house.acts.get("ani", "feedback", "/ideas"))["items"] if one["id"] == idea["id"]
    ]
    assert answered["answer"] == "Mulai bulan depan"


_ANSWERED = {"answer": "Mulai bulan depan", "adopted": True}


async def test_an_account_that_is_no_civil_servant_has_none_of_a_servant_s_links(house: House) -> None:
    for who, has in (("walikota", False), ("ani", True)):
        async with house.visitor(who) as client:
            page = await _opened(client, "/lainnya")
            for link in ("/ide/baru", "/umpan-balik/baru", "/dukungan/baru?jenis=BUDGET"):
                assert (f'href="{link}"' in page) is has


async def test_a_day_before_all_calendars_is_no_day_of_a_log(house: House) -> None:
    plan = (await house.acts.plan("ani"))["id"]
    for who, path in (("ani", "/catatan"), ("kabid_a", f"/tim/catatan/{plan}")):
        async with house.visitor(who) as client:
            for day in ("0001-01-01", "1999-12-31", "9999-12-31", "2026-01-01", "kemarin"):
                await _opened(client, f"{path}?sejak={day}")


async def test_a_notice_is_marked_as_read_by_itself(house: House) -> None:
    async with house.visitor("ani") as client:
        before = re.findall(r'action="(/pesan/[^/]+/dibaca)"', await _opened(client, "/pesan"))
        assert len(before) > 1
        assert (await _sent(client, "/pesan", before[0])).status_code == 200
        assert re.findall(r'action="(/pesan/[^/]+/dibaca)"', await _opened(client, "/pesan")) == before[1:]


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
