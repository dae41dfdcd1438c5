"""How ratings are spread, in the browser: achievements, distribution, raters, one's own line; findings asked, answered, closed."""

import pytest

from contracts.obligation_names import OBLIGATION_NAMES
from contracts.obligations import ObligationKind
from tests.portal import looking
from tests.portal.drafting import continued_elsewhere
from tests.portal.house import POLICY_OF_HOUSE, House
from tests.portal.long_forms import REVISION
from tests.portal.presses import Presses
from tests.portal.tasks import OFFICE, RATER
from tests.portal.years import BIDANG, planned_year, rated

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]
POLICY = POLICY_OF_HOUSE + "moderation: {minimum_rated: 2}\ndistribution: {smallest_unit: 2}\n"
"""Three people are enough to be looked at."""


async def test_achievements_of_units_are_set_in_two_presses_and_a_choice_each(house: House) -> None:
    await planned_year(house, BIDANG)
    for officer in ("petugas", "eko"):
        async with house.seated(officer, "/pengelola", java_script_enabled=False) as page:
            at = Presses(page)
            await at.link("Capaian organisasi tiap unit")
            if officer == "petugas":
                await at.button("Simpan capaian")
                await page.get_by_text("Pilih capaian paling sedikit satu unit").first.wait_for()
                at.count -= 1  # of the form in which nothing was chosen
            for place in range(await page.locator("main select").count()):
                await page.locator("main select").nth(place).select_option(label="Baik")
            await at.button("Simpan capaian")
            await page.locator("main div[role=status]").wait_for()
            at.within(OFFICE, "organisations")
    async with house.seated("petugas", f"/pengelola/organisasi/{house.acts.cycle}") as page:
        assert await looking.violations(page) == []
    units = await house.acts.get("petugas", "evaluation", f"/cycles/{house.acts.cycle}/units")
    assert {one["performance"] for one in units["items"]} == {"GOOD"}


