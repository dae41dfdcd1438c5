"""What was done to a cycle or set otherwise than the rules would have it, as the auditor reads it."""

import hashlib
import html
import json

import pytest

from contracts.base import SERVICES, Role
from tests.permissions.table import documented
from tests.portal import looking
from tests.portal.house import House
from tests.portal.presses import Presses
from tests.portal.tasks import AUDITOR
from tests.support.issuer import Issuer
from tests.workflows.year.place import CITY

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]


async def test_interventions_and_extensions_are_one_press_from_the_auditors_page(house: House) -> None:
    cycle = house.acts.cycle
    extension = {"phase": "PREPARATION", "until": "2026-01-09", "reason": "Banjir di dua kecamatan"}
    await house.acts.post("petugas", "evaluation", f"/cycles/{cycle}/extension", extension)
    for act in ("pause", "resume"):
        await house.acts.post("petugas", "evaluation", f"/cycles/{cycle}/{act}", {"reason": f"Uji {act} siklus"})
    async with house.seated("inspektur", "/audit", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Campur tangan dalam")
        at.within(AUDITOR, "interventions")
        text = await page.get_by_role("main").inner_text()
        assert "Banjir di dua kecamatan" in text
        assert "Uji pause siklus" in text
        assert "petugas" in text
        assert "9 Januari 2026" in text
    async with house.seated("inspektur", "/audit") as page:
        at = Presses(page)
        await at.link("Semua perpanjangan dalam")
        at.within(AUDITOR, "extensions")
        await page.get_by_role("heading", name="Semua perpanjangan").wait_for()
        assert await page.locator("tbody tr").count() == 3
        assert await looking.violations(page) == []
        await page.set_viewport_size(looking.NARROW)
        assert await looking.too_wide(page) == []


async def test_overridden_defaults_are_one_press_from_the_auditors_page(house: House) -> None:
    async with house.seated("inspektur", "/audit") as page:
        at = Presses(page)
        await at.link("Nilai kebijakan yang ditetapkan sendiri")
        at.within(AUDITOR, "defaults")
        text = await page.get_by_role("main").inner_text()
        assert "catatan harian" in text
        assert "16.71" in text


async def test_raters_that_changed_are_one_press_from_the_auditors_page(house: House) -> None:
    await house.town.until("2026-01-06")
    change = {"rater_id": house.acts.id_of("kabid_b"), "from": "2026-01-06", "reason": "Penataan ulang bidang"}
    await house.acts.post("petugas", "registry", f"/servants/{house.acts.id_of('citra')}/raters", change)
    async with house.seated("inspektur", "/audit") as page:
        at = Presses(page)
        await at.link("Pejabat penilai yang berganti")
        at.within(AUDITOR, "raters")
        row = page.locator("tbody tr", has_text="Penataan ulang bidang")
        text = await row.inner_text()
        assert all(one in text for one in ("citra", "kabid_b", "petugas", "6 Januari 2026"))
        assert await looking.violations(page) == []


async def test_an_outage_belongs_to_the_cycle_in_which_it_began_by_the_clock_of_the_city(house: House) -> None:
    for began, ended, reason in (
        ("2025-12-31T23:10:00+07:00", "2025-12-31T23:50:00+07:00", "Padam sebelum tahun baru"),
        ("2026-01-01T00:30:00+07:00", "2026-01-01T02:00:00+07:00", "Padam sesudah tahun baru"),
    ):
        outage = {"began_at": began, "ended_at": ended, "reason": reason}
        await house.acts.post("petugas", "registry", "/outages", outage)
    async with house.visitor("inspektur") as client:
        page = (await client.get(f"/audit/campur-tangan/{house.acts.cycle}")).text
    assert "Padam sesudah tahun baru" in page
    assert "Padam sebelum tahun baru" not in page


async def test_the_chain_is_verified_and_its_proof_kept_in_two_presses(house: House, issuer: Issuer) -> None:
    async with house.seated("inspektur", "/audit", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Periksa rantai kota")
        # The town's bus writes hashes of no chain (tests/workflows/year/bus.py): wherever it wrote, that is found.
        holding = await page.get_by_role("cell", name="Ya, utuh", exact=True).count()
        assert await page.get_by_role("heading", name="Tempat yang tidak utuh").count() == 1
        proof = json.loads(await at.file("Unduh bukti"))
        at.within(AUDITOR, "chain")
    assert {one["service"] for one in proof["chains"]} == set(SERVICES)
    assert (
        proof["sha256"]
        == hashlib.sha256(
            json.dumps(
                {name: one for name, one in proof.items() if name != "sha256"}, sort_keys=True, separators=(",", ":")
            ).encode()
        ).hexdigest()
    )
    registry = next(one for one in proof["chains"] if one["service"] == "registry")
    assert holding == sum(not one["breaks"] for one in proof["chains"])
    assert len(registry["breaks"]) >= registry["rows"] > 0
    auditor = next(one.sub for one in house.others if one.name == "inspektur")
    asked = {"at": registry["breaks"][0]["position"]}
    said = issuer.header(auditor, CITY, Role.AUDITOR)
    later = await house.portal.state.services.send("registry", "GET", "/journal/verification", said, params=asked)
    assert later.body["hash_at"]  # of that row, whatever the chain is worth


@pytest.mark.parametrize(
    ("task", "link", "says"),
    [
        ("policies", "Versi kebijakan dan asal ketentuannya", "permenpanrb-6-2022"),
        ("permissions", "Tabel izin", "GET /journal/verification"),
    ],
)
async def test_what_everybody_is_measured_by_and_may_do_is_one_press_away(
    house: House, task: str, link: str, says: str
) -> None:
    async with house.seated("inspektur", "/audit", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link(link)
        at.within(AUDITOR, task)
        assert says in await page.get_by_role("main").inner_text()


async def test_the_permissions_that_are_shown_are_those_of_the_document(house: House) -> None:
    async with house.visitor("inspektur") as client:
        page = html.unescape((await client.get("/audit/izin")).text)
    missing = [route for _, route in documented() if f">{route}</th>" not in page]
    assert missing == []


async def test_nobody_else_reads_them(house: House) -> None:
    async with house.visitor("ani") as client:
        for path in (
            f"/audit/campur-tangan/{house.acts.cycle}",
            "/audit/penyimpangan",
            "/audit/rantai",
            "/audit/rantai/bukti.json",
            "/audit/izin",
        ):
            assert (await client.get(path)).status_code == 403
