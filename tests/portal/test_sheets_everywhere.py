"""Every table that a page gives as a file: as CSV and as XLSX, with the same rows, from links that stand side by side."""

import re
from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute

from services.portal.api import ROOMS
from services.portal.public import pages as public
from services.portal.web.words import ROOMS as FOLDERS
from tests.portal.house import House, pass_until
from tests.support.sheets import rows_of

BROWSER = False
pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module")]
EVERY = (*ROOMS, public.router)
READERS = {
    "/kota/unit.{kind}": ("walikota", "?siklus={cycle}"),
    "/publik/{city}/unit.{kind}": ("ani", ""),
    "/provinsi/unduh.{kind}": ("provinsi", ""),
    "/audit/jurnal/{service}/unduh.{kind}": ("inspektur", ""),
    "/pengelola/terlambat/{cycle_id}/berkas.{kind}": ("petugas", ""),
    "/pengelola/ekspor/{cycle_id}/hasil.{kind}": ("petugas", ""),
    "/pengelola/ekspor/{cycle_id}/tertahan.{kind}": ("petugas", ""),
    "/pengelola/sebaran/{cycle_id}/unit.{kind}": ("petugas", ""),
    "/riwayat/{person_id}/berkas.{kind}": ("ani", ""),
    "/catatan/berkas/unduh.{kind}": ("ani", "?siklus={cycle}&dari=2026-01-01"),
    "/pengelola/perpindahan/berkas.{kind}": ("petugas", ""),
    "/pengelola/perubahan/berkas.{kind}": ("petugas", ""),
}
"""Who asks for each, and what besides."""
ELSEWHERE = {
    "/pengelola/impor/contoh.{kind}": "a workbook to fill in holds lists of what may be chosen besides (test_imports.py)",
    "/pengelola/paket/{batch_id}/baris.{kind}": "there are batches once results are final (test_docket.py)",
    "/pengelola/paket/{batch_id}/tertahan.{kind}": "there are batches once results are final (test_docket.py)",
}
"""Compared by other tests, and why."""
TEMPLATES = sorted(FOLDERS.rglob("*.html"))
LENGTHS = {"/pengelola/terlambat/{cycle_id}/berkas.{kind}": 3, "/catatan/berkas/unduh.{kind}": 1}
"""So many rows there are at least in the town: an empty table would prove little."""


def _downloads() -> Iterator[str]:
    for router in EVERY:
        for route in router.routes:
            if isinstance(route, APIRoute) and route.path.endswith(".{kind}"):
                yield route.path


async def test_no_page_has_an_address_for_one_kind_alone() -> None:
    paths = [route.path for router in EVERY for route in router.routes if isinstance(route, APIRoute)]
    assert [path for path in paths if path.endswith((".csv", ".xlsx"))] == []
    assert set(_downloads()) == READERS.keys() | ELSEWHERE, "say who reads it"
    for template in TEMPLATES:
        links = re.findall(r'href="[^"]*\.(csv|xlsx)', template.read_text(encoding="utf-8"))
        assert not links or template.name == "files.html", f"{template}: use the macro downloads"


@pytest.mark.parametrize("path", sorted(READERS))
async def test_both_kinds_hold_the_same_rows(house: House, path: str) -> None:
    await pass_until(house, "2026-02-04")
    plan = (await house.acts.plan("ani"))["id"]
    entries = [{"day": "2026-02-03", "text": "=Rapat koordinasi", "minutes": 60}]
    await house.acts.post("ani", "plans", f"/plans/{plan}/activities", {"entries": entries})
    who, query = READERS[path]
    cycle = str(house.acts.cycle)
    filled = {"city": "16.71", "service": "plans", "cycle_id": cycle, "person_id": house.acts.id_of("ani")}
    async with house.visitor(who) as client:
        csv, xlsx = [
            await client.get(path.format(kind=kind, **filled) + query.format(cycle=cycle)) for kind in ("csv", "xlsx")
        ]
        assert (await client.get(path.format(kind="ods", **filled) + query.format(cycle=cycle))).status_code == 404
    rows = rows_of(csv)
    assert rows == rows_of(xlsx)
    assert len(rows) > LENGTHS.get(path, 0)
    assert "attachment" in xlsx.headers["content-disposition"]
