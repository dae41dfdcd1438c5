"""What the leadership, the auditor, operations and the province see, and that nobody else sees it."""

import re

import pytest
import pytest_asyncio

from contracts.base import SERVICES
from tests.portal.house import House
from tests.workflows.year.place import CAST

BROWSER = False
pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module")]
OWN = {"walikota": "/kota", "inspektur": "/audit", "kominfo": "/operasional", "provinsi": "/provinsi"}
EVERYBODY = ("ani", "kabid_a", "sekda", "petugas", *OWN)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def planned(house: House) -> House:
    """The town when some have read the standard and some plans are set."""
    for who in ("ani", "budi", "sekda"):
        await house.acts.read_the_standard(who)
    await house.town.until("2026-01-08")
    await house.acts.propose("ani")
    await house.acts.agree("kabid_a", "ani", "2026-01-08")
    return house


@pytest.mark.parametrize("who", EVERYBODY)
async def test_each_page_opens_for_its_role_alone(planned: House, who: str) -> None:
    async with planned.visitor(who) as client:
        found = {path: (await client.get(path)).status_code for path in OWN.values()}
    assert found == {path: 200 if OWN.get(who) == path else 403 for path in OWN.values()}


async def test_the_leader_sees_the_cycle_and_what_is_owed(planned: House) -> None:
    async with planned.visitor("walikota") as client:
        page = (await client.get("/kota")).text
    assert "Berjalan" in page
    assert "perencanaan kinerja" in page
    assert "Ajukan rencana kinerja (SKP)" in page
    assert not [name for name in CAST if re.search(rf"\b{name}\b", page)]


async def test_the_auditor_follows_what_was_done_and_by_whom(planned: House) -> None:
    async with planned.visitor("inspektur") as client:
        for service in SERVICES:
            assert (await client.get(f"/audit/jurnal/{service}")).status_code == 200
        file = await client.get("/audit/jurnal/plans/unduh.csv")
        cycle = re.findall(r"/audit/siklus/([0-9a-f-]+)", (await client.get("/audit")).text)[0]
        for path in (f"/audit/siklus/{cycle}", f"/audit/siklus/{cycle}/sampel?benih=7"):
            assert (await client.get(path)).status_code == 200
    assert file.headers["Content-Type"].startswith("text/csv")


async def test_operations_see_every_service_answer(planned: House) -> None:
    async with planned.visitor("kominfo") as client:
        page = (await client.get("/operasional")).text
    assert all(service in page for service in SERVICES)
    assert "govuk-tag--red" not in page


async def test_the_province_sees_no_person_on_any_page(planned: House) -> None:
    async with planned.visitor("provinsi") as client:
        for path in ("/", "/provinsi", "/provinsi/16.71", "/tim", "/hasil", "/pengelola", "/lainnya", "/siapa-melihat"):
            page = (await client.get(path)).text
            assert not [name for name in CAST if re.search(rf"\b{name}\b", page)], path


async def test_the_public_page_asks_nobody_to_sign_in(planned: House) -> None:
    async with planned.visitor("ani") as client:
        client.cookies.clear()
        page = await client.get("/publik/16.71")
        assert page.status_code == 200
        assert "Kota Contoh, setahun" in page.text
        assert page.headers["Cache-Control"].startswith("public")
        for path in ("/publik/nowhere", "/publik/99.99x"):
            assert (await client.get(path)).status_code == 404
        assert (await client.get("/publik/16.71/unit.csv")).status_code == 200
