"""A rater arranges in the browser who rates during a leave: proposed to the office, or handed over; and takes it back."""

import pytest

from tests.portal import looking
from tests.portal.house import House
from tests.portal.presses import Presses
from tests.portal.tasks import RATER

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]


async def _nip_of(house: House, who: str) -> str:
    about = await house.acts.get("petugas", "registry", f"/servants/{house.acts.id_of(who)}")
    return str(about["nip"])


async def _write(house: House, at: Presses, first: str, last: str) -> None:
    await at.type("NIP pengganti", await _nip_of(house, "kabid_b"))
    await at.type("Hari pertama", first)
    await at.type("Hari terakhir", last)
    await at.type("Alasan", "Cuti tahunan")


async def _changes(house: House) -> list[tuple[str, str]]:
    page = await house.acts.get("petugas", "registry", f"/servants/{house.acts.id_of('kabid_a')}/changes")
    return [(one["effective_on"], one["state"]) for one in page["items"] if one["kind"] == "ACTING"]


async def test_a_hand_over_is_proposed_in_three_presses_and_the_office_decides_it(house: House) -> None:
    async with house.seated("kabid_a", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Tim saya")
        await at.link("Serah terima sebelum cuti")
        await _write(house, at, "2026-01-12", "2026-01-30")
        await at.button("Usulkan kepada pengelola")
        await page.get_by_text("Usulan terkirim").wait_for()
        at.within(RATER, "hand over")
        assert "Menunggu" in await page.get_by_role("main").inner_text()
    assert await _changes(house) == []
    async with house.seated("petugas", "/pengelola/permintaan") as page:
        at = Presses(page)
        await page.get_by_text("12 Januari 2026 – 30 Januari 2026").wait_for()  # noqa: RUF001 - a span is written so
        await at.type("Alasan keputusan", "Cuti sudah disetujui")
        await at.button("Kabulkan")
        await page.get_by_text("Keputusan dicatat.").wait_for()
    assert await _changes(house) == [("2026-01-12", "PLANNED")]


async def test_what_is_missing_is_said_at_its_field(house: House) -> None:
    async with house.seated("kabid_a", "/tim/serah-terima") as page:
        assert await looking.violations(page) == []
        await page.set_viewport_size(looking.NARROW)
        assert await looking.too_wide(page) == []
        await Presses(page).button("Usulkan kepada pengelola")
        for name in ("since", "until", "reason", "person_nip"):
            assert await page.locator(f"#{name}-error").count() == 1


async def test_a_leave_is_handed_over_at_once_and_taken_back(house: House) -> None:
    async with house.seated("kabid_a", "/tim/serah-terima") as page:
        at = Presses(page)
        await _write(house, at, "2026-03-02", "2026-03-06")
        await at.button("Serahkan sekarang")
        await page.get_by_text("Serah terima tercatat").wait_for()
        assert ("2026-03-02", "PLANNED") in await _changes(house)
        await at.button("Akhiri serah terima mulai 2 Maret 2026")
        await page.get_by_text("Sudah ditarik kembali.").wait_for()
    assert ("2026-03-02", "CANCELLED") in await _changes(house)


async def test_a_proposal_that_waits_is_withdrawn_and_others_hand_nothing_over(house: House) -> None:
    async with house.seated("kabid_a", "/tim/serah-terima") as page:
        at = Presses(page)
        await _write(house, at, "2026-05-04", "2026-05-08")
        await at.button("Usulkan kepada pengelola")
        await at.button("Tarik usulan mulai 4 Mei 2026")
        await page.get_by_text("Sudah ditarik kembali.").wait_for()
    waiting = await house.acts.get("petugas", "registry", "/requests?state=OPEN")
    assert waiting["items"] == []
    async with house.seated("ani", "/tim/serah-terima") as page:
        at = Presses(page)
        await _write(house, at, "2026-03-02", "2026-03-06")
        await at.button("Serahkan sekarang")
        await page.get_by_text("Anda tidak menilai siapa pun").first.wait_for()
