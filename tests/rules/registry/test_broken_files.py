"""Broken and hostile files: whatever the bytes are, reading them ends in lines or in mistakes with a place, never otherwise."""

import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.chart import BarChart

from kit.files.errors import FileError, FileErrors
from kit.files.tables import Columns, Line, read_table
from services.registry.imports.rules.submission import KINDS, Upload, read_all
from tests.support.files_of import POLICY, SERVANTS, UNITS, judged
from tests.support.hostile_files import MAIN, PARTS, row, sheet, wide_and_far, wide_header, workbook

COLUMNS = Columns(required=("code", "name"))
HEAD = row(1, "code", "name")


def _read(content: bytes, file: str = "units.xlsx") -> tuple[list[Line], list[FileError]]:
    errors = FileErrors()
    return read_table(file, content, COLUMNS, errors), errors.in_order()


def _saved(book: Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _filled(*values: object) -> bytes:
    book = Workbook()
    active = book.active
    assert active is not None
    for line in (["code", "name"], ["1", "a"], list(values)):
        active.append(line)
    return _saved(book)


def _without_sheets() -> bytes:
    return workbook({"xl/workbook.xml": f"<workbook {MAIN}><sheets/></workbook>"})


def _lying() -> bytes:
    """A part that says it is ten bytes long, and holds more."""
    whole = workbook({"xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>{HEAD * 500}</sheetData></worksheet>"})
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    return whole.replace(size, (10).to_bytes(4, "little"))


_ENTITIES = '<!DOCTYPE a [<!ENTITY a0 "aaaaaaaaaa">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
)
BROKEN = {
    "no bytes": (b"", 1, "the file is empty"),
    "no zip": (b"code,name", 1, "not an XLSX workbook"),
    "the beginning of a zip": (workbook()[:200], 1, "not an XLSX workbook"),
    "locked with a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000, 1, "locked with a password"),
    "a zip in a zip": (workbook({"xl/workbook.xml": workbook()}), 1, "damaged"),
    "no sheet": (_without_sheets(), 1, "no sheet with cells"),
    "a sheet that is not there": (workbook(without=["xl/worksheets/sheet1.xml"]), 1, "no sheet with cells"),
    "no list of its parts": (workbook(without=["[Content_Types].xml"]), 1, "damaged"),
    "a sheet that is no XML": (workbook({"xl/worksheets/sheet1.xml": "code;name"}), 1, "damaged"),
    "a part shorter than it says": (_lying(), 1, "damaged"),
    "entities in entities": (
        workbook({"xl/sharedStrings.xml": f"{_ENTITIES}]><sst {MAIN}><si><t>&a11;</t></si></sst>"}),
        1,
        "damaged",
    ),
    "a foreign entity": (
        workbook(
            {"xl/sharedStrings.xml": f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst {MAIN}>&x;</sst>'}
        ),
        1,
        "",
    ),
    "a text that is not there": (sheet(HEAD + '<row r="2"><c t="s"><v>7</v></c></row>'), 2, "damaged"),
    "a number that is none": (sheet(HEAD + '<row r="2"><c><v>x</v></c></row>'), 2, "damaged"),
    "a number of five thousand digits": (sheet(HEAD + f'<row r="2"><c><v>{"9" * 5000}</v></c></row>'), 2, "damaged"),
    "a number beyond all": (sheet(HEAD + '<row r="2"><c><v>1E999</v></c><c><v>1</v></c></row>'), 2, "lost digits"),
    "a huge exponent": (sheet(HEAD + '<row r="2"><c><v>1E300</v></c><c><v>1</v></c></row>'), 2, "lost digits"),
    "an error of a formula": (_filled("#REF!", "b"), 3, "an error of Excel, #REF!"),
    "a cell without a place": (sheet(HEAD + '<row r="2"><c r="??"><v>1</v></c></row>'), 2, "damaged"),
    "a row far away": (sheet(HEAD + row(99_999_999, "1", "a")), 1_048_577, "more than 1,048,576 lines"),
    "wide and far": (wide_and_far(), 1, ""),
    "a million columns": (wide_header(), 1, "not an XLSX workbook"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_workbook_is_a_mistake_with_its_line(name: str) -> None:
    content, line, wrong = BROKEN[name]
    _, errors = _read(content)
    assert errors
    assert errors[-1].line == line
    assert wrong in errors[-1].wrong.en
    assert all(one.file == "units.xlsx" and one.wrong.id and one.fix.id for one in errors)


def test_cells_of_every_type_are_read_as_what_a_person_sees() -> None:
    shown = (
        (True, "yes"),
        (1.0, "1"),
        (2.5, "2.5"),
        (-12, "-12"),
        (datetime(2026, 1, 2, 3), "2026-01-02"),  # noqa: DTZ001 - Excel knows no zones
        (datetime(1900, 3, 1), "1900-03-01"),  # noqa: DTZ001
        (datetime(1899, 12, 31), "00:00:00"),  # noqa: DTZ001
        ("=1/0", ""),
    )
    for value, text in shown:
        lines, errors = _read(_filled(value, "b"))
        assert (lines[-1].get("code"), errors) == (text, [])


def test_the_first_sheet_with_cells_counts_whatever_stands_before_it() -> None:
    book = Workbook()
    table = book.active
    assert table is not None
    table.append(["code", "name"])
    table.append(["1", "a"])
    chart = book.create_chartsheet("chart", 0)
    chart.add_chart(BarChart())
    lines, errors = _read(_saved(book))
    assert ([line.get("code") for line in lines], errors) == (["1"], [])


def test_what_a_sheet_says_of_its_size_does_not_count() -> None:
    small = sheet(HEAD + row(2, "1", "a"), dimension="A1:XFD1048576")
    lines, errors = _read(small)
    assert ([line.get("name") for line in lines], errors) == (["a"], [])


@pytest.mark.parametrize(
    ("content", "line", "column", "wrong"),
    [
        (b"code,name\n1,a\0b\n", 2, 2, "U+0000"),
        (b"code,name\n1,\x1b[31m\n", 2, 2, "U+001B"),
        (b"code,name\n1,a\xc2\x85b\n", 2, 2, "U+0085"),
        (b"code,name\n1,\xed\xa0\x80\n", 2, 3, "byte 0xed"),
        (b"code,name\n1,\xff\n", 2, 3, "byte 0xff"),
        (b"\xff\xfec\0", 1, 1, "UTF-16"),
        (b'code,name\n1,"a\n2,b\n', 2, 1, "cannot be read as CSV"),
        (b'code,name\n1,"' + b"a\n" * 100_000, 2, 1, "cannot be read as CSV"),
        (b'code,name\n1,"a"b\n', 2, 1, "cannot be read as CSV"),
        (b"code,name;x\n1,a\n", 1, 1, "unknown column 'code,name'"),
    ],
)
def test_a_broken_table_is_a_mistake_with_its_place(content: bytes, line: int, column: int, wrong: str) -> None:
    _, errors = _read(content, "units.csv")
    assert (errors[0].line, errors[0].column) == (line, column)
    assert wrong in errors[0].wrong.en


@pytest.mark.parametrize("content", [b"code,name\r1,a\r", b"\xef\xbb\xbfcode;name\r\n1;a", b'code,name\n1,"a"\n\n\n'])
def test_lines_may_end_as_any_system_ends_them(content: bytes) -> None:
    lines, errors = _read(content, "units.csv")
    assert ([(line.get("code"), line.get("name")) for line in lines], errors) == ([("1", "a")], [])


def test_no_mistake_quotes_what_nobody_sees_nor_more_than_a_little() -> None:
    _, errors = judged(units=UNITS.replace("CITY", "C\x07ITY").replace("SETDA", "x" * 499))
    for one in errors:
        assert one.wrong.en.isprintable()
        assert len(one.wrong.en) <= 400


# --- whatever the bytes are ---

_PLENTY = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def _holds(uploads: list[Upload]) -> None:
    """Reading and judging end, and what is wrong has a place in one of the files."""
    contents = {upload.name: upload.content for upload in uploads}
    _, errors = judged(
        policy=contents.get("policy.yaml"), units=contents.get("units.csv"), servants=contents.get("servants.csv")
    )
    assert all(one.line >= 1 and one.column >= 1 and one.wrong.en.isprintable() for one in errors)
    more = FileErrors()
    read_all(uploads, more)


@given(name=st.sampled_from(sorted(KINDS)), content=st.binary(max_size=400))
@_PLENTY
def test_any_bytes_are_read_or_refused(name: str, content: bytes) -> None:
    _holds([Upload(name, content)])


_TRICKS = st.sampled_from(
    [
        *"\0\t\r\n\"';,:-?&*!|>%@`{}[]#~=<",
        "\ud800",
        "\x85",
        "\ufeff",
        "!!",
        "<<",
        "---",
        "...",
        "0x",
        ".nan",
        "\\0",
        "9" * 30,
    ]
)


@st.composite
def _bent(draw: st.DrawFn, text: str) -> bytes:
    """A good text with some places cut out, doubled, or filled with what is special."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, max(0, len(text) - 1)))
        end = draw(st.integers(start, min(len(text), start + 40)))
        text = text[:start] + draw(st.one_of(_TRICKS, st.text(max_size=8), st.just(text[start:end] * 2))) + text[end:]
    return text.encode("utf-8", "surrogatepass")


@given(policy=_bent(POLICY), units=_bent(UNITS), servants=_bent(SERVANTS))
@_PLENTY
def test_any_bent_text_is_judged_or_refused(policy: bytes, units: bytes, servants: bytes) -> None:
    _holds([Upload("policy.yaml", policy), Upload("units.csv", units), Upload("servants.csv", servants)])


@given(data=st.data())
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
def test_any_bent_workbook_is_read_or_refused(data: st.DataObject) -> None:
    good = sheet(HEAD + row(2, "1", "a"))
    if data.draw(st.booleans()):
        part = data.draw(st.sampled_from(sorted(PARTS)))
        text = data.draw(_bent(PARTS[part].replace("<sheetData/>", f"<sheetData>{HEAD}</sheetData>")))
        content = workbook({part: text})
    else:
        at = data.draw(st.integers(0, len(good) - 1))
        content = good[:at] + data.draw(st.binary(max_size=6)) + good[data.draw(st.integers(at, len(good))) :]
    _, errors = _read(content)
    assert all(one.line >= 1 for one in errors)
