"""Rating in the browser: a period for the whole team, one person after the other with all that speaks for it, signatures."""

import pytest

from contracts.base import Role
from contracts.obligation_names import OBLIGATION_NAMES
from contracts.obligations import ObligationKind
from services.portal.rating import queries
from tests.portal import looking
from tests.portal.house import House, pass_until
from tests.portal.presses import Presses
from tests.portal.tasks import AUTHORITY, RATER

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]
TEAM = ("ani", "budi", "citra")


async def test_who_was_unticked_stays_so_and_what_was_chosen_for_whom_was_refused_is_kept(house: House) -> None:
    acts = house.acts
    await house.town.until("2026-01-08")
    for who in TEAM:
        await acts.propose(who)
        await acts.agree("kabid_a", who, "2026-01-08")
    await pass_until(house, "2026-04-02")
    async with house.seated("kabid_a", f"/tim/periode/{acts.cycle}", java_script_enabled=False) as page:
        at, ticks = Presses(page), {who: page.get_by_role("checkbox", name=who) for who in TEAM}
        assert [await one.is_checked() for one in ticks.values()] == [True] * 3
        await ticks["citra"].uncheck()
        for rating, people in (("Hasil kerja", ("ani", "budi")), ("Perilaku kerja", ("ani",))):
            for who in people:
                await page.get_by_label(f"{rating} {who}").select_option("MEETS")
        await at.button("Simpan evaluasi yang dicentang")
        await page.get_by_text("budi: pilih kedua penilaian").wait_for()
        assert [await ticks[who].is_checked() for who in ("budi", "citra")] == [True, False]
        assert await page.get_by_label("Hasil kerja budi").input_value() == "MEETS"
        await ticks["budi"].uncheck()
        await at.button("Simpan evaluasi yang dicentang")
        await page.get_by_text("Centang sedikitnya satu orang").first.wait_for()
        assert [await ticks[who].is_checked() for who in ("budi", "citra")] == [False, False]
        for who in ("budi", "citra"):
            await ticks[who].check()
            for rating in ("Hasil kerja", "Perilaku kerja"):
                await page.get_by_label(f"{rating} {who}").select_option("MEETS")
        await at.button("Simpan evaluasi yang dicentang")
        await page.get_by_text("citra: dievaluasi").wait_for()
        assert await page.get_by_role("checkbox").count() == 0


