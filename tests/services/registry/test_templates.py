"""The file to fill in: what it offers, and that it comes in without a question once it is filled in."""

import asyncio
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from contracts.base import Role
from kinerja.cli import app
from kit.db import Database
from services.registry.api import build
from services.registry.imports.rules import example
from tests.conftest import ClientOf
from tests.services.registry.place_files import HEAD, office_of, small, submit
from tests.support.client import Client
from tests.support.served import served

pytestmark = pytest.mark.connected
RINA = {
    "nip": "197505052000121005",
    "name": "Rina Lestari",
    "employment_type": "PNS",
    "grade": "III/c",
    "position": "Analis Data",
    "position_kind": "PELAKSANA",
    "unit_code": "16.71.DINKES",
    "rater_nip": HEAD,
    "email": "rina@palembang.example",
    "head": "tidak",
}


@pytest.fixture
async def http(client_of: ClientOf, registry_db: Database) -> Client:
    client = client_of("registry", registry_db)
    assert (await submit(client, small())).status_code == 201
    return client


async def template(client: Client, kind: str) -> bytes:
    headers = client.as_(await office_of(client), "16.71", Role.PERFORMANCE_OFFICE)
    answer = await client.get("/v1/imports/templates/servants", params={"format": kind}, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.content


def filled_in(content: bytes, person: dict[str, str], row: int = 3) -> bytes:
    book = load_workbook(io.BytesIO(content))
    sheet = book["Pegawai"]
    for at, cell in enumerate(list(sheet[1]), start=1):
        sheet.cell(row, at, person.get(str(cell.value), ""))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def done(client: Client, name: str, content: bytes) -> dict[str, Any]:
    answer = await submit(client, {name: content})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_the_workbook_offers_what_each_column_may_say(http: Client) -> None:
    book = load_workbook(io.BytesIO(await template(http, "xlsx")))
    sheet, choices = book["Pegawai"], book["Pilihan"]
    names = [cell.value for cell in sheet[1]]
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        column = names[sheet[str(rule.sqref).split(":")[0]].column - 1]
        source = choices[rule.formula1.split("!")[1].replace("$", "")]
        offered[column] = [cell[0].value for cell in source]
    assert offered["employment_type"] == ["PNS", "PPPK"]
    assert {"I/a", "IV/e", "IX", "XVII"} <= set(offered["grade"])
    assert offered["unit_code"] == ["16.71", "16.71.DINKES", "16.71.SETDA"]
    assert "Dinas Kesehatan" in [cell.value for row in choices.iter_rows() for cell in row]
    assert sheet.column_dimensions["A"].number_format == "@"
    assert all(cell.comment for cell in sheet[1])


async def test_filled_in_it_comes_in_without_a_question_and_the_example_is_nobody(http: Client) -> None:
    report = await done(http, "isian.xlsx", filled_in(await template(http, "xlsx"), RINA))
    assert report["counts"]["servants"]["created"] == 1
    assert [(one["row"], one["why"]) for one in report["passed_over"]] == [(2, "example")]
    text = (await template(http, "csv")).decode("utf-8-sig")
    header = text.splitlines()[0].split(";")
    joko = RINA | {"nip": "197606062001122006", "name": "Joko", "email": "joko@palembang.example"}
    report = await done(http, "isian.csv", (text + ";".join(joko.get(name, "") for name in header)).encode())
    assert report["counts"]["servants"]["created"] == 1
    assert [(one["row"], one["why"]) for one in report["passed_over"]] == [(2, "example")]


async def test_sent_as_it_is_it_changes_nothing(http: Client) -> None:
    for kind in ("xlsx", "csv"):
        report = await done(http, f"servants.{kind}", await template(http, kind))
        assert report["counts"]["servants"] == {"created": 0, "changed": 0, "unchanged": 0, "not in file": 0}


async def test_somebody_who_still_has_the_name_of_the_example_is_refused(http: Client) -> None:
    content = filled_in(await template(http, "xlsx"), RINA | {"name": example.NAME}, row=2)
    answer = await submit(http, {"isian.xlsx": content})
    assert answer.status_code == 422
    assert "still the name of the example" in answer.text


async def test_the_command_writes_the_file(registry_db: Database, tmp_path: Path) -> None:
    async with served(tmp_path / "state", {"registry": (build, registry_db)}) as state:
        target = tmp_path / "pegawai.xlsx"
        words = ["template", "servants", "--state", str(state.root), "--city", "16.71", "--output", str(target)]
        result = await asyncio.to_thread(lambda: CliRunner().invoke(app, words))
        assert result.exit_code == 0, result.output
        assert "Pegawai" in load_workbook(target).sheetnames
        words = [
            "template",
            "servants",
            "--state",
            str(state.root),
            "--city",
            "16.71",
            "--format",
            "csv",
            "--output",
            "-",
        ]
        shown = await asyncio.to_thread(lambda: CliRunner().invoke(app, words))
        assert shown.stdout.lstrip("\ufeff").startswith("nip;name;employment_type")
