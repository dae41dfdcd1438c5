"""Tables for spreadsheets: nothing that somebody typed is computed where it is opened, and numbers stay numbers."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import load_workbook

from kit.errors import Refused
from kit.sheets.cells import Cell, harmless
from kit.sheets.writing import MOST_LINES, SheetFormat, Table, answer, as_csv, as_xlsx

ATTACKS = [
    '=HYPERLINK("http://x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "\uff1d1",
    "=cmd|' /C calc'!A0",
]
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def table(*lines: list[Cell]) -> Table:
    return Table("daftar", ["Nama", "Nilai"], lines)


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_would_be_computed_is_text_in_both_kinds_of_file(attack: str) -> None:
    [_, line] = read_csv(as_csv(table([attack, 1])))
    assert line == [f"'{attack}", "1"]
    cell = load_workbook(io.BytesIO(as_xlsx(table([attack, 1])))).worksheets[0]["A2"]
    assert (cell.data_type, cell.value) == ("s", attack.replace("\r", "\n"))  # as XML reads a line end


@given(some.text(max_size=40))
def test_no_text_begins_a_formula_and_none_is_lost(text: str) -> None:
    [_, line] = read_csv(as_csv(table([text, None])))
    assert not line[0].lstrip(" ").startswith(FORMULAS)
    cell = load_workbook(io.BytesIO(as_xlsx(table([text, 7])))).worksheets[0]["A2"]
    assert cell.data_type in ("s", "n", "inlineStr")
    assert not isinstance(cell.value, int)


def test_numbers_days_and_moments_are_what_they_are() -> None:
    line: list[Cell] = [-5, Decimal("-12.50"), date(2026, 1, 31), datetime(2026, 1, 31, 8, tzinfo=UTC), None]
    content = as_csv(Table("a", ["1", "2", "3", "4", "5"], [line]))
    assert content.startswith(b"\xef\xbb\xbf")
    assert read_csv(content)[1] == ["-5", "-12.50", "2026-01-31", "2026-01-31T08:00:00+00:00", ""]
    [_, cells] = load_workbook(io.BytesIO(as_xlsx(Table("a", list("abcde"), [line])))).worksheets[0].iter_rows()
    assert [one.value for one in cells][:3] == [-5, -12.5, datetime(2026, 1, 31)]  # noqa: DTZ001 - a workbook has no zone


def test_plain_names_stay_as_they_are() -> None:
    assert [harmless(one) for one in ("Siti Aminah", "Penata Tk. I (III/d)", "a-b=c")] == [
        "Siti Aminah",
        "Penata Tk. I (III/d)",
        "a-b=c",
    ]


async def test_a_file_is_named_and_kept_by_nobody_on_the_way_and_has_its_bounds() -> None:
    answered = await answer(table(["Ani", 1]), SheetFormat.XLSX)
    assert answered.headers["content-disposition"] == 'attachment; filename="daftar.xlsx"'
    assert answered.headers["cache-control"] == "no-store"
    with pytest.raises(Refused):
        await answer(Table("a", ["1"], [["x"]] * (MOST_LINES + 1)), SheetFormat.CSV)
