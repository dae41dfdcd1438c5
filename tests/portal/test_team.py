"""A rater's team in the browser: who waits, plans read, talked about, returned with the place, set one or many."""

import pytest

from tests.portal.house import House
from tests.portal.presses import Presses
from tests.portal.tasks import RATER

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]


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
