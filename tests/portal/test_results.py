"""Results in the browser: clarification, receipt, why, objection with its timeline; every task in its presses."""

import pytest

from services.portal.results.views import trend
from tests.portal.house import House, pass_until
from tests.portal.presses import Presses
from tests.portal.tasks import RATER, SERVANT
from tests.workflows.year.acts import BELOW

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]


async def _year(house: House) -> None:
    """A year goes by: three of Bidang A have a plan, the organisations are rated, the three are assessed."""
    acts, town = house.acts, house.town
    await town.until("2026-01-08")
    for who in ("ani", "budi", "citra"):
        await acts.propose(who)
        await acts.agree("kabid_a", who, "2026-01-08")
    await pass_until(house, "2027-01-07")
    for who in ("ani", "budi", "citra"):
        await acts.report(who, 4)
    units = (await acts.get("petugas", "evaluation", f"/cycles/{acts.cycle}/units"))["items"]
    achieved = [{"unit_id": one["unit_id"], "performance": "GOOD"} for one in units]
    for officer in ("petugas", "eko"):
        await acts.post(officer, "evaluation", f"/cycles/{acts.cycle}/org-performance", {"items": achieved})
    await town.until("2027-01-14")
    for who in ("ani", "budi", "citra"):
        await acts.assess("kabid_a", who, *[BELOW] * (who == "ani"))
    await pass_until(house, "2027-02-10")


async def test_a_question_after_its_window_is_refused_in_the_service_s_words(house: House) -> None:
    await _year(house)
    async with house.seated("ani") as page:
        at = Presses(page)
        await at.link("Hasil")
        await page.get_by_text("Hasil sementara").first.wait_for()
        await at.link("Minta klarifikasi")
        await at.type("Pertanyaan atau penjelasan Anda", "Mengapa target triwulan III dihitung penuh?")
        await at.button("Kirim pertanyaan")
        assert "masa klarifikasi berakhir" in await page.get_by_role("main").inner_text()


async def test_the_result_is_seen_in_one_press_and_its_reasons_in_two(house: House) -> None:
    await house.acts.sign("kabid_a", "ani", "budi")
    async with house.seated("ani") as page:
        at = Presses(page)
        await at.link("Hasil")
        await page.get_by_text("Butuh Perbaikan").first.wait_for()
        at.within(SERVANT, "see result")
        await at.link("Mengapa nilai ini")
        await page.get_by_role("heading", name="Mengapa hasil Anda demikian").wait_for()
        at.within(SERVANT, "why")
        steps = await page.get_by_role("main").locator("ol > li").all_inner_texts()
        path = f"/results/{house.acts.result('ani')}/explanation"
        assert steps == [one["id"] for one in (await house.acts.get("ani", "evaluation", path))["sentences"]]


async def test_who_leads_reads_whose_result_it_is_and_the_criteria_by_their_names(house: House) -> None:
    path = f"/hasil/{house.acts.result('ani')}"
    words = {
        "id": ("ani: Hasil kinerja", "Mengapa hasil ani demikian", "Perilaku"),
        "en": ("ani: Result", "Why the result of ani is what it is", "Behaviour"),
    }
    for reader in ("kadis", "kabid_a"):
        async with house.visitor(reader) as client:
            for tongue, (title, why, criterion) in words.items():
                await client.get(f"/bahasa?b={tongue}&ke=/")
                shown, explained = [(await client.get(f"{path}{part}")).text for part in ("", "/mengapa")]
                assert title in shown
                assert why in explained
                for text in (shown, explained):
                    assert f">{criterion}</dt>" in text
                    assert ">behaviour</dt>" not in text


