"""Policies in the browser: a file is checked, published and compared with what was in force before."""

import pytest
from playwright.async_api import FilePayload

from tests.portal import looking
from tests.portal.house import POLICY_OF_HOUSE, House
from tests.portal.presses import Presses
from tests.portal.tasks import OFFICE

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]
OTHER = POLICY_OF_HOUSE.replace("weight: 60", "weight: 70").replace("weight: 40", "weight: 30")
BROKEN = POLICY_OF_HOUSE.replace("weight: 60", "weight: 61")


def _file(content: str) -> FilePayload:
    return {"name": "kebijakan-2027.yaml", "mimeType": "text/yaml", "buffer": content.encode()}


async def _versions(house: House) -> list[int]:
    found = await house.acts.get("petugas", "registry", "/policies")
    return [one["version"] for one in found["items"] if one["scope"] == "16.71"]


async def test_a_wrong_file_is_shown_in_place_and_a_check_says_what_would_change_and_changes_nothing(
    house: House,
) -> None:
    async with house.seated("petugas", "/pengelola", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Kebijakan penilaian")
        await at.button("Periksa")
        await page.get_by_role("link", name="Pilih berkas kebijakan").wait_for()
        await page.get_by_label("Berkas kebijakan").set_input_files(_file(BROKEN))
        await at.button("Periksa")
        wrong = page.get_by_role("region", name="Baris yang salah")
        assert "101" in await wrong.inner_text()
        await page.get_by_label("Berkas kebijakan").set_input_files(_file(OTHER))
        await at.button("Periksa")
        await page.get_by_text("Belum ada yang diubah").wait_for()
        said = await page.get_by_role("main").locator("ul.govuk-list--bullet").first.inner_text()
        assert "60" in said
        assert "70" in said
    assert await _versions(house) == [1]


async def test_a_policy_is_published_in_three_presses_and_compared_in_three(house: House) -> None:
    async with house.seated("petugas", "/pengelola") as page:
        at = Presses(page)
        await at.link("Kebijakan penilaian")
        await page.get_by_label("Berkas kebijakan").set_input_files(_file(OTHER))
        await at.button("Terbitkan")
        await page.get_by_text("Kebijakan 16.71 diterbitkan").wait_for()
        at.within(OFFICE, "publish")
        assert await looking.violations(page) == []
    assert sorted(await _versions(house)) == [1, 2]
    async with house.seated("petugas", "/pengelola") as page:
        at = Presses(page)
        await at.link("Kebijakan penilaian")
        await at.link("Bandingkan dengan versi 1")
        await page.get_by_role("heading", name="Kebijakan 16.71: versi 1 dan 2").wait_for()
        at.within(OFFICE, "compare")
        told = await house.acts.get("petugas", "registry", "/policies/16.71/differences?before=1&after=2")
        said = await page.get_by_role("main").locator("li").all_inner_texts()
        assert said == [one["id"] for one in told["differences"]]
        assert said
        assert await looking.violations(page) == []


async def test_nobody_else_publishes(house: House) -> None:
    async with house.visitor("kadis") as client:
        assert (await client.get("/pengelola/kebijakan")).status_code == 403
