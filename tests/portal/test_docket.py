"""After the results, in the browser: objections by their limits, another authority, a policy tried, reports, proposals, files."""

import csv
import io
import re

import pytest
from playwright.async_api import FilePayload
from pypdf import PdfReader

from services.portal.proposals import pages
from tests.portal import looking
from tests.portal.house import POLICY_OF_HOUSE, House
from tests.portal.presses import Presses
from tests.portal.tasks import AUDITOR, OFFICE
from tests.portal.years import TEAM, achieved, nip_of, phase_reached, planned_year, rated
from tests.support.sheets import rows_of

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]
OTHER_WEIGHTS = POLICY_OF_HOUSE.replace("weight: 60", "weight: 20").replace("weight: 40", "weight: 80")


def _file(content: str) -> FilePayload:
    return {"name": "coba.yaml", "mimeType": "text/yaml", "buffer": content.encode()}


async def test_objections_stand_by_their_limits_one_press_away_and_another_authority_is_named_in_four(
    house: House,
) -> None:
    acts = house.acts
    await planned_year(house)
    await achieved(house)
    await rated(house, "2027-02-10")
    await acts.sign("kabid_a", *TEAM)
    await acts.acknowledge("ani")
    case = (await acts.object("ani"))["id"]
    # Of the two officers it is Eko who is not rated by whoever shall decide.
    async with house.seated("eko", "/pengelola", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Keberatan menurut batas waktu")
        row = page.get_by_role("row", name="ani")
        at.within(OFFICE, "objections")
        said = await row.inner_text()
        assert "Bidang A" in said
        assert "kadis" in said
        assert "1" in await page.get_by_role("region", name="Keberatan menurut unit").inner_text()
        await at.link("Tunjuk pejabat lain")
        await at.button("Tunjuk pejabat ini")
        await page.get_by_role("link", name="Tulis alasannya").wait_for()
        at.count -= 1  # of the form that was not right yet
        await at.type("NIP pejabat yang memutus", await nip_of(house, "sekda"))
        await at.type("Alasan penunjukan", "Kepala dinas pernah menilai langsung")
        await at.button("Tunjuk pejabat ini")
        await page.get_by_text("Pejabat yang memutus telah diganti").wait_for()
        at.within(OFFICE, "authority")
        assert "sekda" in await page.get_by_role("row", name="ani").inner_text()
    found = await acts.get("ani", "feedback", f"/objections/{case}")
    assert found["authority_id"] == acts.id_of("sekda")


async def test_objections_are_found_by_state_and_unit(house: House) -> None:
    path = f"/pengelola/keberatan/{house.acts.cycle}"
    unit_a, unit_b = [await house.acts.unit(code) for code in ("16.71.A", "16.71.B")]
    async with house.visitor("petugas") as client:
        for query, there in (
            ("", True),
            ("?keadaan=ALL", True),
            ("?keadaan=UPHELD", False),
            (f"?unit={unit_a}", True),
            (f"?unit={unit_b}", False),
        ):
            assert ("/keberatan/0" in (await client.get(path + query)).text.partition("<table")[2]) == there, query
    async with house.seated("petugas", path) as page:
        assert await looking.violations(page) == []


async def test_the_auditor_makes_a_result_again_and_reads_the_trace_of_a_sample_in_two_presses(house: House) -> None:
    async with house.seated("inspektur", "/audit") as page:
        at = Presses(page)
        await at.link("Undi hasil")
        assert await page.locator("tbody tr").count() == len(TEAM)
        await at.link("Hitung ulang ani")
        text = await page.get_by_role("main").inner_text()
        at.within(AUDITOR, "recompute")
        assert "Cocok: hasil yang tersimpan mengikuti" in text
        assert "LOCAL_SCORE" in text
        assert await looking.violations(page) == []
        await page.go_back()
        at.count = 1
        await at.link("Lihat perhitungan ani")
        at.within(AUDITOR, "sample")
        await page.get_by_role("heading", level=1).wait_for()
        assert "ini bukan untuk Anda" not in await page.get_by_role("main").inner_text()
    async with house.visitor("ani") as client:
        assert (await client.get(f"/audit/hasil/{house.acts.result('ani')}")).status_code == 403


async def test_the_file_of_an_objection_is_kept_as_data_and_on_paper_in_two_presses(house: House) -> None:
    async with house.seated("inspektur", "/audit") as page:
        at = Presses(page)
        await at.link("Berkas keberatan")
        assert await looking.violations(page) == []
        row = page.get_by_role("row", name="ani")
        links = [await row.get_by_role("link", name=one).get_attribute("href") for one in ("JSON", "PDF")]
        at.count += 1
        at.within(AUDITOR, "case")
    async with house.visitor("inspektur") as client:
        data, paper = [await client.get(str(one)) for one in links]
        other = await client.get(str(links[0]).replace(".json", ".txt"))
    assert other.status_code == 404
    case = data.json()
    assert case["objection"]["grounds"] == "Bukti dukung belum dilihat"
    assert case["result"]["id"] == str(house.acts.result("ani"))
    assert "id.kinerja.feedback.objection-filed.v1" in {one["type"] for one in case["journal"]}
    code = re.findall(r'filename="keberatan-.{36}-(.+)\.pdf"', paper.headers["Content-Disposition"])[0]
    async with house.visitor("ani") as client:
        client.cookies.clear()
        told = (await client.post(f"/keaslian/{code}", files={"berkas": ("a.pdf", paper.content)})).text
    assert "Asli:" in told
    assert "Berkas perkara keberatan" in told
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")
    async with house.visitor("dewi") as client:
        assert (await client.get(str(links[0]))).status_code == 403


async def test_another_policy_is_tried_on_the_cycle_in_three_presses_and_changes_nothing(house: House) -> None:
    before = await house.acts.get("petugas", "registry", "/policies")
    async with house.seated("petugas", "/pengelola", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Andai kebijakannya lain")
        await page.get_by_label("Berkas kebijakan").set_input_files(_file("scope: nowhere\n"))
        await at.button("Hitung")
        await page.get_by_role("region", name="Baris yang salah").wait_for()
        at.count -= 1  # of the form that was not right yet
        await page.get_by_label("Berkas kebijakan").set_input_files(_file(OTHER_WEIGHTS))
        await at.button("Hitung")
        said = await page.get_by_role("status").inner_text()
        at.within(OFFICE, "what if")
        assert "3 mendapat nilai lain" in said
    assert await house.acts.get("petugas", "registry", "/policies") == before


async def test_results_are_reported_upward_in_two_presses_with_the_reason_of_what_is_missing(house: House) -> None:
    async with house.seated("petugas", "/pengelola", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Laporan hasil kepada pejabat berwenang")
        assert "3 hasil telah terbit dan 8 belum" in await page.get_by_role("main").inner_text()
        await at.type("Kepada", "Pejabat Pembina Kepegawaian")
        await at.button("Laporkan")
        await page.get_by_text("Ada yang perlu diperbaiki").wait_for()
        at.count -= 1  # of the form that was not right yet
        await at.type("Mengapa 8 hasil belum terbit", "Penilai sedang diklat")
        await at.button("Laporkan")
        await page.get_by_text("Laporan tercatat.").wait_for()
        at.within(OFFICE, "upward")
        assert await page.get_by_text("Sebab: Penilai sedang diklat").count() == 1
    told = await house.acts.get("petugas", "evaluation", f"/cycles/{house.acts.cycle}/upward-reports")
    assert [one["issued"] for one in told["items"]] == [3]


async def test_another_report_while_nothing_more_is_owed_is_not_recorded_and_says_so(house: House) -> None:
    path = f"/pengelola/laporan-atas/{house.acts.cycle}"
    async with house.seated("petugas", path) as page:
        at = Presses(page)
        await at.type("Mengapa 8 hasil belum terbit", "Penilai sedang diklat")
        async with page.expect_response(
            lambda one: "/draf/" in one.url and "Wali+Kota" in (one.request.post_data or "")
        ):
            await at.type("Kepada", "Wali Kota")
            await page.keyboard.press("Tab")
        await at.button("Laporkan")
        said = await page.get_by_role("alert").inner_text()
        assert "kepada Pejabat Pembina Kepegawaian tetap berlaku" in said
        assert await page.get_by_text("Laporan tercatat.").count() == 0
        await page.goto(path)
        assert await page.locator("#recipient").input_value() == "Wali Kota"
        await at.type("Kepada", "Pejabat Pembina Kepegawaian")
        await at.button("Laporkan")  # what is recorded already
        await page.get_by_text("Laporan tercatat.").wait_for()
    told = await house.acts.get("petugas", "evaluation", f"/cycles/{house.acts.cycle}/upward-reports")
    assert [one["recipient"] for one in told["items"]] == ["Pejabat Pembina Kepegawaian"]


async def test_the_report_is_a_paper_that_anybody_may_have_verified(house: House) -> None:
    async with house.seated(
        "petugas", f"/pengelola/laporan-atas/{house.acts.cycle}", java_script_enabled=False
    ) as page:
        file = await Presses(page).file("sebagai dokumen resmi")
        path = str(await page.get_by_role("link", name="sebagai dokumen resmi").first.get_attribute("href"))
    text = PdfReader(io.BytesIO(file)).pages[0].extract_text()
    for said in ("Pejabat Pembina Kepegawaian", "Penilai sedang diklat", "petugas"):
        assert said in text
    async with house.visitor("inspektur") as auditor:
        again = await auditor.get(path)
    assert again.content == file
    code = re.findall(r"upward-(.+)\.pdf", again.headers["Content-Disposition"])[0]
    assert code in text
    async with house.visitor("ani") as anybody:
        assert (await anybody.get(path)).status_code == 403
        anybody.cookies.clear()
        same = (await anybody.post(f"/keaslian/{code}", files={"berkas": ("a.pdf", file)})).text
    assert "Asli:" in same
    assert "untuk pejabat yang berwenang, dari pengelola kinerja" in same
    assert "Kota Contoh" in same
    assert "petugas" not in re.sub(r"<[^>]+>", " ", same).split()


async def _decided(house: House) -> None:
    """Both sides explain, and who was named decides that the result stands."""
    [case] = (await house.acts.get("ani", "feedback", "/objections"))["items"]
    await house.town.until("2027-02-11")
    for who in ("ani", "kabid_a"):
        await house.acts.explain(who, case["id"])
    await house.town.until("2027-02-12")
    await house.acts.decide("sekda", case["id"], "UPHELD")


async def test_proposals_are_decided_in_bulk_in_three_presses(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await _decided(house)
    await phase_reached(house, "SYSTEM_REVIEW")
    async with house.seated("petugas", "/pengelola", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Usulan tindak lanjut")
        waiting = page.locator("input[name=proposal]")
        assert await waiting.count() > 1
        monkeypatch.setattr(pages, "SIZE", 1)
        path = page.url
        await page.reload()
        await page.get_by_role("link", name="Berikutnya").click()
        await page.wait_for_url("**lanjut=**")
        second = await waiting.get_attribute("value")
        await page.get_by_role("button", name="Setujui yang dicentang").click()
        await page.get_by_role("alert").wait_for()
        assert (await waiting.get_attribute("value"), await waiting.is_checked()) == (second, True)
        monkeypatch.undo()
        await page.goto(path)
        await at.type("Alasan keputusan", "Sesuai rencana pengembangan")
        await at.button("Setujui yang dicentang")
        assert "usulan diputus." in await page.get_by_role("status").inner_text()
        at.within(OFFICE, "proposals")
    every = (await house.acts.get("petugas", "evaluation", "/proposals?state=ACCEPTED"))["items"]
    assert {one["reason"] for one in every} == {"Sesuai rencana pengembangan"}
    async with house.seated("petugas", f"/pengelola/usulan/{house.acts.cycle}?keadaan=ACCEPTED") as page:
        assert await looking.violations(page) == []


async def test_final_results_are_downloaded_in_two_presses_and_the_others_are_accounted_for(house: House) -> None:
    async with house.seated("petugas", "/pengelola") as page:
        at = Presses(page)
        await at.link("Ekspor hasil untuk e-Kinerja nasional")
        assert await looking.violations(page) == []
        async with page.expect_download() as download:
            at.count += 1
            await page.get_by_role("link", name="Hasil final: Unduh CSV").click()
        at.within(OFFICE, "export")
        assert (await download.value).suggested_filename == "hasil.csv"
    async with house.visitor("petugas") as client:
        path = f"/pengelola/ekspor/{house.acts.cycle}"
        rows, held = [
            list(csv.DictReader(io.StringIO((await client.get(f"{path}/{name}.csv")).text.removeprefix("\ufeff"))))
            for name in ("hasil", "tertahan")
        ]
        assert {one["nip"] for one in rows} >= {await nip_of(house, who) for who in ("budi", "citra")}
        told = await house.acts.get("petugas", "evaluation", f"/cycles/{house.acts.cycle}/export")
        assert (len(rows), len(held)) == (len(told["items"]), len(told["held"]))
        assert (await client.get(f"{path}/hasil.xlsx")).content.startswith(b"PK")
        assert (await client.get(f"{path}/hasil.exe")).status_code == 404


def _answered(file: bytes, said: dict[str, tuple[str, str]]) -> FilePayload:
    """The batch's own table with what was answered to each NIP."""
    lines = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))
    out = io.StringIO()
    writer = csv.DictWriter(out, lines[0])
    writer.writeheader()
    for one in lines:
        status, reason = said.get(one["nip"], ("", ""))
        writer.writerow(one | {"status": status, "alasan": reason})
    return {"name": "jawaban.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode()}


async def test_a_batch_is_checked_and_made_in_three_presses_and_what_it_holds_is_downloaded(house: House) -> None:
    path = f"/cycles/{house.acts.cycle}/national-batches"
    would = await house.acts.get("petugas", "evaluation", f"{path}/preview")
    assert would["rows"] >= 2
    async with house.seated("petugas", "/pengelola", java_script_enabled=False, viewport=looking.NARROW) as page:
        at = Presses(page)
        await at.link("Paket untuk e-Kinerja nasional")
        await page.get_by_text("Belum ada paket untuk siklus ini.").wait_for()
        await at.button("Siapkan paket baru")
        text = await page.get_by_role("main").inner_text()
        assert "Sampai di sini belum ada yang dibuat" in text
        assert (await house.acts.get("petugas", "evaluation", path))["items"] == []
        assert await looking.too_wide(page) == []
        await at.button(f"Buat paket berisi {would['results']} hasil")
        await page.get_by_text("Paket dibuat. Belum ada yang dikirim.").wait_for()
        at.within(OFFICE, "batch")
        assert await page.get_by_role("region", name="Baris").locator("tbody tr").count() == would["rows"]
        assert await looking.too_wide(page) == []
    [made] = (await house.acts.get("petugas", "evaluation", path))["items"]
    assert {name: made[name] for name in ("results", "rows", "held")} == {
        "results": would["results"],
        "rows": would["rows"],
        "held": sum(would["held"].values()),
    }
    async with house.visitor("petugas") as client:
        there = f"/pengelola/paket/{made['id']}"
        for name, count in (("baris", made["rows"]), ("tertahan", made["held"])):
            csv, xlsx = [rows_of(await client.get(f"{there}/{name}.{kind}")) for kind in ("csv", "xlsx")]
            assert csv == xlsx
            assert len(csv) == count + 1
        assert (await client.get(f"{there}/baris.exe")).status_code == 404


async def test_a_batch_goes_only_when_it_is_ticked_and_where_the_city_has_a_gateway(house: House) -> None:
    async with house.seated("petugas", f"/pengelola/nasional/{house.acts.cycle}") as page:
        at = Presses(page)
        await page.locator("tbody a").first.click()
        await at.button("Kirim paket")
        await page.get_by_role("link", name="Centang bahwa paket sudah diperiksa").wait_for()
        await at.choose("Saya sudah memeriksa paket ini", exact=False)
        await at.button("Kirim paket")
        await page.get_by_role("alert").get_by_text("belum memiliki akses gateway").wait_for()
        assert await looking.violations(page) == []
    [made] = (await house.acts.get("petugas", "evaluation", f"/cycles/{house.acts.cycle}/national-batches"))["items"]
    assert made["states"]["sending"] == 0


async def test_answers_come_back_as_a_file_wrong_lines_in_place_and_what_was_rejected_goes_again(house: House) -> None:
    budi, citra = [await nip_of(house, who) for who in ("budi", "citra")]
    async with house.seated("petugas", "/pengelola") as page:
        at = Presses(page)
        await at.link("Paket untuk e-Kinerja nasional")
        at.count += 1
        async with page.expect_navigation():
            await page.locator("tbody a").first.click()
        file = await Presses(page).file("Berkas paket: Unduh CSV")
        await page.get_by_label("Berkas jawaban").set_input_files(_answered(file, {budi: ("DITOLAK", "")}))
        await at.button("Catat jawaban")
        wrong = page.get_by_role("region", name="Baris yang salah")
        assert "alasan" in (await wrong.inner_text()).lower()
        assert await looking.violations(page) == []
        at.count -= 1  # of the file that was not right yet
        said = {budi: ("DITOLAK", "Unit organisasi tidak sesuai"), citra: ("DITERIMA", "")}
        await page.get_by_label("Berkas jawaban").set_input_files(_answered(file, said))
        await at.button("Catat jawaban")
        await page.get_by_text("1 diterima, 1 ditolak, 0 sudah diketahui").wait_for()
        at.within(OFFICE, "answers")
        await page.get_by_label("Keadaan baris").select_option("REJECTED")
        await page.get_by_role("button", name="Tampilkan").click()
        row = page.get_by_role("region", name="Baris").locator("tbody tr")
        assert await row.count() == 1
        assert "Unit organisasi tidak sesuai" in await row.inner_text()
    path = f"/cycles/{house.acts.cycle}/national-batches"
    [made] = (await house.acts.get("petugas", "evaluation", path))["items"]
    assert (made["states"]["confirmed"], made["states"]["rejected"]) == (1, 1)
    assert (await house.acts.get("petugas", "evaluation", f"{path}/preview"))["results"] == 1
    async with house.seated("petugas", f"/pengelola/paket/{made['id']}") as page:
        await page.get_by_role("main").get_by_role("link", name="Siapkan paket baru").click()
        await page.get_by_role("button", name="Buat paket berisi 1 hasil").wait_for()


async def test_the_system_is_reviewed_in_three_presses_with_what_is_to_be_done(house: House) -> None:
    async with house.seated("petugas", "/pengelola", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Tinjauan sistem penilaian")
        await at.type("Temuan tentang sistem", "Siklus berjalan menurut kalender")
        await page.locator("#what-0").fill("Latih penilai")
        await page.locator("#nip-0").fill(await nip_of(house, "sekda"))
        await at.button("Simpan tinjauan")
        await page.get_by_role("link", name="Isi tanggalnya").wait_for()
        at.count -= 1  # of the form that was not right yet
        await page.locator("#until-0").fill("2027-09-30")
        await page.locator("#nip-2").fill(await nip_of(house, "sekda"))
        await at.button("Simpan tinjauan")
        assert await page.locator("#what-2-error").count() == 1
        assert await page.locator("#until-2-error").count() == 1
        assert await page.locator("#what-1-error").count() == 0
        at.count -= 1  # of the form that was not right yet
        await page.locator("#nip-2").fill("")
        await at.button("Simpan tinjauan")
        await page.get_by_text("Tinjauan tersimpan").wait_for()
        at.within(OFFICE, "review")
        await at.type("Hasil tindak lanjut: Latih penilai", "Dilaksanakan Mei")
        await at.button("Tandai selesai")
        await page.get_by_text("Tindak lanjut ditandai selesai.").wait_for()
    found = await house.acts.get("petugas", "evaluation", f"/cycles/{house.acts.cycle}/review")
    assert [(one["what"], one["state"]) for one in found["actions"]] == [("Latih penilai", "DONE")]
    async with house.seated("petugas", f"/pengelola/tinjauan/{house.acts.cycle}") as page:
        assert await looking.violations(page) == []


async def test_nobody_else_gets_in(house: House) -> None:
    cycle = house.acts.cycle
    async with house.visitor("kadis") as client:
        for path in ("keberatan", "andai", "laporan-atas", "usulan", "ekspor", "nasional", "tinjauan"):
            assert (await client.get(f"/pengelola/{path}/{cycle}")).status_code == 403
        assert (await client.get(f"/pengelola/ekspor/{cycle}/hasil.csv")).status_code == 403