async def test_predicates_stand_beside_the_guidance_one_press_away(house: House) -> None:
    await rated(house, "2027-02-02", BIDANG)
    async with house.seated("petugas", "/pengelola", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Sebaran predikat dan anjuran")
        row = page.get_by_role("row", name="Bidang A")
        at.within(OFFICE, "distribution")
        assert "anjuran 2" in await row.inner_text()
        # The bar of what is there is longer than that of the guidance: all three got the same.
        rects = row.locator("svg rect")
        assert float(await rects.nth(2).get_attribute("width") or 0) > float(
            await rects.nth(3).get_attribute("width") or 0
        )
    async with house.visitor("petugas") as client:
        for kind, begins in (("csv", "\ufeffUnit,".encode()), ("xlsx", b"PK")):
            file = await client.get(f"/pengelola/sebaran/{house.acts.cycle}/unit.{kind}")
            assert file.content.startswith(begins)


async def test_raters_are_compared_by_name_one_press_away(house: House) -> None:
    async with house.seated("petugas", "/pengelola") as page:
        at = Presses(page)
        await at.link("Cara para penilai menilai")
        at.within(OFFICE, "fairness")
        said = await page.get_by_role("row", name="kabid_a").inner_text()
        [found] = [
            one
            for one in (await house.acts.get("petugas", "evaluation", f"/cycles/{house.acts.cycle}/fairness"))["items"]
            if one["rater_id"] == house.acts.id_of("kabid_a")
        ]
        assert found["findings"]
        assert found["findings"][0]["words"]["id"] in said
        assert await looking.violations(page) == []


async def test_a_rater_sees_the_own_line_alone_one_press_from_the_team(house: House) -> None:
    async with house.seated("kabid_a", "/tim") as page:
        at = Presses(page)
        await at.link("Cara saya menilai")
        at.within(RATER, "leniency")
        text = await page.get_by_role("main").inner_text()
        assert "Rata-rata nilai dari Anda" in text
        assert "kabid_b" not in text
    async with house.visitor("dewi") as client:
        assert "Belum ada hasil" in (await client.get(f"/tim/cara-menilai/{house.acts.cycle}")).text


async def test_a_finding_is_asked_about_in_three_presses(house: House) -> None:
    async with house.seated("petugas", "/pengelola", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Antrean moderasi")
        await at.link("Pejabat penilai: kabid_a")
        await at.button("Kirim pertanyaan")
        await page.get_by_role("link", name="Tulis pertanyaannya").wait_for()
        at.count -= 1  # of the form that was not right yet
        await at.type("Pertanyaan kepada kabid_a", "Mengapa ketiganya mendapat nilai yang sama?")
        await at.button("Kirim pertanyaan")
        await page.get_by_text("Pertanyaan terkirim.").wait_for()
        at.within(OFFICE, "moderation")
        assert "Ditanyakan" in await page.get_by_role("row", name="Pejabat penilai: kabid_a").inner_text()


async def test_a_change_that_was_begun_goes_on_on_another_device(house: House) -> None:
    [asked] = (await house.acts.get("petugas", "evaluation", "/moderations?about=RATER"))["items"]
    path = REVISION.path.format(moderation=asked["id"], appraisal=house.acts.appraisal("citra"))
    await continued_elsewhere(house, REVISION.who, [(REVISION.draft, path)])


async def test_a_rater_changes_one_rating_after_another_below_the_question(house: House) -> None:
    async with house.seated("kabid_a") as page:
        at = Presses(page)
        await at.link(OBLIGATION_NAMES[ObligationKind.ANSWER_MODERATION][0])
        await page.get_by_text("Mengapa ketiganya mendapat nilai yang sama?").wait_for()
        assert await looking.violations(page) == []
        await at.link("Ubah penilaian budi")
        await page.get_by_text("Mengapa ketiganya mendapat nilai yang sama?").wait_for()
        assert await page.get_by_label("Sesuai ekspektasi").first.is_checked()
        assert await looking.violations(page) == []
        await page.set_viewport_size(looking.NARROW)
        assert [*await looking.too_wide(page), *await looking.small_texts(page)] == []
        await at.button("Simpan, lalu ubah penilaian lain")
        await page.get_by_role("link", name="Tulis alasan perubahan").wait_for()
        await at.type("Mengapa Anda mengubahnya", "Budi menangani lebih sedikit berkas")
        await at.button("Simpan, lalu ubah penilaian lain")
        await page.get_by_text("Belum ada yang diubah.").first.wait_for()
        await page.get_by_label("Perilaku", exact=True).fill("80,5")
        await at.button("Simpan, lalu ubah penilaian lain")
        await page.get_by_text("Perubahan tersimpan.").wait_for()
        row = page.get_by_role("region", name="Penilaian sebelum dan sesudah diperbaiki: budi").get_by_role("row")
        assert (await row.last.inner_text()).split("\t") == ["Perilaku", "95", "80,5"]
        assert await looking.violations(page) == []
    async with house.seated("petugas", "/pengelola/moderasi") as page:
        assert "penilaian diperbaiki" in await page.get_by_role("row", name="Pejabat penilai: kabid_a").inner_text()
    async with house.visitor("dewi") as client:
        found = (await house.acts.get("petugas", "evaluation", "/moderations?about=RATER"))["items"][0]["id"]
        path = f"/moderasi/{found}/nilai/{house.acts.appraisal('budi')}"
        assert (await client.get(path)).status_code in (403, 404)


async def test_a_question_is_answered_by_a_changed_rating_in_three_presses_and_the_office_sees_both_versions(
    house: House,
) -> None:
    async with house.seated("kabid_a", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link(OBLIGATION_NAMES[ObligationKind.ANSWER_MODERATION][0])
        await at.link("Ubah penilaian ani")
        await page.get_by_label("Perilaku", exact=True).fill("75")
        await at.type("Mengapa Anda mengubahnya", "Ani datang setelah paket berjalan")
        await at.button("Simpan perubahan dan kirim jawaban")
        await page.get_by_text("Jawaban Anda terkirim").wait_for()
        at.within(RATER, "moderation")
        assert "Penilaian diperbaiki" in await page.get_by_role("main").inner_text()
        await page.goto("/")
        assert await page.locator("main a[href^='/moderasi/']").count() == 0
    about = "/moderations?about=RATER"
    [found] = (await house.acts.get("petugas", "evaluation", about))["items"]
    assert (found["outcome"], found["answer"]) == ("REVISED", "Ani datang setelah paket berjalan")
    async with house.seated("petugas", "/pengelola/moderasi?keadaan=ALL", java_script_enabled=False) as page:
        await page.get_by_role("link", name="Pejabat penilai: kabid_a").click()
        for who, after in (("budi", "80,5"), ("ani", "75")):
            region = page.get_by_role("region", name=f"Penilaian sebelum dan sesudah diperbaiki: {who}")
            lines = [one.split("\t") for one in await region.locator("tbody tr").all_inner_texts()]
            assert lines == [["Perilaku", "95", after]]
        text = await page.get_by_role("main").inner_text()
        assert "Diperbaiki kabid_a" in text
        assert "Budi menangani lebih sedikit berkas" in text
    async with house.seated("petugas", f"/pengelola/moderasi/{found['id']}") as page:
        assert await looking.violations(page) == []
        await page.set_viewport_size(looking.NARROW)
        assert [*await looking.too_wide(page), *await looking.small_texts(page)] == []
    ani = await house.acts.get("ani", "evaluation", f"/appraisals/{house.acts.appraisal('ani')}")
    assert ani["state"] == "PROVISIONAL"


async def test_a_finding_about_a_unit_is_closed_with_a_reason_and_leaves_the_queue(house: House) -> None:
    async with house.seated("petugas", "/pengelola") as page:
        at = Presses(page)
        await at.link("Antrean moderasi")
        await at.link("Unit: Bidang A")
        assert await looking.violations(page) == []
        await at.type("Mengapa penilaian ini boleh tetap", "Unit kecil dengan pekerjaan sejenis")
        await at.button("Selesaikan temuan")
        await page.get_by_text("Temuan diselesaikan.").wait_for()
        at.within(OFFICE, "moderation")
        assert await page.get_by_role("row", name="Unit: Bidang A").count() == 0
        await page.get_by_label("Keadaan").select_option(label="Semua")
        await page.get_by_label("Tentang").select_option(label="Unit")
        await at.button("Tampilkan")
        assert "Selesai" in await page.get_by_role("row", name="Unit: Bidang A").inner_text()


async def test_nobody_else_reads_how_others_rate(house: House) -> None:
    cycle = house.acts.cycle
    async with house.visitor("kabid_b") as client:
        for path in ("moderasi", f"sebaran/{cycle}", f"penilai/{cycle}", f"organisasi/{cycle}"):
            assert (await client.get(f"/pengelola/{path}")).status_code == 403
