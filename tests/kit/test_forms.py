"""Tables of other systems: found under titles, by any of their names, with other columns passed over."""

from dataclasses import replace

import pytest

from kit.files.apart import LITTLE, read_apart, some_at_once
from kit.files.errors import FileErrors
from kit.files.forms import Form, read_form
from kit.files.uploads import InvalidFiles, Sent
from tests.support.hostile_files import many_styles
from tests.support.tables import csv_of, xlsx_of

FORM = Form(
    {"day": ("Tanggal", "Tgl"), "said": ("Isi", "Uraian"), "many": ("Jumlah",)}, (("day",), ("said", "many")), 3
)
TITLED = [
    ["REKAP", "", ""],
    ["", "", ""],
    ["No.", "TGL.", "Uraian"],
    [1, 2, 3],
    [1, "2026-01-05", "Rapat"],
    ["", "", ""],
]


@pytest.mark.parametrize("sent", [csv_of(TITLED), csv_of(TITLED, separator=";"), xlsx_of(TITLED, before=["Petunjuk"])])
def test_the_header_is_found_under_titles_and_lines_know_where_they_stand(sent: bytes) -> None:
    errors = FileErrors()
    [line] = read_form("rekap", sent, FORM, errors)
    assert (line.get("day"), line.get("said"), line.get("many")) == ("2026-01-05", "Rapat", "")
    assert (line.number, line.at("said").column) == (5, 3)
    assert not errors


def test_a_missing_column_is_told_by_the_name_that_it_may_have() -> None:
    errors = FileErrors()
    assert read_form("rekap.csv", csv_of([["Tgl", "Nama"], ["2026-01-05", "x"]]), FORM, errors) == []
    [wrong] = errors.in_order()
    assert "Isi / Jumlah" in wrong.wrong.en


def test_no_more_rows_are_read_than_the_form_may_have() -> None:
    errors = FileErrors()
    rows = [["Tgl", "Isi"], *(["2026-01-05", str(number)] for number in range(4))]
    assert read_form("rekap.csv", csv_of(rows), FORM, errors) == []
    assert "more than 3 rows" in errors.in_order()[0].wrong.en


def test_the_mark_that_kept_a_text_from_being_computed_is_taken_off_and_an_apostrophe_of_a_word_stays() -> None:
    rows = [["Tgl", "Isi"], ["2026-01-05", "'=1+1"], ["2026-01-06", "'Aisyah"]]
    lines = read_form("rekap.csv", csv_of(rows), FORM, FileErrors())
    assert [line.get("said") for line in lines] == ["=1+1", "'Aisyah"]


async def test_a_file_that_takes_too_much_ends_its_own_process_and_is_refused_by_name() -> None:

    little = replace(LITTLE, seconds=1, memory=150_000_000)
    with pytest.raises(InvalidFiles) as raised:
        await read_apart(Sent.of("a.xlsx", many_styles(1_000_000)), FORM, "14.72", some_at_once(), bounds=little)
    assert "than any honest one needs" in raised.value.errors[0].wrong.en


async def test_what_is_read_apart_is_what_is_read_here() -> None:
    found = await read_apart(Sent.of("rekap.csv", csv_of(TITLED)), FORM, "14.72", some_at_once())
    [line] = read_form("rekap.csv", csv_of(TITLED), FORM, FileErrors())
    [apart] = found.lines
    assert (apart.number, list(apart.cells), apart.fields) == (line.number, list(line.cells), line.fields)
    assert len(found.sha256) == 64
