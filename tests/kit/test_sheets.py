"""Tables for spreadsheets: nothing that somebody typed is computed where it is opened, and numbers stay numbers."""

import csv
import io
import tempfile
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from fastapi.responses import StreamingResponse
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import load_workbook

from kit.errors import Refused
from kit.sheets.cells import Cell, harmless
from kit.sheets.tables import SheetFormat, Table, as_csv, as_xlsx, write_xlsx
from kit.sheets.writing import MOST_LINES, answer

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
    assert isinstance(answered, StreamingResponse)
    content = b"".join([piece async for piece in answered.body_iterator if isinstance(piece, bytes)])
    assert load_workbook(io.BytesIO(content)).worksheets[0]["A2"].value == "Ani"
    with pytest.raises(Refused):
        await answer(Table("a", ["1"], [["x"]] * (MOST_LINES + 1)), SheetFormat.CSV)


NIP = "194901011970010005"


def test_every_digit_stays_and_a_cell_that_is_edited_stays_text() -> None:
    content = as_xlsx(table([NIP, int(NIP)], [Decimal(NIP), 12]))
    _, first, second = load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()
    assert [one.value for one in first] == [NIP, NIP]
    assert [one.value for one in second] == [NIP, 12]
    assert {one.number_format for one in first} == {"@"}
    assert read_csv(as_csv(table([NIP, 1])))[1] == [NIP, "1"]


def test_a_long_table_takes_the_memory_of_a_line() -> None:
    """Twenty times as many lines take no more: each is written before the next is made."""

    def peak(lines: int) -> int:
        tracemalloc.start()
        with tempfile.TemporaryFile() as file:
            write_xlsx(file, Table("a", ["nip", "nama"], ([NIP, f"Pegawai {number}"] for number in range(lines))))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(10)  # what is loaded once
    assert peak(20_000) < peak(1_000) + 1_000_000
