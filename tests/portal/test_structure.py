"""The office reads how the city is organised: the tree with codes and heads, and one unit with its people."""

from uuid import UUID

import pytest

from services.portal.structure.queries import Placed
from services.portal.structure.views import path_to, tree
from tests.portal import looking
from tests.portal.house import House
from tests.portal.presses import Presses

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]


def _unit(number: int, above: int | None) -> Placed:
    parent = UUID(int=above) if above else None
    return Placed(UUID(int=number), str(number), f"Unit {number}", "OFFICE", parent, "16.71", True, None, None, 0)


async def test_a_tree_has_each_unit_once_below_its_own_and_orphans_at_the_top() -> None:
    units = [_unit(1, None), _unit(2, 1), _unit(3, 2), _unit(4, 1), _unit(5, 99)]
    assert [(depth, one.code) for depth, one in tree(units)] == [(0, "1"), (1, "2"), (2, "3"), (1, "4"), (0, "5")]
    assert [one.code for one in path_to(units, units[2])] == ["1", "2"]


async def test_the_organisation_is_two_presses_away_with_codes_heads_and_people(house: House) -> None:
    async with house.seated("petugas", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Meja pengelola")
        await at.link("Susunan organisasi")
        assert at.count <= 2
        row = page.locator("tbody tr", has_text="16.71.A")
        assert await row.get_by_role("link", name="kabid_a").count() == 1
        assert await row.locator("td").last.inner_text() == "4"
        assert "1 unit yang berisi" not in await page.get_by_role("main").inner_text()
        await at.link("Bidang A")
        text = await page.get_by_role("main").inner_text()
        assert "Kota Contoh / Dinas Contoh" in text
        assert all(name in text for name in ("kabid_a", "ani", "budi", "citra"))
        assert await page.get_by_role("link", name="Pelaksana selama kabid_a").count() == 1


async def test_a_unit_is_read_on_a_narrow_screen_and_by_the_office_alone(house: House) -> None:
    path = f"/pengelola/unit/{await house.acts.unit('16.71.A')}"
    async with house.seated("petugas", path, viewport=looking.NARROW) as page:
        assert await looking.violations(page) == []
        assert await looking.too_wide(page) == []
    async with house.visitor("kabid_a") as client:
        assert (await client.get(path)).status_code == 403
