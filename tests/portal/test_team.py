"""A rater's team in the browser: who waits, plans read and set, guidance, results taken over, the list on paper."""

import io

import pytest
from pypdf import PdfReader

from services.portal.team import plans
from tests.portal.house import House
from tests.portal.presses import Presses
from tests.portal.tasks import RATER

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]


def _text_of(file: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)


async def test_the_team_page_says_who_waits_and_how_far_everybody_is(house: House) -> None:
    await house.town.until("2026-01-05")
    for who in ("ani", "budi", "citra"):
        await house.acts.propose(who)
    async with house.seated("kabid_a") as page:
        at = Presses(page)
        await at.link("Tim saya")
        await page.get_by_role("heading", name="Menunggu Anda (3)").wait_for()
        at.within(RATER, "team")
        rows = page.locator("tbody tr")
        assert await rows.count() == 3
        assert await page.get_by_role("link", name="Diusulkan ani").count() == 1
        await page.goto("/tim?rencana=SET")
        assert await page.locator("tbody tr").count() == 0


async def test_what_is_too_much_for_one_page_of_plans_is_counted(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house.visitor("kabid_a") as client:
        assert "rencana lagi menunggu Anda" not in (await client.get("/tim/rencana")).text
        monkeypatch.setattr(plans, "_MOST", 2)
        text = (await client.get("/tim/rencana")).text
    assert "1 rencana lagi menunggu Anda" in text
    assert text.count("Tetapkan rencana ") == 2


async def test_a_dialogue_is_recorded_in_three_presses_and_what_is_missing_stands_at_its_field(house: House) -> None:
    plan = (await house.acts.plan("ani"))["id"]
    async with house.seated("kabid_a", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Tim saya")
        await at.link("Diusulkan ani")
        await at.type("Tanggal dialog", "2026-01-05")
        await at.type("Yang dibahas", "Target dibahas")
        await at.type("Yang disepakati", "Laporan tiap triwulan")
        await at.button("Simpan dialog")
        await page.get_by_text("Dialog tersimpan.").wait_for()
        at.within(RATER, "dialogue")
        await at.button("Simpan dialog")
        assert await page.locator("#summary-error").count() == 1
        assert (await page.title()).startswith("Kesalahan:")
    [talk] = (await house.acts.plan("ani"))["dialogues"]
    assert (talk["plan_id"], talk["summary"], talk["purpose"]) == (plan, "Target dibahas", "SET")


async def test_a_plan_is_returned_with_remarks_row_by_row_in_four_presses(house: House) -> None:
    async with house.seated("kabid_a", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Tim saya")
        await at.link("Diusulkan budi")
        await at.button("Kembalikan rencana ini")
        assert await page.locator("#reason-error").count() == 1
        await at.type("Hasil 1:", "Sebutkan penerima layanannya")
        await at.type("Indikator 1.1:", "Target terlalu rendah")
        await at.button("Kembalikan rencana ini")
        await page.get_by_text("Rencana dikembalikan.").wait_for()
        at.within(RATER, "return")
    found = await house.acts.plan("budi")
    assert (found["state"], found["returned_reason"]) == (
        "RETURNED",
        "Sebutkan penerima layanannya\nTarget terlalu rendah",
    )
    assert [one["where"] for one in found["remarks"]] == ["results.0", "results.0.indicators.0"]
    async with house.seated("budi", f"/rencana/{found['id']}") as page:
        assert "Indikator 1: Target terlalu rendah" in await page.get_by_role("main").inner_text()


async def test_the_reviewing_authority_reads_a_plan_and_is_offered_what_the_rater_alone_does_nowhere(
    house: House,
) -> None:
    proposed, path = (await house.acts.plan("ani"))["id"], "/tim/rencana/"
    for who, offered in (("kabid_a", True), ("kadis", False)):
        async with house.visitor(who) as client:
            text = (await client.get(f"{path}{proposed}")).text
            assert "Surat yang dijawab" in text
            assert "Simpan dialog" in text
            for act in ("Tetapkan rencana ini", "Kembalikan rencana ini"):
                assert (act in text) is offered


async def test_a_plan_is_read_and_set_in_three_presses_and_leaves_the_tasks(house: House) -> None:
    async with house.seated("kabid_a") as page:
        at = Presses(page)
        await at.link("Tim saya")
        await at.link("Diusulkan ani")
        await at.button("Tetapkan rencana ini")
        await page.get_by_text("Rencana ditetapkan.").wait_for()
        at.within(RATER, "set")
        await page.goto("/tim")
        await page.get_by_role("heading", name="Menunggu Anda (1)").wait_for()
    assert (await house.acts.plan("ani"))["state"] == "SET"
    path = f"/tim/rencana/{(await house.acts.plan('ani'))['id']}"
    for who, offered in (("kabid_a", True), ("kadis", False)):
        async with house.visitor(who) as client:
            text = (await client.get(path)).text
            assert (f"{path}/ubah" in text, "/tim/ambil-alih/" in text) == (offered, offered)


async def test_plans_are_set_at_once_in_three_presses_and_the_ticks_or_none_of_them(house: House) -> None:
    await house.acts.propose("budi")
    both = {who: (await house.acts.plan(who))["id"] for who in ("budi", "citra")}
    talk = {"held_on": "2026-01-05", "summary": "Target", "agreed": "Tiap triwulan", "purpose": "SET"}
    await house.acts.post("kabid_a", "plans", f"/plans/{both['budi']}/dialogues", talk)
    for complete in (False, True):
        if complete:
            await house.acts.post("kabid_a", "plans", f"/plans/{both['citra']}/dialogues", talk)
        async with house.seated("kabid_a") as page:
            at = Presses(page)
            await at.link("Tim saya")
            await at.link("Rencana yang menunggu penetapan")
            for who in both:
                await at.choose(f"Tetapkan rencana {who}")
            await at.button("Tetapkan yang dicentang")
            expected = "2 rencana ditetapkan." if complete else "Ada yang perlu diperbaiki"
            await page.get_by_text(expected).wait_for()
            at.within(RATER, "set many", chosen=len(both))
        states = {(await house.acts.plan(who))["state"] for who in both}
        assert states == ({"SET"} if complete else {"PROPOSED"})


async def test_whoever_leads_nobody_finds_the_page_empty_and_another_s_plan_closed(house: House) -> None:
    plan = (await house.acts.plan("ani"))["id"]
    async with house.visitor("dewi") as client:
        assert "tidak menilai siapa pun" in (await client.get("/tim")).text
        assert (await client.get(f"/tim/rencana/{plan}")).status_code in (403, 404)


async def test_the_reviewing_authority_sees_the_branch_with_its_raters(house: House) -> None:
    async with house.visitor("kadis") as client:
        text = (await client.get("/tim?cabang=1")).text
        assert "dinilai kabid_a" in text
        assert "dinilai kabid_b" in text


async def test_coaching_and_counselling_are_asked_for_in_three_presses_each_and_what_is_missing_is_said(
    house: House,
) -> None:
    for kind, coach, topic in (("bimbingan", "", "Menulis telaah"), ("konseling", "dewi", "Sikap di loket")):
        async with house.seated("kabid_a", java_script_enabled=False) as page:
            at = Presses(page)
            await at.link("Tim saya")
            await at.link("Bimbingan dan konseling")
            await at.button("Minta konseling")
            assert await page.locator(".govuk-error-message").count() == 3
            at.count -= 1  # of the form that was not right yet
            await at.type("Siapa yang dibimbing?", "ani, Pejabat")
            await at.type("Siapa yang membimbing?", coach)
            await at.type("Tentang apa?", topic)
            await at.button(f"Minta {kind}")
            await page.get_by_text("Permintaan terkirim.").wait_for()
            at.within(RATER, "coaching")
    asked = (await house.acts.get("kabid_a", "feedback", "/coachings"))["items"]
    ani, leader, counsellor = (house.acts.id_of(who) for who in ("ani", "kabid_a", "dewi"))
    assert {(one["kind"], one["servant_id"], one["coach_id"]) for one in asked} == {
        ("COACHING", ani, leader),
        ("COUNSELLING", ani, counsellor),
    }


async def test_a_rater_does_not_counsel_and_names_nobody_unknown(house: House) -> None:
    async with house.seated("kabid_a", "/tim/bimbingan", java_script_enabled=False) as page:
        at = Presses(page)
        await at.type("Siapa yang dibimbing?", "siapa")
        await at.type("Siapa yang membimbing?", "kadis")
        await at.type("Tentang apa?", "Sikap")
        await at.button("Minta konseling")
        assert await page.locator("#servant-error").count() == 1
        await at.type("Siapa yang dibimbing?", "budi")
        await at.button("Minta konseling")
        assert "konselor independen" in await page.get_by_role("alert").inner_text()
        assert await page.get_by_label("Tentang apa?").input_value() == "Sikap"


async def test_what_came_of_counselling_is_told_and_its_content_stays_between_the_two(house: House) -> None:
    async with house.seated("dewi", "/bimbingan") as page:
        await page.get_by_role("heading", name="Anda membimbing").wait_for()
        at = Presses(page)
        await at.link("Laporkan hasilnya")
        await at.type("Tanggal pelaksanaan", "2026-01-05")
        await at.type("Hasil yang boleh dibaca", "Sepakat menyapa lebih dahulu")
        await at.type("Isi pembicaraan", "Beban di rumah")
        await at.button("Simpan laporan")
        await page.get_by_text("Bimbingan tercatat.").wait_for()
    for who, reads in (("ani", True), ("kabid_a", False), ("kadis", False)):
        async with house.seated(who, "/bimbingan") as page:
            assert "Hasil: Sepakat menyapa lebih dahulu" in await page.get_by_role("main").inner_text()
            await Presses(page).link("Konseling: Sikap di loket")
            text = await page.get_by_role("main").inner_text()
            assert "dewi" in text
            assert ("Beban di rumah" in text) is reads


async def test_a_result_is_taken_over_with_a_note_in_three_presses_and_its_servant_reads_it(house: House) -> None:
    plan = await house.acts.plan("ani")
    async with house.seated("kabid_a", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Tim saya")
        await at.link("Ambil alih hasil kerja ani")
        checked = await page.get_by_role("main").inner_text()
        assert plan["results"][0]["statement"] in checked
        assert "Yang dibaca ani" in checked
        await at.button("Ambil alih hasil kerja 1")
        assert await page.locator("form .govuk-error-message").count() == 1
        at.count -= 1  # of the form that was not right yet
        await at.type("Catatan: mengapa hasil kerja 1", "Belum ada naskah sejak Maret")
        await at.button("Ambil alih hasil kerja 1")
        await page.get_by_text("Hasil kerja Anda ambil alih.").wait_for()
        at.within(RATER, "take over")
        assert await page.get_by_role("button", name="Ambil alih hasil kerja 1").count() == 0
    [taken] = (await house.acts.get("ani", "feedback", "/take-overs"))["items"]
    assert (taken["result"], taken["note"]) == (plan["results"][0]["statement"], "Belum ada naskah sejak Maret")
    for who, path in (("ani", f"/rencana/{plan['id']}"), ("kabid_a", f"/tim/rencana/{plan['id']}")):
        async with house.visitor(who) as client:
            text = (await client.get(path)).text
            assert "Belum ada naskah sejak Maret" in text
            assert "Diambil alih kabid_a" in text
    async with house.visitor("kabid_b") as client:
        answer = await client.get(f"/tim/ambil-alih/{plan['id']}")
        assert answer.status_code in (403, 404)


async def test_the_list_is_printed_in_two_presses_as_it_is_filtered(house: House) -> None:
    async with house.seated("kabid_a") as page:
        at = Presses(page)
        await at.link("Tim saya")
        written = _text_of(await at.file("Cetak daftar ini (PDF)"))
        at.within(RATER, "print")
    assert "TIM SAYA" in written
    assert all(who in written for who in ("ani", "budi", "citra", "Ditetapkan"))
    async with house.visitor("kadis") as client:
        branch = _text_of((await client.get("/tim/daftar.pdf?cabang=1&rencana=SET")).content)
        assert "dinilai kabid_a" in branch
        assert "dewi" not in branch
    async with house.visitor("dewi") as client:
        assert (await client.get("/tim/daftar.pdf")).status_code == 404


async def test_somebody_who_is_not_mine_is_told_to_the_office_in_two_presses(house: House) -> None:
    async with house.seated("kabid_a", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Tim saya")
        await at.button("Kirim permintaan")
        assert await page.locator("#servant-error").count() == 1
        await at.button("Kirim permintaan")
        assert await page.locator("#servant-error").count() == 1  # nobody named is not the reader
        await page.goto("/")
        at = Presses(page)
        await at.link("Tim saya")
        await at.type("Siapa yang bukan bawahan Anda?", "citra, Pejabat")
        await at.type("Apa yang keliru", "Sudah pindah ke Bidang B sejak Desember")
        await at.type("Nama atau NIP pejabat penilai yang benar", "kabid_b")
        await at.button("Kirim permintaan")
        await page.get_by_text("Permintaan terkirim").wait_for()
        at.within(RATER, "not mine")
    [asked] = (await house.acts.get("petugas", "registry", "/requests?state=OPEN"))["items"]
    wanted = tuple(house.acts.id_of(who) for who in ("kabid_a", "citra", "kabid_b"))
    assert (asked["asked_by"], asked["servant_id"], asked["person_id"]) == wanted


async def test_feedback_on_an_entry_of_the_log_is_given_in_three_presses_and_stands_beside_it(house: House) -> None:
    plan = (await house.acts.plan("ani"))["id"]
    entries = [{"day": "2026-01-05", "text": f"Menjawab surat {one}", "minutes": 30} for one in range(12)]
    await house.acts.post("ani", "plans", f"/plans/{plan}/activities", {"entries": entries})
    async with house.seated("kabid_a", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Tim saya")
        await at.link("Catatan harian ani")
        assert await page.get_by_role("heading", name="Menjawab surat").count() == 10
        await at.button("Kirim umpan balik")
        assert await page.locator(".govuk-error-message").count() == 2
        at.count -= 1  # of the form that was not right yet
        await at.type("Apa yang Anda amati?", "Nomor surat tidak dicatat")
        await at.type("Bagaimana sebaiknya dilanjutkan?", "Tulis nomornya")
        await at.button("Kirim umpan balik")
        await page.get_by_text("Umpan balik terkirim.").wait_for()
        at.within(RATER, "feedback")
        assert await page.locator("section", has_text="Nomor surat tidak dicatat").count() == 1
        await at.link("Berikutnya")
        assert await page.get_by_role("heading", name="Menjawab surat").count() == 2
    about = f"/feedback?cycle_id={house.acts.cycle}&about_id={house.acts.id_of('ani')}"
    [given] = (await house.acts.get("ani", "feedback", about))["items"]
    logged = (await house.acts.get("ani", "plans", f"/plans/{plan}/activities"))["items"]
    assert given["activity_id"] in {one["id"] for one in logged}
    for who in ("ani", "kabid_b"):
        async with house.visitor(who) as client:
            assert (await client.get(f"/tim/catatan/{plan}")).status_code in (403, 404)


async def test_after_a_transfer_the_new_rater_talks_and_sets_the_plan_anew(house: House) -> None:
    await house.acts.propose("eko")
    await house.acts.agree("kabid_b", "eko", "2026-01-05")
    today = house.town.clock.now().date().isoformat()
    moved = {"unit_id": await house.acts.unit("16.71.A"), "rater_id": house.acts.id_of("kabid_a")}
    told = {**moved, "from": today, "reason": "Mutasi rutin"}
    await house.acts.post("petugas", "registry", f"/servants/{house.acts.id_of('eko')}/transfers", told)
    await house.town.changes_take_effect()
    plan = await house.acts.plan("eko")
    assert (plan["state"], plan["rater_id"]) == ("SET", house.acts.id_of("kabid_a"))
    async with house.visitor("kabid_a") as client:
        assert "Setelah mutasi: tetapkan kembali" in (await client.get("/tim/rencana")).text
    async with house.seated("kabid_a", f"/tim/rencana/{plan['id']}", java_script_enabled=False) as page:
        at = Presses(page)
        assert await page.get_by_role("button", name="Tetapkan rencana ini").count() == 0
        assert await page.get_by_role("button", name="Kembalikan rencana ini").count() == 0
        await at.type("Tanggal dialog", today)
        await at.type("Yang dibahas", "Rencana dari bidang sebelumnya")
        await at.type("Yang disepakati", "Tetap berlaku di bidang ini")
        await at.button("Simpan dialog")
        await at.button("Tetapkan rencana ini")
        await page.get_by_text("Rencana ditetapkan.").wait_for()
        assert await page.get_by_text("Setelah mutasi, bicarakan lagi").count() == 0
    again = await house.acts.plan("eko")
    assert again["plan_version"] == plan["plan_version"] + 1
    async with house.visitor("kabid_a") as client:
        assert "Setelah mutasi: tetapkan kembali" not in (await client.get("/tim/rencana")).text