async def test_a_team_that_is_too_large_for_the_page_is_said_to_be_so(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/tim/periode/{house.acts.cycle}"
    async with house.visitor("kabid_a") as client:
        whole = (await client.get(path)).text
        monkeypatch.setattr(queries, "MOST", 2)
        text = (await client.get(path)).text
    assert ("orang pertama menurut nama" in whole, "citra" in whole) == (False, True)
    assert ("2 orang pertama menurut nama" in text, "citra" in text) == (True, False)


async def test_a_period_is_evaluated_as_before_for_the_whole_team_in_three_presses(house: House) -> None:
    acts = house.acts
    await pass_until(house, "2026-07-02")
    async with house.seated("kabid_a") as page:
        at = Presses(page)
        await at.link("Tim saya")
        await at.link("Evaluasi periodik tim")
        assert await looking.violations(page) == []
        await at.button("Simpan evaluasi yang dicentang")
        await page.get_by_text("citra: dievaluasi").wait_for()
        at.within(RATER, "as before")
        await house.town.deliver()
        await page.goto("/")
        name = OBLIGATION_NAMES[ObligationKind.EVALUATE_PERIOD][0]
        for who in TEAM:  # the period that still runs is owed as before
            assert await page.get_by_role("link", name=f"{name}: {who}").count() == 1
    for who in TEAM:
        periods = await acts.get("kabid_a", "evaluation", f"/appraisals/{acts.appraisal(who)}/periods")
        [second] = [one for one in periods["items"] if one["number"] == 2]
        assert second["predicate"] == "GOOD"


async def _answered(house: House, path: str, choice: str, field: tuple[str, str], told: str) -> Presses:
    """A task is opened from the start page, sent without a choice, chosen and sent again: the presses of who does it right."""
    async with house.seated("kabid_a") as page:
        at = Presses(page)
        await at.address(path)
        await at.button(field[1])
        await page.get_by_text("Pilih salah satu").first.wait_for()
        assert await looking.violations(page) == []
        at.count -= 1  # of the form that was not right yet
        await at.choose(choice)
        await at.type(field[0], "Nota dinas 12/2026")
        await at.button(field[1])
        await page.get_by_text(told).wait_for()
        assert await page.get_by_role("main").get_by_role("button").count() == 0
    return at


async def test_ideas_requests_and_initiatives_are_answered_in_two_presses_and_a_choice(house: House) -> None:
    acts, cycle = house.acts, {"cycle_id": str(house.acts.cycle)}
    idea = await acts.post("ani", "feedback", "/ideas", cycle | {"title": "Antrean daring", "text": "Nomor antrean"})
    support = await acts.post("ani", "feedback", "/support-requests", cycle | {"kind": "BUDGET", "text": "Biaya cetak"})
    begun = {"kind": "INNOVATION", "title": "Peta loket", "description": "Peta", "benefit": "Antrean pendek"}
    initiative = await acts.post("ani", "plans", "/initiatives", cycle | begun)
    for path, choice, told in (
        (f"/ide/{idea['id']}", "Ya", "Jawaban Anda terkirim"),
        (f"/dukungan/{support['id']}", "Tidak", "Jawaban Anda terkirim"),
    ):
        at = await _answered(house, path, choice, ("Jawaban Anda", "Kirim jawaban"), told)
        at.within(RATER, "ideas", chosen=1)
    field = ("Dokumen pengakuan", "Simpan verifikasi")
    at = await _answered(house, f"/inisiatif/{initiative['id']}", "Ya", field, "Verifikasi tercatat")
    at.within(RATER, "verify", chosen=1)
    for service, path in (("feedback", "/ideas"), ("feedback", "/support-requests")):
        [one] = (await acts.get("ani", service, path))["items"]
        assert one["answer"] == "Nota dinas 12/2026"
    assert (await acts.get("ani", "plans", f"/initiatives/{initiative['id']}"))["state"] == "RECOGNISED"
    coaching = await acts.post(
        "kabid_a",
        "feedback",
        "/coachings",
        cycle
        | {
            "servant_id": acts.id_of("ani"),
            "coach_id": acts.id_of("citra"),
            "kind": "COACHING",
            "topic": "Menulis telaah",
        },
    )
    async with house.seated("citra", f"/bimbingan/{coaching['id']}") as page:
        at = Presses(page)
        await at.type("Tanggal pelaksanaan", "2026-07-01")
        await at.type("Hasil yang boleh dibaca", "Telaah pertama selesai")
        await at.button("Simpan laporan")
        await page.get_by_text("Bimbingan tercatat.").wait_for()
        assert at.count <= 3
    async with house.seated("ani", "/ide/baru") as page:
        await page.get_by_role("heading", level=1).wait_for()
        assert page.url.endswith("/ide/baru")


async def test_one_person_is_rated_with_everything_on_one_page_in_three_presses_and_the_choices(house: House) -> None:
    acts = house.acts
    await pass_until(house, "2027-01-07")
    for who in TEAM:
        await acts.report(who, 4)
    units = (await acts.get("petugas", "evaluation", f"/cycles/{acts.cycle}/units"))["items"]
    achieved = [{"unit_id": one["unit_id"], "performance": "GOOD"} for one in units]
    for officer in ("petugas", "eko"):
        await acts.post(officer, "evaluation", f"/cycles/{acts.cycle}/org-performance", {"items": achieved})
    said = {"about_id": acts.id_of("ani"), "what": "Surat dijawab tepat waktu", "how": "Pertahankan"}
    await acts.post("kabid_a", "feedback", "/feedback", {"cycle_id": str(acts.cycle), **said})
    await house.town.until("2027-01-14")
    async with house.seated("kabid_a", java_script_enabled=False) as page:
        at, task = Presses(page), page.locator(f"main a[href='/tim/nilai/{acts.appraisal('ani')}']")
        assert await task.count() == 1
        await at.link("Tim saya")
        await at.link("Nilai ani")
        text = await page.get_by_role("main").inner_text()
        assert "Surat dijawab tepat waktu" in text
        assert "40" in await page.get_by_role("main").locator("table").first.inner_text()
        await at.button("Simpan penilaian")
        assert await page.get_by_text("Pilih satu penilaian").count() == 4
        at.count -= 1  # of the form that was not right yet
        group = page.get_by_role("group", name="Hasil kerja")
        await group.get_by_label("Sesuai ekspektasi").check()
        await page.get_by_role("group", name="Perilaku kerja").get_by_label("Sesuai ekspektasi").check()
        await page.locator("#score-behaviour").fill("95")
        before = at.count
        await at.button("Simpan, lalu nilai budi")
        await page.get_by_role("heading", name="Nilai budi").wait_for()
        at.within(RATER, "rate")
        at.count -= before
        at.within(RATER, "next")
        await page.goto("/")
        await page.get_by_role("heading", level=1).wait_for()
        assert await task.count() == 0


async def test_half_a_rating_goes_on_on_another_device(house: House) -> None:
    appraisal = house.acts.appraisal("budi")
    async with house.seated("kabid_a", f"/tim/nilai/{appraisal}", viewport=looking.NARROW) as page:
        assert await looking.too_wide(page) == []
        await page.set_viewport_size({"width": 1280, "height": 800})
        assert await looking.violations(page) == []
        await page.get_by_label("Komentar").fill("Baru setengah")
        await page.locator("[data-draft-line]").filter(has_text=":").wait_for()
    async with house.seated("kabid_a") as page:
        at = Presses(page)
        await at.address(f"/tim/nilai/{appraisal}")
        assert await page.get_by_label("Komentar").input_value() == "Baru setengah"
        at.within(RATER, "half")


async def test_whoever_does_not_rate_somebody_finds_the_page_closed(house: House) -> None:
    async with house.visitor("dewi") as client:
        assert (await client.get(f"/tim/nilai/{house.acts.appraisal('ani')}")).status_code in (403, 404)


async def test_a_question_about_a_result_is_answered_in_three_presses(house: House) -> None:
    for who in ("budi", "citra"):
        await house.acts.assess("kabid_a", who)
    await house.town.until("2027-01-15")
    asked = {"appraisal_id": str(house.acts.appraisal("ani")), "text": "Mengapa target dihitung penuh?"}
    question = await house.acts.post("ani", "feedback", "/clarifications", asked)
    async with house.seated("kabid_a", f"/klarifikasi/{question['id']}") as page:
        at = Presses(page)
        await at.link("Jawab klarifikasi ini")
        await at.choose("Dijelaskan, hasil tetap")
        await at.type("Penjelasan Anda", "Target disepakati pada dialog Januari")
        await at.button("Kirim jawaban")
        await page.get_by_text("Jawaban Anda terkirim.").wait_for()
        at.within(RATER, "answer")
    [answered] = (await house.acts.get("ani", "feedback", "/clarifications"))["items"]
    assert (answered["state"], answered["reason"]) == ("EXPLAINED", "Target disepakati pada dialog Januari")


async def test_a_question_that_its_rater_leaves_is_answered_by_the_superior_to_whom_it_fell(house: House) -> None:
    about = {"appraisal_id": str(house.acts.appraisal("budi")), "items": ["behaviour"], "text": "Mengapa 95?"}
    question = (await house.acts.post("budi", "feedback", "/clarifications", about))["id"]
    async with house.visitor("petugas") as client:  # reads it, and has nothing to answer
        assert "Jawab klarifikasi ini" not in (await client.get(f"/klarifikasi/{question}")).text
    await pass_until(house, "2027-01-28")
    async with house.seated("kadis") as page:
        at = Presses(page)
        await at.address(f"/klarifikasi/{question}")
        await at.link("Jawab klarifikasi ini")
        await at.choose("Dijelaskan, hasil tetap")
        await at.type("Penjelasan Anda", "Dinilai pada dialog Desember")
        await at.button("Kirim jawaban")
        await page.get_by_text("Jawaban Anda terkirim.").wait_for()
    answered = await house.acts.get("budi", "feedback", f"/clarifications/{question}")
    assert (answered["state"], answered["answered_by"]) == ("EXPLAINED", house.acts.id_of("kadis"))


async def test_all_that_are_ready_are_signed_in_three_presses_with_the_outcome_of_each(house: House) -> None:
    await pass_until(house, "2027-02-10")
    async with house.seated("kabid_a") as page:
        at = Presses(page)
        await at.link("Tim saya")
        await at.link("Tanda tangani hasil")
        await page.get_by_role("heading", name="Siap ditandatangani (3)").wait_for()
        assert await looking.violations(page) == []
        for who in TEAM:
            await page.get_by_label(f"Hasil {who}").uncheck()
        await at.button("Tanda tangani yang dicentang")
        await page.get_by_text("Centang sedikitnya satu orang").first.wait_for()
        at.count -= 1  # of the form that was not right yet
        for who in TEAM:
            assert not await page.get_by_label(f"Hasil {who}").is_checked()
            await page.get_by_label(f"Hasil {who}").check()
        await at.button("Tanda tangani yang dicentang")
        await page.get_by_text("budi: ditandatangani").wait_for()
        at.within(RATER, "sign")
    await house.town.deliver()
    assert {house.acts.result(who) for who in TEAM}


async def test_an_objection_is_decided_by_item_in_four_presses_and_the_choices_and_read_once_more(house: House) -> None:
    acts = house.acts
    await acts.acknowledge("ani")
    case = (await acts.object("ani"))["id"]
    await house.town.until("2027-02-11")
    await acts.explain("ani", case)
    await acts.explain("kabid_a", case)
    await house.town.until("2027-02-12")
    async with house.seated("kadis") as page:
        at = Presses(page)
        await at.address(f"/keberatan/{case}")
        await at.link("Putuskan keberatan ini")
        text = await page.get_by_role("main").inner_text()
        assert text.count("Penjelasan lengkap terlampir") == 2
        assert await looking.violations(page) == []
        assert await page.get_by_role("button", name="Putuskan", exact=True).count() == 0
        await at.choose("Diubah")
        await at.type("Alasan putusan", "Bukti triwulan III mencukupi")
        await at.select("Hasil kerja menurut putusan", "Di atas ekspektasi")
        await at.type("Pertimbangan putusan", "Bukti dukung diperiksa kembali")
        await at.button("Periksa putusan")
        await page.get_by_text("Putusan ini final").wait_for()
        await at.button("Putuskan")
        await page.get_by_text("Keberatan diputus.").wait_for()
        at.within(AUTHORITY, "decide", chosen=2)
    async with house.seated("kadis", f"/keberatan/{case}") as page:
        at = Presses(page, 1)  # the notice of the decision leads here
        assert (await at.file("Unduh dokumen keberatan (PDF)")).startswith(b"%PDF")
        at.within(AUTHORITY, "decision")
    decided = await acts.get("ani", "feedback", f"/objections/{case}")
    assert decided["outcome"] == "AMENDED"
    assert decided["decision"]["items"][0]["reason"] == "Bukti triwulan III mencukupi"
    async with house.visitor("dewi") as client:
        assert (await client.get(f"/keberatan/{case}/putusan")).status_code in (403, 404)


async def test_an_officer_who_is_in_no_cycle_reads_what_a_question_is_about_in_words(house: House) -> None:
    await house.declare("pengelola", Role.PERFORMANCE_OFFICE)
    every = (await house.acts.get("budi", "feedback", "/clarifications"))["items"]
    [question] = [one for one in every if one["items"]]
    async with house.visitor("pengelola") as client:
        for tongue, said in (("id", "<li>Perilaku</li>"), ("en", "<li>Behaviour</li>")):
            await client.get(f"/bahasa?b={tongue}&ke=/")
            assert said in (await client.get(f"/klarifikasi/{question['id']}")).text
