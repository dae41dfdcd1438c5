"""What the leadership, the auditor, operations and the province see, and that nobody else sees it."""

import csv
import io
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from xml.etree import ElementTree as ET

import httpx2
import pytest
import pytest_asyncio
from pypdf import PdfReader

from contracts.base import SERVICES
from kit.db import Database
from kit.releases import VERSION, newest_revision
from kit.settings import Settings
from services.portal.audit import journal as journal_pages
from tests.portal import looking
from tests.portal.house import House
from tests.portal.presses import Presses
from tests.portal.tasks import LEADER, OPERATIONS, PROVINCE
from tests.support.client import api_of
from tests.support.issuer import AUDIENCE, ISSUER, Issuer
from tests.support.read_only import read_only
from tests.workflows.year.place import CAST

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module")]
OWN = {"walikota": "/kota", "inspektur": "/audit", "kominfo": "/operasional", "provinsi": "/provinsi"}
EVERYBODY = ("ani", "kabid_a", "sekda", "petugas", *OWN)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def planned(house: House) -> House:
    """The town when some have read the standard and some plans are set."""
    for who in ("ani", "budi", "sekda"):
        await house.acts.read_the_standard(who)
    await house.town.until("2026-01-08")
    await house.acts.propose("ani")
    await house.acts.agree("kabid_a", "ani", "2026-01-08")
    return house


@pytest.mark.parametrize("who", EVERYBODY)
async def test_each_page_opens_for_its_role_alone(planned: House, who: str) -> None:
    async with planned.visitor(who) as client:
        found = {path: (await client.get(path)).status_code for path in OWN.values()}
    assert found == {path: 200 if OWN.get(who) == path else 403 for path in OWN.values()}


async def test_the_leader_sees_the_cycle_and_what_is_owed(planned: House) -> None:
    async with planned.visitor("walikota") as client:
        page = (await client.get("/kota")).text
    assert "Berjalan" in page
    assert "perencanaan kinerja" in page
    assert "Ajukan rencana kinerja (SKP)" in page
    assert not [name for name in CAST if re.search(rf"\b{name}\b", page)]


async def test_the_auditor_follows_what_was_done_and_by_whom(planned: House) -> None:
    async with planned.visitor("inspektur") as client:
        for service in SERVICES:
            assert (await client.get(f"/audit/jurnal/{service}")).status_code == 200
        file = await client.get("/audit/jurnal/plans/unduh.csv")
        cycle = re.findall(r"/audit/siklus/([0-9a-f-]+)", (await client.get("/audit")).text)[0]
        for path in (f"/audit/siklus/{cycle}", f"/audit/siklus/{cycle}/sampel?benih=7"):
            assert (await client.get(path)).status_code == 200
    assert file.headers["Content-Type"].startswith("text/csv")


async def test_a_journal_is_kept_file_by_file_without_a_gap(planned: House, monkeypatch: pytest.MonkeyPatch) -> None:
    page = ["/audit/jurnal/registry"]
    lines: list[list[list[str]]] = []
    async with planned.visitor("inspektur") as client:
        whole = _lines(await client.get("/audit/jurnal/registry/unduh.csv?sesudah=x"))
        size = int(whole[-1][0]) // 3
        assert size
        monkeypatch.setattr(journal_pages, "FILE_POSITIONS", size)
        while page:
            first = len(lines) * size + 1
            text = (await client.get(page[0])).text
            assert f"nomor {first} sampai {first + size - 1}. Satu berkas memuat paling banyak {size} baris" in text
            assert ("Baris dan berkas mulai nomor" in text) == (first > 1)
            file = await client.get(re.findall(r'href="(/audit/jurnal/registry/unduh\.csv[^"]*)"', text)[0])
            assert f'filename="jurnal-registry-{first}.csv"' in file.headers["Content-Disposition"]
            lines.append(_lines(file))
            assert {int(one[0]) for one in lines[-1]} <= set(range(first, first + size))
            page = re.findall(r'href="([^"]+)">Baris dan berkas berikutnya', text)
    assert len(lines) >= 3
    assert [one for some in lines for one in some] == whole


