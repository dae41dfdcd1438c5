"""How ratings are spread, in the browser: achievements, distribution, raters, one's own line; findings asked, answered, closed."""

from typing import Any

import httpx2
import pytest

from contracts.base import Role
from contracts.obligation_names import OBLIGATION_NAMES
from contracts.obligations import ObligationKind
from kinerja.sign_in.people import Sample
from kit.files.uploads import Sent
from services.registry.imports.commands.imports import import_files
from services.registry.imports.commands.reading import read
from tests.portal import looking
from tests.portal.drafting import continued_elsewhere
from tests.portal.house import POLICY_OF_HOUSE, House, founder
from tests.portal.long_forms import REVISION
from tests.portal.presses import Presses
from tests.portal.tasks import OFFICE, RATER
from tests.portal.years import BIDANG, planned_year, rated
from tests.workflows.year.acts import BELOW
from tests.workflows.year.place import CITY, UNITS, WIB

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]
POLICY = POLICY_OF_HOUSE + "moderation: {minimum_rated: 2}\ndistribution: {smallest_unit: 2}\n"
"""Three people are enough to be looked at."""
OTHERS = {"petugas": "kabid_b", "kabid_b": "kadis"}
BELOW_ALL = dict.fromkeys(("dewi", "eko", "fajar"), "kabid_b")
"""Bidang B, where all are rated low. Both officers are rated by its head: about whom no officer may act."""
_SETS = OBLIGATION_NAMES[ObligationKind.SET_ORG_PERFORMANCE][0]
_CLOSES = OBLIGATION_NAMES[ObligationKind.MODERATE][0]


async def _findings(house: House, who: str, about: str) -> list[dict[str, Any]]:
    """The findings about raters that concern somebody."""
    found = (await house.acts.get("petugas", "evaluation", f"/moderations?about={about}"))["items"]
    return [one for one in found if one["concerns_id"] == house.acts.id_of(who)]


