"""A member of a panel declares a conflict of interest in the browser and leaves the panel of that unit."""

import pytest

from contracts.base import Role
from tests.portal import looking, test_visits
from tests.portal.house import House
from tests.portal.presses import Presses
from tests.portal.tasks import PANEL

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]
POLICY = test_visits.POLICY


async def _panel(house: House, code: str) -> list[str]:
    unit = await house.acts.unit(code)
    every = (await house.acts.get("petugas", "evaluation", "/visits"))["items"]
    return next(list(one["panel"]) for one in every if one["unit_id"] == unit)


async def test_a_member_steps_back_from_a_unit_in_three_presses(empty_house: House) -> None:
    house = empty_house
    await house.declare("penilai", Role.PANEL)
    await house.acts.open_cycle()
    await house.town.until("2026-02-05")
    who = next(str(one.sub) for one in house.others if one.name == "penilai")
    assert who in await _panel(house, "16.71.A")
    async with house.seated("penilai", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Lainnya")
        await at.link("Benturan kepentingan")
        await at.type("Alasan", "Kepala bidang adalah saudara saya")
        await at.button("Mundur dari kunjungan ke Bidang A")
        await page.get_by_text("Pernyataan tercatat.").wait_for()
        at.within(PANEL, "conflict")
        text = await page.get_by_role("main").inner_text()
        assert "Bidang A · Kepala bidang adalah saudara saya" in text
        assert await page.get_by_role("button", name="Mundur dari kunjungan ke Bidang A").count() == 0
        assert await page.get_by_role("button", name="Mundur dari kunjungan ke Bidang B").count() == 1
    assert who not in await _panel(house, "16.71.A")
    assert who in await _panel(house, "16.71.B")


async def test_a_conflict_about_a_person_is_declared_by_the_number_and_what_is_missing_is_said(
    empty_house: House,
) -> None:
    house = empty_house
    nip = (await house.acts.get("petugas", "registry", f"/servants/{house.acts.id_of('dewi')}"))["nip"]
    async with house.seated("penilai", "/benturan") as page:
        assert await looking.violations(page) == []
        at = Presses(page)
        await at.button("Nyatakan benturan kepentingan")
        for name in ("reason", "person_nip"):
            assert await page.locator(f"#{name}-error").count() == 1
        await at.type("Alasan terhadap", "Istri saya")
        await at.type("NIP pegawai", nip)
        await at.button("Nyatakan benturan kepentingan")
        await page.get_by_text("dewi · Istri saya").wait_for()


async def test_whoever_is_on_no_panel_declares_none(empty_house: House) -> None:
    async with empty_house.seated("ani", "/benturan") as page:
        at = Presses(page)
        await at.type("Alasan terhadap", "Teman dekat")
        await at.select("Unit", "Bidang A")
        await at.button("Nyatakan benturan kepentingan")
        await page.get_by_text("hanya untuk anggota tim evaluasi").first.wait_for()