def _lines(file: httpx2.Response) -> list[list[str]]:
    """Of a CSV, without its header."""
    return list(csv.reader(io.StringIO(file.text.removeprefix("\ufeff"))))[1:]


async def test_a_seed_that_is_no_number_is_said_at_its_field(planned: House) -> None:
    path = f"/audit/siklus/{planned.acts.cycle}/sampel"
    async with planned.visitor("inspektur") as client:
        for typed in ("", "tujuh", "-1", "9" * 40):
            answer = await client.get(path, params={"benih": typed})
            assert answer.status_code == 422
            assert 'id="benih-error"' in answer.text
            assert f'value="{typed}"' in answer.text or not typed
        assert (await client.get(path, params={"benih": " 7 ", "jumlah": "banyak"})).status_code == 200


async def test_a_cycle_leads_to_the_raters_that_changed_in_it_and_looks_at_nobody(planned: House) -> None:
    move = {"rater_id": planned.acts.id_of("kabid_b"), "from": "2026-11-02", "reason": "Rencana penataan"}
    await planned.acts.post("petugas", "registry", f"/servants/{planned.acts.id_of('budi')}/raters", move)
    async with planned.visitor("inspektur") as client:
        page = (await client.get(f"/audit/siklus/{planned.acts.cycle}")).text
    assert f'href="/audit/penilai/{planned.acts.cycle}"' in page
    assert "Rencana penataan" not in page
    seen = await planned.acts.get("budi", "registry", f"/lookups?servant_id={planned.acts.id_of('budi')}")
    auditor = next(str(one.sub) for one in planned.others if one.name == "inspektur")
    assert auditor not in str(seen)


async def test_operations_see_every_service_answer(planned: House) -> None:
    async with planned.visitor("kominfo") as client:
        page = (await client.get("/operasional")).text
    assert all(service in page for service in SERVICES)
    assert "govuk-tag--red" not in page