async def test_achievements_of_units_are_set_in_two_presses_and_a_choice_each(house: House) -> None:
    # Eko is rated by the head of Bidang B already: now both officers are.
    rater = {"rater_id": house.acts.id_of("kabid_b"), "from": "2025-12-03", "reason": "Penataan ulang"}
    await house.acts.post("sekda", "registry", f"/servants/{house.acts.id_of('petugas')}/raters", rater)
    await house.town.changes_take_effect()
    await planned_year(house, BIDANG | OTHERS | BELOW_ALL)
    async with house.seated("petugas", "/pengelola", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Capaian organisasi tiap unit")
        await at.button("Simpan capaian")
        await page.get_by_text("Pilih capaian paling sedikit satu unit").first.wait_for()
        at.count -= 1  # of the form in which nothing was chosen
        for place in range(await page.locator("main select").count()):
            await page.locator("main select").nth(place).select_option(label="Baik")
        await at.button("Simpan capaian")
        said = await page.locator("main div[role=status]").inner_text()
        at.within(OFFICE, "organisations")
        assert "1 unit belum memiliki capaian" in said
        assert "benturan kepentingan: Bidang B" in said
    async with house.seated("eko", f"/pengelola/organisasi/{house.acts.cycle}") as page:
        await page.get_by_label("Bidang B").select_option(label="Baik")
        await page.get_by_role("button", name="Simpan capaian").click()
        await page.get_by_text("benturan kepentingan").first.wait_for()
    async with house.seated("petugas", f"/pengelola/organisasi/{house.acts.cycle}") as page:
        assert await looking.violations(page) == []
    units = (await house.acts.get("petugas", "evaluation", f"/cycles/{house.acts.cycle}/units"))["items"]
    assert {one["performance"] for one in units if one["name"] != "Bidang B"} == {"GOOD"}


async def test_what_no_officer_may_set_the_appointing_authority_sets_from_the_own_tasks(house: House) -> None:
    path = f"/pengelola/organisasi/{house.acts.cycle}"
    async with house.seated("sekda", java_script_enabled=False) as page:
        await page.get_by_role("link", name=_SETS).click()
        await page.wait_for_url(f"**{path}")
        assert await page.locator("a[href^='/pengelola']").count() == 0
        assert await page.locator(".govuk-back-link").get_attribute("href") == "/"
        await page.get_by_label("Bidang B").select_option(label="Baik")
        await page.get_by_role("button", name="Simpan capaian").click()
        assert "Semua unit sudah memiliki capaian" in await page.locator("main div[role=status]").inner_text()
    units = (await house.acts.get("petugas", "evaluation", f"/cycles/{house.acts.cycle}/units"))["items"]
    assert {one["performance"] for one in units} == {"GOOD"}
    async with house.visitor("sekda") as client:  # who owes it no longer
        assert _SETS not in (await client.get("/")).text
        assert (await client.get(path)).status_code == 403


async def test_predicates_stand_beside_the_guidance_one_press_away(house: House) -> None:
    await house.town.until("2027-01-14")
    for who, leader in BELOW_ALL.items():
        await house.acts.assess(leader, who, BELOW)
    await rated(house, "2027-02-02", BIDANG | OTHERS)
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
    [asked] = await _findings(house, "kabid_a", "RATER")
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
        found = (await _findings(house, "kabid_a", "RATER"))[0]["id"]
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
    [found] = await _findings(house, "kabid_a", "RATER")
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


async def test_what_no_officer_may_close_the_appointing_authority_does_from_the_own_tasks(house: House) -> None:
    [rater], [unit] = [await _findings(house, "kabid_b", about) for about in ("RATER", "UNIT")]
    async with house.visitor("kabid_b") as client:  # whom it concerns reads it, and closes nothing
        assert "Selesaikan temuan" not in (await client.get(f"/pengelola/moderasi/{rater['id']}")).text
    async with house.visitor("dewi") as client:
        assert (await client.get(f"/pengelola/moderasi/{rater['id']}")).status_code == 404
    async with house.seated("sekda", java_script_enabled=False) as page:
        for path in [f"/pengelola/moderasi/{one['id']}" for one in (rater, unit)]:
            assert await page.locator(f"main a[href='{path}']", has_text=_CLOSES).count() == 1
        await page.locator(f"main a[href='/pengelola/moderasi/{rater['id']}']").click()
        assert await page.locator("a[href^='/pengelola']").count() == 0
        assert await page.locator(".govuk-back-link").get_attribute("href") == "/"
        await page.get_by_role("button", name="Selesaikan temuan").click()
        await page.get_by_role("link", name="Tulis alasannya").wait_for()
        await page.get_by_label("Mengapa penilaian ini boleh tetap").fill("Tim kecil dengan pekerjaan sejenis")
        await page.get_by_role("button", name="Selesaikan temuan").click()
        await page.wait_for_url(f"{house.portal_url}/")
        assert await page.locator(f"main a[href='/pengelola/moderasi/{rater['id']}']").count() == 0
        await page.locator(f"main a[href='/pengelola/moderasi/{unit['id']}']").click()
        await page.get_by_label("Pertanyaan kepada kabid_b").fill("Mengapa semuanya sama?")
        await page.get_by_role("button", name="Kirim pertanyaan").click()
        await page.wait_for_url(f"{house.portal_url}/")
    [rater], [unit] = [await _findings(house, "kabid_b", about) for about in ("RATER", "UNIT")]
    assert {rater["decided_by"], unit["asked_by"]} == {house.acts.id_of("sekda")}


async def test_nobody_else_reads_how_others_rate(house: House) -> None:
    cycle = house.acts.cycle
    async with house.visitor("kabid_b") as client:
        for path in ("moderasi", f"sebaran/{cycle}", f"penilai/{cycle}", f"organisasi/{cycle}"):
            assert (await client.get(f"/pengelola/{path}")).status_code == 403


async def test_two_units_of_the_same_name_keep_their_own_predicates(house: House) -> None:
    await _call_units_alike(house)
    told = await house.acts.get("petugas", "evaluation", f"/cycles/{house.acts.cycle}/distribution")
    counts = sorted([*one["counts"].values()] for one in told["items"] if one["name"] == "Bidang A")
    assert len(counts) == 2
    assert counts[0] != counts[1]
    # Of whoever is an officer as well no unit is hidden, however small it is.
    await house.declare("ajudan", Role.CITY_LEADER)
    person = house.others.pop().sub
    today = house.town.clock.now().astimezone(WIB).date().isoformat()
    office = {"role": "PERFORMANCE_OFFICE", "person_id": str(person), "from": today, "reason": "Penunjukan untuk uji"}
    await house.acts.post("petugas", "registry", "/office-holders", office)
    await house.town.changes_take_effect()
    house.others.append(Sample(person, CITY, "ajudan", "", (Role.CITY_LEADER, Role.PERFORMANCE_OFFICE)))
    async with house.seated("ajudan", "/kota/organisasi") as page:
        rows = [one.split("\t") for one in await page.locator("main tbody tr").all_inner_texts()]
    assert sorted([int(cell) for cell in one[5:]] for one in rows if one[0] == "Bidang A") == counts


async def test_the_first_page_of_the_city_asks_for_the_predicates_once(house: House) -> None:
    asked: list[str] = []

    async def note(request: httpx2.Request) -> None:
        asked.append(request.url.path)

    client = house.portal.state.services._clients["evaluation"]
    async with house.visitor("walikota") as visitor:
        before, client.event_hooks = client.event_hooks, {"request": [note], "response": []}
        assert (await visitor.get("/kota")).status_code == 200
        client.event_hooks = before
    assert len([one for one in asked if one.endswith("/distribution")]) == 1


async def _call_units_alike(house: House) -> None:
    """The office brings its units again, two of them with one name."""
    registry, office = house.town.databases["registry"], founder()
    brought = [Sent.of("units.csv", UNITS.replace("Bidang B", "Bidang A").encode())]
    async with read(registry, office, brought) as reading, registry.transaction(CITY, office) as session:
        await import_files(session, reading)
    await house.town.deliver()
