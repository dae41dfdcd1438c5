"""A reviewing authority's branch in the browser: units, raters, a reminder, raters compared, a late objection admitted."""

import pytest

from tests.portal import looking
from tests.portal.house import House, pass_until
from tests.portal.presses import Presses
from tests.portal.tasks import AUTHORITY
from tests.workflows.year.acts import Acts

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(600)]


async def test_units_and_late_raters_are_one_press_away_and_one_is_reminded_in_two(house: House) -> None:
    await house.town.until("2025-12-22")
    async with house.seated("kadis", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Cabang saya")
        at.within(AUTHORITY, "branch")
        row = page.locator("[aria-labelledby=unit] tbody tr", has_text="Bidang A")
        assert await row.locator("td").first.inner_text() == "3"
        await page.get_by_role("heading", name="Pejabat penilai (2 terlambat)").wait_for()
        await at.button("Ingatkan kabid_a", exact=False)
        await page.get_by_text("Pengingat terkirim.").wait_for()
        at.within(AUTHORITY, "remind")
        await at.button("Ingatkan kabid_a", exact=False)
        await page.get_by_text("cukup sekali sehari").first.wait_for()
    box = await house.acts.get("kabid_a", "notify", "/inbox")
    assert "nudged" in [one["template"] for one in box["items"]]


async def test_the_branch_is_read_on_a_narrow_screen_and_is_empty_for_others(house: House) -> None:
    async with house.seated("kadis", "/cabang") as page:
        assert await looking.violations(page) == []
        await page.set_viewport_size(looking.NARROW)
        assert await looking.too_wide(page) == []
    async with house.visitor("ani") as client:
        assert "bukan atasan pejabat penilai" in (await client.get("/cabang")).text


async def test_raters_are_compared_in_two_presses_without_numbers_of_small_groups(house: House) -> None:
    async with house.seated("kadis") as page:
        at = Presses(page)
        await at.link("Cabang saya")
        await at.link("Bandingkan pejabat penilai")
        at.within(AUTHORITY, "compare")
        await page.get_by_role("heading", name="Bandingkan pejabat penilai").wait_for()
        assert "di bawah 5 orang" in await page.get_by_role("main").inner_text()
        assert await looking.violations(page) == []
    async with house.visitor("ani") as client:
        assert (await client.get(f"/cabang/banding/{house.acts.cycle}")).status_code == 403


async def _result_whose_window_is_over(house: House) -> None:
    acts: Acts = house.acts
    await house.town.until("2026-01-08")
    await acts.propose("ani")
    await acts.agree("kabid_a", "ani", "2026-01-08")
    await pass_until(house, "2027-01-07")
    await acts.report("ani", 4)
    units = (await acts.get("petugas", "evaluation", f"/cycles/{acts.cycle}/units"))["items"]
    achieved = [{"unit_id": one["unit_id"], "performance": "GOOD"} for one in units]
    for officer in ("petugas", "eko"):
        await acts.post(officer, "evaluation", f"/cycles/{acts.cycle}/org-performance", {"items": achieved})
    await house.town.until("2027-01-14")
    await acts.assess("kabid_a", "ani")
    await pass_until(house, "2027-02-10")
    await acts.sign("kabid_a", "ani")
    await acts.acknowledge("ani")
    await pass_until(house, "2027-03-12")


async def test_a_late_objection_is_admitted_in_three_presses_and_a_result_explained_in_two(house: House) -> None:
    await _result_whose_window_is_over(house)
    await house.acts.object("ani", status=409)
    async with house.seated("kadis") as page:
        at = Presses(page)
        await at.link("Cabang saya")
        await at.link("Mengapa ani")
        at.within(AUTHORITY, "explain")
        assert await page.get_by_role("main").locator("ol > li").count() > 0
    async with house.seated("kadis", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Cabang saya")
        await at.link("Izinkan keberatan terlambat ani")
        await at.type("Alasan keterlambatan diterima", "Dirawat di rumah sakit")
        await at.button("Izinkan keberatan")
        await page.get_by_text("Keberatan boleh diajukan sampai").wait_for()
        at.within(AUTHORITY, "admit")
    assert (await house.acts.object("ani"))["state"] == "FILED"


async def test_an_admission_without_a_reason_is_told_so_and_the_rater_admits_nothing(house: House) -> None:
    path = f"/hasil/{house.acts.result('ani')}/izin-keberatan"
    async with house.seated("kabid_a", path) as page:
        at = Presses(page)
        await at.button("Izinkan keberatan")
        assert await page.locator("#reason-error").count() == 1
        await at.type("Alasan keterlambatan diterima", "Saya setuju")
        await at.button("Izinkan keberatan")
        assert (await page.title()).startswith("Kesalahan:")
    async with house.visitor("dewi") as client:
        assert (await client.get(path)).status_code in (403, 404)
