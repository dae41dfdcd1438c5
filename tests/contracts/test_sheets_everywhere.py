"""Whatever a service gives as CSV it gives as XLSX as well, with the same rows: Excel destroys a NIP in CSV.

The documents say which routes those are; each is asked in the scene in which `tests/permissions` asks it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from contracts.base import SERVICES
from kinerja.documents.api import openapi
from kit.db import Database
from kit.sheets.tables import SheetFormat
from tests.conftest import ClientOf
from tests.permissions.probing import ANYONE, Probe
from tests.permissions.scenes import probes_of
from tests.support.clock import SetClock
from tests.support.sheets import rows_of

CSV, XLSX = (one.media_type.partition(";")[0] for one in (SheetFormat.CSV, SheetFormat.XLSX))
CODE = Path(__file__).parents[2]
TO_FILL_IN = "GET /imports/templates/{kind}"
"""A form with lists to choose from is written on its own, in `services/registry/templates`: it has no rows to compare."""


def _downloads(service: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Routes that answer CSV, with their declaration."""
    for path, operations in openapi(service)["paths"].items():
        for method, told in operations.items():
            if CSV in told.get("responses", {}).get("200", {}).get("content", {}):
                yield f"{method.upper()} {path.removeprefix('/v1')}", told


FOUND = {service: dict(_downloads(service)) for service in SERVICES}
ROWS = {service: found.keys() - {TO_FILL_IN} for service, found in FOUND.items()}


def test_there_are_downloads_and_each_offers_both_kinds() -> None:
    assert sum(map(len, FOUND.values())) >= 3
    for routes in FOUND.values():
        for route, told in routes.items():
            assert XLSX in told["responses"]["200"]["content"], f"{route} gives CSV and no XLSX"
            assert "format" in {one.get("name") for one in told["parameters"]}, route


def test_one_place_writes_tables() -> None:
    """So that nobody forgets the second kind, the mark, the text cells or the formulas."""
    writes = re.compile(r"text/csv|csv\.writer|csv\.DictWriter|openpyxl import Workbook")
    files = [path for folder in ("services", "kit") for path in (CODE / folder).rglob("*.py")]
    others = [str(path.relative_to(CODE)) for path in files if writes.search(path.read_text(encoding="utf-8"))]
    forms = [f"services/registry/templates/rules/{one}.py" for one in ("text", "workbook")]
    assert sorted(others) == ["kit/sheets/tables.py", *forms]


@pytest.fixture
def database(service: str, request: pytest.FixtureRequest) -> Database:
    """That of the service."""
    found = request.getfixturevalue(f"{service}_db")
    assert isinstance(found, Database)
    return found


@pytest.mark.connected
@pytest.mark.parametrize("service", [one for one in SERVICES if ROWS[one]])
async def test_what_a_service_gives_as_csv_it_gives_as_xlsx_with_the_same_rows(
    service: str, database: Database, client_of: ClientOf, clock: SetClock
) -> None:
    client, asked = client_of(service, database), set[str]()
    async for probe in probes_of(service, database, client_of, clock):
        if probe.name in ROWS[service]:
            who, roles = probe.people.kinds[_reader(probe, FOUND[service][probe.name])]
            both = [replace(probe, query=dict(probe.query) | {"format": kind}) for kind in ("csv", "xlsx")]
            csv, xlsx = [await one.ask(client, who, probe.people.city, roles) for one in both]
            assert (csv.status_code, xlsx.status_code) == (200, 200), csv.text
            assert [one.headers["content-type"].partition(";")[0] for one in (csv, xlsx)] == [CSV, XLSX]
            assert rows_of(csv) == rows_of(xlsx)
            asked.add(probe.name)
    assert asked == ROWS[service]


def _reader(probe: Probe, told: dict[str, Any]) -> str:
    """Somebody around whom the scene stands, and who may."""
    who = told["x-permissions"]["who"]
    return next(kind for kind in probe.people.kinds if kind in who or (ANYONE in who and kind == "self"))
