"""Competences of positions (Sawahlunto): imported with their days, all or nothing, read by everybody, told to others."""

import io
from typing import Any

import pytest
from openpyxl import Workbook

from contracts.base import new_id
from contracts.registry.competences import CompetencesRecorded
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.registry.place_files import small, submit
from tests.support.client import Client
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

HEADER = "position,code,name,required,valid_from,valid_to\n"
NETWORK = "Pejabat,it_network,Jaringan komputer,3,2026-01-01,\n"
RECORDS = "Pejabat,records,Tata naskah dinas,2,2026-01-01,2026-06-30\n"


async def _listed(http: Client, **query: str) -> list[tuple[str, str, int, str, str | None]]:
    page = await http.get("/v1/competences", params=query, headers=http.as_(new_id(), "16.71"))
    names = ("position", "code", "required", "valid_from", "valid_to")
    return sorted(tuple(one[name] for name in names) for one in page.json()["items"])


async def _send(http: Client, *lines: str) -> dict[str, Any]:
    answer = await submit(http, {"competences.csv": (HEADER + "".join(lines)).encode()})
    assert answer.status_code == 201, answer.text
    said: dict[str, Any] = answer.json()
    return said


async def test_what_a_position_asks_for_is_imported_told_and_read_by_everybody(
    registry_db: Database, client_of: ClientOf
) -> None:
    http = client_of("registry", registry_db)
    await submit(http, small())
    done = await _send(http, NETWORK, RECORDS, "Nahkoda,sailing,Navigasi,4,2026-01-01,\n")
    assert done["counts"]["competences"] == {"created": 3, "changed": 0, "unchanged": 0, "not in file": 0}
    notes = {row["code"]: row["note"] for row in done["rows"]}
    assert (notes["it_network"], notes["sailing"]) == (
        None,
        "nobody holds this position / belum ada pemegang jabatan ini",
    )
    assert await _listed(http, position=" PEJABAT ") == [
        ("Pejabat", "it_network", 3, "2026-01-01", None),
        ("Pejabat", "records", 2, "2026-01-01", "2026-06-30"),
    ]
    told = {one.position: one.items for one in await emitted_of(registry_db, CompetencesRecorded)}
    assert {name: [(one.code, one.required) for one in items] for name, items in told.items()} == {
        "Nahkoda": [("sailing", 4)],
        "Pejabat": [("it_network", 3), ("records", 2)],
    }


async def test_the_same_file_changes_nothing_and_another_level_from_a_later_day_stands_beside_the_first(
    registry_db: Database, client_of: ClientOf
) -> None:
    http = client_of("registry", registry_db)
    await submit(http, small())
    await _send(http, NETWORK, RECORDS)
    again = await _send(http, NETWORK, RECORDS)
    assert again["counts"]["competences"]["unchanged"] == 2
    assert len(await emitted_of(registry_db, CompetencesRecorded)) == 1
    raised = NETWORK.replace(",3,2026-01-01", ",4,2026-07-01")
    later = await _send(http, RECORDS.replace(",2,", ",3,"), raised)
    counts = later["counts"]["competences"]
    assert (counts["created"], counts["changed"]) == (1, 1)
    levels = [(code, level, since) for _, code, level, since, _ in await _listed(http)]
    assert levels == [("it_network", 3, "2026-01-01"), ("it_network", 4, "2026-07-01"), ("records", 3, "2026-01-01")]


async def test_a_wrong_cell_is_named_by_file_line_and_column_and_nothing_changes(
    registry_db: Database, client_of: ClientOf
) -> None:
    http = client_of("registry", registry_db)
    await submit(http, small())
    sheet = Workbook()
    rows: list[list[Any]] = [
        HEADER.strip().split(","),
        ["Pejabat", "it_network", "Jaringan", 3, "2026-01-01", None],
        ["Pejabat", "IT network", "Jaringan", 9, "2026-02-30", None],
        ["Pejabat", "it_network", "Jaringan", 4, "2026-01-01", None],
        ["Pejabat", "records", "", 2, "2026-01-01", "2025-01-01"],
    ]
    assert sheet.active is not None
    for row in rows:
        sheet.active.append(row)
    content = io.BytesIO()
    sheet.save(content)
    answer = await submit(http, {"competences.xlsx": content.getvalue()})
    assert answer.status_code == 422, answer.text
    places = [(one["file"], one["line"], one["column"]) for one in answer.json()["errors"]]
    file = "competences.xlsx"
    assert places == [(file, 3, 2), (file, 3, 4), (file, 3, 5), (file, 4, 2), (file, 5, 3), (file, 5, 6)]
    assert await _listed(http) == []
    assert await emitted_of(registry_db, CompetencesRecorded) == []