async def test_the_results_over_the_cycles_are_shown_from_the_first_on_in_one_press(house: House) -> None:
    async with house.seated("ani", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Hasil")
        await page.get_by_role("heading", name="Perkembangan Anda").wait_for()
        at.within(SERVANT, "trend")
        assert await page.get_by_text("Setelah hasil siklus berikutnya").count() == 1
        [row] = await page.get_by_role("region", name="Perkembangan Anda").locator("tbody tr").all_inner_texts()
        assert "Butuh Perbaikan" in row
    async with house.visitor("dewi") as client:
        assert "Perkembangan Anda" not in (await client.get("/hasil")).text


async def test_receipt_is_acknowledged_in_two_presses(house: House) -> None:
    async with house.seated("ani", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Hasil")
        await at.button("Saya sudah menerima hasil ini")
        await page.get_by_text("Penerimaan tercatat.").wait_for()
        at.within(SERVANT, "receipt")
    result = await house.acts.get("ani", "evaluation", f"/results/{house.acts.result('ani')}")
    assert result["received_at"]
    assert not result["deemed"]


async def test_an_objection_is_checked_and_filed_in_four_presses_and_says_how_many_days_are_left(house: House) -> None:
    async with house.seated("ani") as page:
        at = Presses(page)
        await at.link("Hasil")
        await at.link("Ajukan keberatan")
        assert "hari lagi" in await page.locator(".govuk-inset-text").inner_text()
        await at.type("Alasan keberatan", "Bukti dukung triwulan III belum dilihat")
        await page.get_by_label("Perilaku", exact=True).check()
        await at.button("Periksa")
        assert await page.get_by_text("Bukti dukung triwulan III belum dilihat").count() == 1
        await at.button("Ajukan keberatan ini")
        await page.get_by_text("Keberatan diajukan.").wait_for()
        at.within(SERVANT, "object")
    [case] = (await house.acts.get("ani", "feedback", "/objections"))["items"]
    assert case["result_id"] == str(house.acts.result("ani"))


async def test_the_timeline_says_whose_turn_it_is(house: House) -> None:
    await house.town.until("2027-02-11")
    async with house.seated("ani") as page:
        at = Presses(page)
        await at.link("Hasil")
        said = page.locator(".govuk-inset-text", has_text="Giliran")
        await said.wait_for()
        at.within(SERVANT, "follow")
        assert "kabid_a" in await said.inner_text()
        assert "ani" in await said.inner_text()
    [case] = (await house.acts.get("ani", "feedback", "/objections"))["items"]
    for who in ("ani", "kabid_a"):
        async with house.seated(who) as page:
            at = Presses(page)
            await at.address(f"/keberatan/{case['id']}")
            await at.type("Penjelasan Anda", f"Penjelasan dari {who}")
            await at.button("Kirim penjelasan")
            await page.get_by_text("Penjelasan Anda tercatat.").wait_for()
            at.within(RATER, "statement")
    async with house.seated("ani", f"/keberatan/{case['id']}") as page:
        assert "Giliran kadis memutus" in await page.get_by_role("main").inner_text()
    async with house.seated("kadis", f"/keberatan/{case['id']}/putusan") as page:
        at = Presses(page)
        await at.choose("Diubah")
        await at.type("Alasan putusan: Perilaku", "Catatan dialog diperiksa")
        await at.type("Nilai baru Perilaku", "80")
        await at.type("Pertimbangan putusan", "Diperiksa kembali")
        await at.button("Periksa putusan")
        assert "Nilai baru Perilaku" in await page.get_by_role("main").inner_text()


async def test_an_objection_is_withdrawn_in_two_presses(house: House) -> None:
    async with house.seated("ani") as page:
        at = Presses(page)
        await at.link("Hasil")
        await at.button("Cabut keberatan")
        await page.get_by_text("Keberatan dicabut.").wait_for()
        at.within(SERVANT, "withdraw")
    [case] = (await house.acts.get("ani", "feedback", "/objections"))["items"]
    assert case["state"] == "WITHDRAWN"
    async with house.visitor("inspektur") as client:  # is in no cycle of his own
        for tongue, said in (("id", "Yang dipertanyakan: Perilaku"), ("en", "What is contested: Behaviour")):
            await client.get(f"/bahasa?b={tongue}&ke=/")
            assert said in (await client.get(f"/keberatan/{case['id']}")).text


async def test_others_get_nothing_of_a_result_that_is_not_theirs(house: House) -> None:
    async with house.visitor("dewi") as client:
        for path in ("", "/mengapa", "/keberatan"):
            answer = await client.get(f"/hasil/{house.acts.result('ani')}{path}")
            assert answer.status_code in (403, 404)
            assert "Butuh Perbaikan" not in answer.text


@pytest.mark.parametrize(
    ("predicates", "said"),
    [
        (["GOOD"], "first"),
        (["GOOD", "POOR"], "up"),
        (["GOOD", "GOOD", "VERY_GOOD"], "same"),
        (["POOR", "VERY_GOOD"], "down"),
        ([], "first"),
    ],
)
async def test_the_newest_result_is_compared_with_the_one_before(predicates: list[str], said: str) -> None:
    assert trend([{"predicate": one} for one in predicates]) == said