async def test_operations_see_which_service_fails_whose_database_is_away(
    planned: House, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = "postgresql+asyncpg://nobody@127.0.0.1:9/nothing"
    known: dict[str, Any] = {"oidc_issuer": ISSUER, "oidc_audience": AUDIENCE, "oidc_jwks": str(issuer.jwks)}
    settings = Settings(environment="test", database_url=nowhere, relay_database_url=nowhere, **known)
    clients = planned.portal.state.services._clients
    for service in ("notify", "integrations"):
        api = api_of(service, settings, Database(nowhere, clock=planned.town.clock))
        transport = httpx2.ASGITransport(app=api, raise_app_exceptions=False)
        monkeypatch.setitem(clients, service, httpx2.AsyncClient(base_url=f"http://{service}", transport=transport))
    async with planned.visitor("kominfo") as client:
        answer = await client.get("/operasional")
    assert answer.status_code == 200
    assert answer.text.count("govuk-tag--red") == 2
    assert "Surat elektronik: layanan tidak menjawab" in answer.text
    assert "Endpoint webhook: layanan tidak menjawab" in answer.text


async def test_versions_mails_and_endpoints_stand_on_the_page_of_operations(planned: House) -> None:
    async with planned.seated("kominfo", "/operasional") as page:
        at = Presses(page)
        row = page.get_by_role("row", name="registry")
        assert newest_revision("registry") in await row.inner_text()
        assert VERSION in await row.inner_text()
        heads = await page.locator("table").first.locator("thead th").all_inner_texts()
        cells = dict(zip(heads, await row.locator("th, td").all_inner_texts(), strict=True))
        assert re.fullmatch(r"\d+", cells["Peristiwa menunggu"])
        assert re.fullmatch(r"[\d.,]+ s", cells["Paling lama"])
        mails = page.get_by_role("region", name="Surat elektronik siklus terbaru")
        assert await mails.locator("thead th").all_inner_texts() == ["Siklus", "Gagal", "Menunggu", "Terkirim"]
        assert await mails.locator("tbody tr").count() == 1
        await page.get_by_role("heading", name="Endpoint webhook").wait_for()
        for task in ("health", "oldest", "versions", "deliveries", "webhooks"):
            at.within(OPERATIONS, task)
        assert await looking.violations(page) == []


async def test_the_province_sees_no_person_on_any_page(planned: House) -> None:
    async with planned.visitor("provinsi") as client:
        for path in ("/", "/provinsi", "/provinsi/16.71", "/tim", "/hasil", "/pengelola", "/lainnya", "/siapa-melihat"):
            page = (await client.get(path)).text
            assert not [name for name in CAST if re.search(rf"\b{name}\b", page)], path


async def test_the_public_page_asks_nobody_to_sign_in(planned: House) -> None:
    async with planned.visitor("ani") as client:
        client.cookies.clear()
        page = await client.get("/publik/16.71")
        assert page.status_code == 200
        assert "Kota Contoh, setahun" in page.text
        assert page.headers["Cache-Control"].startswith("public")
        for path in ("/publik/nowhere", "/publik/99.99x"):
            assert (await client.get(path)).status_code == 404
        assert (await client.get("/publik/16.71/unit.csv")).status_code == 200


_OF_LEADER = {
    "organisation": ("Bandingkan organisasi", "Capaian organisasi, yang terlambat"),
    "trend": ("Dari siklus ke siklus", "Kewajiban yang terlambat"),
    "week": ("Ringkasan pekan ini", "Jatuh tempo tujuh hari lagi"),
    "silent": ("Paling lama diam", "Sejak kapan kewajiban tertua"),
    "ideas": ("Ide yang dijawab", "berapa yang dijawab dan dipakai"),
    "recognitions": ("Penghargaan yang menunggu keputusan", "pejabat pembina kepegawaian"),
    "public": ("Laporan untuk warga", "Kebijakan yang berlaku"),
}
"""By task: the link, and what the page behind it says."""


async def test_the_leader_reads_achievement_lateness_and_objections_where_the_page_begins(planned: House) -> None:
    async with planned.seated("walikota", "/kota") as page:
        at = Presses(page)
        table = page.get_by_role("region", name="Capaian, keterlambatan, dan keberatan tiap organisasi")
        heads = await table.locator("thead th").all_inner_texts()
        assert heads == ["Unit", "Pegawai", "Capaian organisasi", "Pegawai yang terlambat", "Keberatan"]
        rows = await table.locator("tbody tr").all_inner_texts()
        # Each unit of the town has fewer than five people.
        assert rows
        assert all("disembunyikan" in one for one in rows)
        await page.get_by_text("Mengapa menyimpang").first.wait_for()
        at.within(LEADER, "city")
        assert await page.get_by_role("link", name="Cetak sebagai PDF").count() == 1
        at.within(LEADER, "distribution")
        at.count += 1
        at.within(LEADER, "paper")
        assert await looking.violations(page) == []


@pytest.mark.parametrize("task", sorted(_OF_LEADER))
async def test_the_leader_finds_each_page_in_one_press(planned: House, task: str) -> None:
    link, says = _OF_LEADER[task]
    async with planned.seated("walikota", "/kota", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link(link)
        text = await page.get_by_role("main").inner_text()
        at.within(LEADER, task)
    assert says in text
    assert not [name for name in CAST if re.search(rf"\b{name}\b", text)]


@pytest.mark.parametrize(("who", "path"), [("walikota", "/kota/rapat.pdf"), ("provinsi", "/provinsi/rapat.pdf")])
async def test_the_tables_are_a_paper_that_is_the_same_when_it_is_made_again(
    planned: House, who: str, path: str
) -> None:
    async with planned.seated(who, OWN[who]) as page:
        at = Presses(page)
        assert (await at.file("PDF")).startswith(b"%PDF-")
        at.within(LEADER, "paper")
    async with planned.visitor(who) as client:
        first, again = [(await client.get(path)) for _ in range(2)]
    assert first.headers["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in first.content
    assert first.content == again.content
    async with planned.visitor("ani") as client:
        assert (await client.get(path)).status_code == 403


@pytest.mark.parametrize(
    ("who", "path", "says"),
    [
        ("walikota", "/kota/rapat.pdf", ("dari Kota Contoh", "untuk rapat pimpinan kota")),
        ("provinsi", "/provinsi/rapat.pdf", ("dari Pemerintah Provinsi (kode wilayah 16)", "angka kota-kota saja")),
    ],
)
async def test_a_paper_for_a_meeting_bears_a_code_by_which_anybody_recognises_a_forged_one(
    planned: House, who: str, path: str, says: tuple[str, str]
) -> None:
    async with planned.visitor(who) as client:
        file = await client.get(path)
    code = re.findall(r'filename="[a-z]+-(.+)\.pdf"', file.headers["Content-Disposition"])[0]
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(file.content)).pages]
    assert all(code in one for one in pages)
    async with planned.visitor("ani") as client:
        client.cookies.clear()
        known = (await client.get(f"/keaslian/{code}")).text
        genuine = (await client.post(f"/keaslian/{code}", files={"berkas": ("a.pdf", file.content)})).text
        forged = (await client.post(f"/keaslian/{code}", files={"berkas": ("a.pdf", file.content + b" ")})).text
    assert all(one in known for one in says)
    assert "Asli:" in genuine
    assert "Tidak asli" in forged
    # What the leader or the province holds, and what anybody is told of it, names nobody.
    for text in (*pages, known):
        assert not [name for name in CAST if re.search(rf"\b{name}\b", text)]


_OF_PROVINCE = {
    "city": ("Kota Contoh", "Dari siklus ke siklus"),
    "late": ("Kota yang terlambat", "yang paling sedikit tepat waktu lebih dulu"),
    "policies": ("Kebijakan berdampingan", "versi 1"),
    "trend": ("Dari siklus ke siklus", "Semua siklus semua kota"),
    "predicates": ("Predikat tiap kota", "Kelompok yang terlalu kecil"),
    "feed": ("Berlangganan angka kota", "/publik/16.71/siklus.atom"),
}


@pytest.mark.parametrize("task", sorted(_OF_PROVINCE))
async def test_the_province_finds_each_page_in_one_press(planned: House, task: str) -> None:
    link, says = _OF_PROVINCE[task]
    async with planned.seated("provinsi", "/provinsi", java_script_enabled=False) as page:
        at = Presses(page)
        assert await page.get_by_role("row", name="Kota Contoh").count() == 1
        at.within(PROVINCE, "cities")
        await at.link(link)
        text = await page.get_by_role("main").inner_text()
        at.within(PROVINCE, task)
        files = page.get_by_role("link", name="Unduh")
        if task == "late":
            assert await files.count() == 2
            at.count += 1
            at.within(PROVINCE, "file")
    assert says in text
    assert not [name for name in CAST if re.search(rf"\b{name}\b", text)]


async def test_the_feed_is_read_without_an_account_and_tells_what_is_published(planned: House) -> None:
    async with planned.visitor("ani") as client:
        client.cookies.clear()
        feed = await client.get("/publik/16.71/siklus.atom")
        assert (await client.get("/publik/99.99x/siklus.atom")).status_code == 404
    assert feed.headers["Content-Type"] == "application/atom+xml"
    # Whoever keeps it for many keeps it by what its language hangs on.
    assert feed.headers["Cache-Control"].startswith("public")
    assert "Cookie" in feed.headers["Vary"]
    root = ET.fromstring(feed.content)  # noqa: S314 - our own
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert root.find("{http://www.w3.org/2005/Atom}entry") is None  # no cycle is over


@asynccontextmanager
async def _taking_no_changes(house: House) -> AsyncIterator[None]:
    await house.town.deliver()
    async with read_only(*(house.town.databases[one] for one in SERVICES)):
        yield


async def test_while_no_changes_are_taken_own_pages_open_and_looks_that_cannot_be_noted_are_not_given(
    planned: House,
) -> None:
    ani = planned.acts.id_of("ani")
    async with _taking_no_changes(planned):
        for who in EVERYBODY:
            async with planned.visitor(who) as client:
                assert (await client.get(OWN.get(who, "/"))).status_code == 200, who
        async with planned.visitor("ani") as client:
            assert (await client.get("/rencana")).status_code == 200
        async with planned.visitor("petugas") as client:
            look = await client.get(f"/pengelola/orang/{ani}")
            assert (look.status_code, "tidak dapat dicatat" in look.text) == (503, True)
    async with planned.visitor("petugas") as client:
        assert (await client.get(f"/pengelola/orang/{ani}")).status_code == 200


async def test_a_form_that_is_refused_while_no_changes_are_taken_keeps_its_text(planned: House) -> None:
    text = "Antrean daring untuk semua loket"
    async with planned.seated("ani", "/ide/baru", java_script_enabled=False) as page:
        async with _taking_no_changes(planned):
            await page.fill("#title", text)
            await page.fill("#text", "Warga memilih jam dari rumah.")
            await page.get_by_role("button", name="Kirim").click()
            told = await page.get_by_role("main").inner_text()
            assert "Belum dapat dikirim; isian Anda tetap di halaman ini" in told
            assert "tidak ada yang diubah" in told
            assert await page.input_value("#title") == text
        await page.get_by_role("button", name="Kirim").click()
        await page.wait_for_url("**/ide?*")
        assert (await page.get_by_role("main").inner_text()).count(text) == 1


async def test_what_was_sent_stands_on_the_page_that_refuses_it_and_is_sent_again_from_there(planned: House) -> None:
    summary = "Membahas hasil triwulan pertama"
    plan = f"/tim/rencana/{(await planned.acts.plan('ani'))['id']}"
    async with planned.seated("kabid_a", plan) as page:
        before = await page.get_by_text(summary).count()
        async with _taking_no_changes(planned):
            for name, value in {"held_on": "2026-01-07", "summary": summary, "agreed": "Lanjut"}.items():
                await page.fill(f"form[action$='/dialog'] [name={name}]", value)
            await page.locator("form[action$='/dialog'] button").click()
            told = await page.get_by_role("main").inner_text()
            assert "tidak ada yang diubah" in told
            assert summary in told
            assert await looking.violations(page) == []
            await page.get_by_role("button", name="Kirim lagi").click()
            assert summary in await page.get_by_role("main").inner_text()
        await page.get_by_role("button", name="Kirim lagi").click()
        await page.wait_for_url(f"**{plan}?selesai=dialog")
        assert (before, await page.locator("dl ~ p, h3 ~ p").get_by_text(summary).count()) == (0, 1)


async def test_whoever_holds_an_older_paper_of_a_meeting_is_told_of_the_newer_one(planned: House) -> None:
    codes = []
    for day in ("2026-01-08", "2026-02-06"):  # of the plans, and when these are over
        await planned.town.until(day)
        async with planned.visitor("walikota") as client:
            paper = await client.get("/kota/rapat.pdf")
        codes += re.findall(r"kota-(.+)\.pdf", paper.headers["Content-Disposition"])
    old, new = codes
    assert old != new
    async with planned.visitor("ani") as client:
        assert f"lebih baru tentang hal yang sama, dengan kode {new}" in (await client.get(f"/keaslian/{old}")).text
        assert "lebih baru" not in (await client.get(f"/keaslian/{new}")).text
