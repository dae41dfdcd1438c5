"""A plan that is set is amended in the browser, and its versions say what changed; a new plan begins with an earlier one."""

import pytest

from tests.portal import looking
from tests.portal.house import House, pass_until
from tests.portal.presses import Presses
from tests.portal.tasks import RATER, SERVANT

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]


async def test_a_plan_is_amended_in_four_presses_and_the_versions_say_what_changed(house: House) -> None:
    await house.town.until("2026-01-05")
    await house.acts.propose("ani")
    await house.acts.agree("kabid_a", "ani", "2026-01-05")
    before = await house.acts.plan("ani")
    async with house.seated("kabid_a", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Tim saya")
        await at.link("Ditetapkan ani")
        await at.link("Ubah rencana ini")
        await at.type("Target 1.1", "75,5")
        await at.type("Alasan perubahan", "Beban layanan naik sejak April")
        await at.button("Tetapkan perubahan")
        await page.get_by_text("Perubahan ditetapkan sebagai versi baru.").wait_for()
        at.within(RATER, "amend")
        text = await page.get_by_role("main").inner_text()
        assert "Beban layanan naik sejak April" in text
        assert "75.5" in text
        assert "Versi pertama." in text
    found = await house.acts.plan("ani")
    assert (found["plan_version"], found["state"]) == (before["plan_version"] + 1, "SET")
    assert found["results"][0]["indicators"][0]["target_lo"] == "75.5"
    assert [one["id"] for one in found["results"]] == [one["id"] for one in before["results"]]


async def test_what_is_wrong_in_an_amendment_is_said_at_its_field_and_nothing_changes(house: House) -> None:
    plan = await house.acts.plan("ani")
    async with house.seated("kabid_a", f"/tim/rencana/{plan['id']}/ubah") as page:
        assert await looking.violations(page) == []
        await page.set_viewport_size(looking.NARROW)
        assert await looking.too_wide(page) == []
        at = Presses(page)
        await at.type("Bobot 1.1", "banyak")
        await at.button("Tetapkan perubahan")
        assert (await page.title()).startswith("Kesalahan:")
        assert await page.locator("#r0_i0_weight-error").count() == 1
        assert await page.locator("#reason-error").count() == 1
        await at.type("Bobot 1.1", "1")
        await at.type("Alasan perubahan", "Bobot disesuaikan")
        await at.button("Tetapkan perubahan")
        assert (await page.title()).startswith("Kesalahan:")
    assert (await house.acts.plan("ani"))["plan_version"] == plan["plan_version"]


async def test_nobody_but_the_rater_amends(house: House) -> None:
    plan = (await house.acts.plan("ani"))["id"]
    async with house.visitor("dewi") as client:
        assert (await client.get(f"/tim/rencana/{plan}/ubah")).status_code in (403, 404)


async def test_a_new_plan_begins_with_last_period_s_in_two_presses(house: House) -> None:
    next_year = {"scope": "16.71", "period_start": "2027-01-01", "months": 12}
    await house.acts.post("petugas", "evaluation", "/cycles", next_year)
    await pass_until(house, "2027-01-05")  # planning begins on the first working day
    async with house.seated("ani", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Rencana")
        await at.button("Mulai dari rencana", exact=False)
        await page.get_by_text("Rencana sudah berisi").wait_for()
        at.within(SERVANT, "begin")
    mine = await house.acts.get("ani", "plans", f"/plans?servant_id={house.acts.id_of('ani')}")
    draft = next(one["id"] for one in mine["items"] if one["state"] == "DRAFT")
    plan = await house.acts.get("ani", "plans", f"/plans/{draft}")
    assert plan["results"][0]["indicators"][0]["target_lo"] == "75.5"
