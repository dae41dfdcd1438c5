"""A reviewing authority in the browser: the branch, what silent raters leave to their superior, a late objection admitted."""

import asyncio

import pytest

from services.portal.branch import pages as branch_pages
from tests.portal import looking
from tests.portal.house import House, pass_until
from tests.portal.presses import Presses
from tests.portal.tasks import AUTHORITY
from tests.workflows.year.acts import Acts

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(600)]
_LEFT = ("budi", "citra")
"""Whom their rater leaves waiting: for a plan in January, and for a signature a year later."""


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


async def test_what_is_cut_off_says_how_much_there_is_and_where_the_rest_is(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(branch_pages, "_SIZE", 2)
    async with house.visitor("kadis") as client:
        page = (await client.get("/cabang")).text
        assert "2 dari 6 pegawai ditampilkan" in page
        everybody = await client.get(f"/tim?siklus={house.acts.cycle}&cabang=1&urut=unit")
    assert f'href="/tim?siklus={house.acts.cycle}&amp;cabang=1&amp;urut=unit"' in page
    assert all(who in everybody.text for who in ("ani", "budi", "citra", "dewi", "eko", "fajar"))


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


async def _silent_rater(house: House) -> None:
    """Of three plans the rater answers one; five working days and four more later the others are the superior's."""
    await house.town.until("2026-01-08")
    for who in ("ani", *_LEFT):
        await house.acts.propose(who)
    await house.acts.agree("kabid_a", "ani", "2026-01-08")
    await house.town.until("2026-01-23")


async def test_what_was_handed_over_stands_on_the_start_page(house: House) -> None:
    await _silent_rater(house)
    async with house.seated("kadis", java_script_enabled=False) as page:
        at = Presses(page)
        for who in _LEFT:
            task = (
                await page.get_by_role("listitem").filter(has_text=f"Jawab usulan rencana kinerja: {who}").inner_text()
            )
            assert "dialihkan kepada Anda" in task
        assert await page.get_by_role("link", name="Jawab usulan rencana kinerja: ani").count() == 0
        at.within(AUTHORITY, "owed")
    async with house.visitor("kadis") as client:
        waiting = (await client.get("/tim/rencana")).text
        assert [f"Tetapkan rencana {who}" in waiting for who in ("ani", *_LEFT)] == [False, True, True]
    async with house.visitor("kabid_a") as client:
        assert "Jawab usulan rencana kinerja" not in (await client.get("/")).text


async def test_a_dialogue_that_the_servant_wrote_down_is_confirmed_in_two_presses(house: House) -> None:
    plan = (await house.acts.plan("budi"))["id"]
    talk = {"held_on": "2026-01-22", "summary": "Target dibahas", "agreed": "Tiap triwulan", "purpose": "SET"}
    await house.acts.post("budi", "plans", f"/plans/{plan}/dialogues", talk)
    async with house.seated("kadis", java_script_enabled=False) as page:
        at = Presses(page)
        await at.address(f"/tim/rencana/{plan}")
        await at.button("Benar, dialog", exact=False)
        await page.get_by_text("Dialog dikonfirmasi.").wait_for()
        at.within(AUTHORITY, "dialogue")
        assert await page.get_by_role("button", name="Benar, dialog").count() == 0
    [told] = (await house.acts.plan("budi"))["dialogues"]
    assert told["confirmed_by"] == house.acts.id_of("kadis")
    async with house.visitor("kabid_b") as client:
        assert (await client.get(f"/tim/rencana/{plan}")).status_code == 403


async def test_a_plan_is_set_for_a_silent_rater_in_three_presses_with_the_dialogue(house: House) -> None:
    plan = (await house.acts.plan("citra"))["id"]
    async with house.seated("kadis", java_script_enabled=False) as page:
        at = Presses(page)
        await at.address(f"/tim/rencana/{plan}")
        await at.type("Tanggal dialog", "2026-01-23")
        await at.type("Yang dibahas", "Target dibahas")
        await at.type("Yang disepakati", "Laporan tiap triwulan")
        await at.button("Simpan dialog")
        await at.button("Tetapkan rencana ini")
        await page.get_by_text("Rencana ditetapkan.").wait_for()
        at.within(AUTHORITY, "set for")
        await page.goto("/")
        assert await page.get_by_role("link", name="Jawab usulan rencana kinerja: citra").count() == 0
        await at.address(f"/tim/rencana/{(await house.acts.plan('budi'))['id']}")
        await at.button("Tetapkan rencana ini")
    found = [await house.acts.plan(who) for who in _LEFT]
    assert [(one["state"], one["by_superior"]) for one in found] == [("SET", True)] * 2


async def test_feedback_is_given_from_the_branch_in_three_presses(house: House) -> None:
    async with house.seated("kadis", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Cabang saya")
        await at.link("Beri umpan balik ani")
        await page.get_by_role("heading", name="ani").first.wait_for()
        await page.locator("#what").fill("Laporan selalu lengkap")
        await page.locator("#how").fill("Pertahankan")
        await at.button("Kirim umpan balik")
        assert "Umpan balik terkirim." in await page.get_by_role("main").inner_text()
        at.within(AUTHORITY, "feedback")
    path = f"/feedback?cycle_id={house.acts.cycle}&about_id={house.acts.id_of('ani')}"
    [told] = (await house.acts.get("ani", "feedback", path))["items"]
    assert (told["author_id"], told["what"]) == (house.acts.id_of("kadis"), "Laporan selalu lengkap")
    assert told["concern"] == "Saya atasan pejabat penilainya"


async def _result_whose_window_is_over(house: House) -> None:
    acts: Acts = house.acts
    await pass_until(house, "2027-01-07")
    for who in ("ani", *_LEFT):
        await acts.report(who, 4)
    units = (await acts.get("petugas", "evaluation", f"/cycles/{acts.cycle}/units"))["items"]
    achieved = [{"unit_id": one["unit_id"], "performance": "GOOD"} for one in units]
    for officer in ("petugas", "eko"):
        await acts.post(officer, "evaluation", f"/cycles/{acts.cycle}/org-performance", {"items": achieved})
    await house.town.until("2027-01-14")
    for who in ("ani", *_LEFT):
        await acts.assess("kabid_a", who)
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


async def _taken_up(house: House, case: str) -> None:
    """The workflow opens the hearing a moment after the filing; on a busy machine a while after it."""
    for _ in range(400):
        if (await house.acts.get("ani", "feedback", f"/objections/{case}"))["state"] != "FILED":
            return
        await asyncio.sleep(0.05)
    raise AssertionError("nobody opened the hearing")


async def test_both_statements_and_the_evidence_of_an_objection_are_one_press_away(house: House) -> None:
    acts = house.acts
    proof = {"kind": "DOCUMENT", "title": "Buku agenda", "reference": "BA 7/2026"}
    about = {"result_id": str(acts.result("ani")), "items": ["result_rating"], "evidence": [proof]}
    case = (await acts.post("ani", "feedback", "/objections", about | {"grounds": "Bukti belum dilihat"}))["id"]
    await _taken_up(house, case)
    for who, said in (("ani", "Laporan kegiatan terlampir"), ("kabid_a", "Target triwulan tidak tercapai")):
        await acts.post(who, "feedback", f"/objections/{case}/statements", {"text": said})
    async with house.seated("kadis", java_script_enabled=False) as page:
        at = Presses(page)
        await at.address(f"/keberatan/{case}")
        text = await page.get_by_role("main").inner_text()
        at.within(AUTHORITY, "open")
        for said in (
            "Bukti belum dilihat",
            "Buku agenda",
            "Laporan kegiatan terlampir",
            "Target triwulan tidak tercapai",
        ):
            assert text.count(said) == 1
        sides = [
            page.locator(".govuk-grid-column-one-half", has_text=who) for who in ("Pegawai: ani", "Pejabat penilai")
        ]
        left, right = [await one.bounding_box() for one in sides]
        assert left is not None
        assert right is not None
        assert (left["y"], left["x"] < right["x"]) == (right["y"], True)
        await page.set_viewport_size(looking.NARROW)
        assert await looking.too_wide(page) == []
    async with house.seated("kadis", f"/keberatan/{case}") as page:
        assert await looking.violations(page) == []
    async with house.visitor("ani") as client:
        assert "Putuskan keberatan ini" not in (await client.get(f"/keberatan/{case}")).text


async def test_results_are_signed_for_a_silent_rater_in_three_presses(house: House) -> None:
    async with house.seated("kadis", java_script_enabled=False) as page:
        at = Presses(page)
        task = page.get_by_role("listitem").filter(has_text="Terbitkan hasil penilaian: budi")
        assert "dialihkan kepada Anda" in await task.inner_text()
        await at.link("Terbitkan hasil penilaian: budi")
        for who in _LEFT:
            assert await page.get_by_role("checkbox", name=who).is_checked()
        await at.button("Tanda tangani", exact=False)
        for who in _LEFT:
            assert await page.get_by_text(f"{who}: ditandatangani").count() == 1
        at.within(AUTHORITY, "sign for")
        await page.goto("/")
        assert await page.get_by_role("link", name="Terbitkan hasil penilaian").count() == 0
    await house.town.deliver()
    for who in _LEFT:
        found = await house.acts.get(who, "evaluation", f"/results/{house.acts.result(who)}")
        assert found["issued_by"] == house.acts.id_of("kadis")
