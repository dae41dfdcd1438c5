"""Tables of units and people from CSV or XLSX, as text cells that know their line and field."""

import csv
import difflib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kit.files import limits
from kit.files.decoding import decode
from kit.files.errors import FileErrors, Place, quoted
from kit.files.limits import Limit
from kit.files.lines import RawLine, bounded
from kit.files.workbook import read_workbook

_END = re.compile(r"[\r\n]")
_QUOTED = 131_072
"""Characters after which a quotation mark that opened counts as forgotten; the limit of Python's own reader."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a kind of table must and may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    rows: Limit = limits.ROWS

    @property
    def all(self) -> tuple[str, ...]:
        """In the order in which they are documented."""
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table."""

    file: str
    number: int
    cells: Sequence[str]
    fields: dict[str, int]
    """By column: its place in ``cells``."""
    places: dict[str, int] | None = None
    """By column: its place in the file, where the cells were put in another order."""
    sheet: str = ""

    def get(self, column: str) -> str:
        """The cell without surrounding blanks; empty if the table does not have the column."""
        index = self.fields.get(column)
        return "" if index is None else self.cells[index].strip()

    def at(self, column: str) -> Place:
        """Where the cell stands."""
        places = self.fields if self.places is None else self.places
        return Place(self.file, self.number, places.get(column, 0) + 1, self.sheet)


def read_table(file: str, content: bytes, columns: Columns, errors: FileErrors) -> list[Line]:
    """Every line that has the right number of fields; what is wrong with the others is noted."""
    reader: Callable[[str, bytes, FileErrors], Iterator[RawLine]] = _csv
    if file.lower().endswith(".xlsx"):
        reader = read_workbook
    before = errors.total
    lines = bounded(file, reader(file, content, errors), columns.rows, errors)
    header = next(lines, None)
    if header is None:
        if errors.total == before:
            errors.add(Place(file), ("the table is empty", "tabel kosong"), _wanted(columns))
        return []
    fields = fields_of(file, header, columns, errors)
    return [] if fields is None else list(_full(file, lines, len(header[1]), fields, errors))


def _csv(file: str, content: bytes, errors: FileErrors) -> Iterator[RawLine]:
    text = decode(file, content, errors)
    if text is None:
        return
    first = _END.split(text, maxsplit=1)[0]
    del text  # up to four times as large as the bytes, which are read again below, a little at a time
    # Excel writes semicolons where the comma is the decimal sign, as in Indonesia.
    separator = ";" if ";" in first else ","
    csv.field_size_limit(_QUOTED)
    source = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")
    rows = csv.reader(source, delimiter=separator, strict=True)
    start = 1
    try:
        for row in rows:
            yield start, row
            start = rows.line_num + 1
    except csv.Error as error:
        wrong = (f"the line cannot be read as CSV: {error}", f"baris tidak dapat dibaca sebagai CSV: {error}")
        fix = ("check the quotation marks of this line", "periksa tanda kutip pada baris ini")
        errors.add(Place(file, start), wrong, fix, ends=True)


def fields_of(
    file: str, header: RawLine, columns: Columns, errors: FileErrors, sheet: str = ""
) -> dict[str, int] | None:
    """The place of each column by its documented name; None with what is wrong noted."""
    number, cells = header
    names = [cell.strip().lower() for cell in cells]
    before = errors.total
    for index, name in enumerate(names):
        place = Place(file, number, index + 1, sheet)
        if name not in columns.all:
            shown = quoted(name)
            errors.add(place, (f"unknown column '{shown}'", f"kolom '{shown}' tidak dikenal"), _meant(name, columns))
        elif names.index(name) != index:
            remove = ("remove one of the two", "hapus salah satunya")
            errors.add(place, (f"column '{name}' is there twice", f"kolom '{name}' ada dua kali"), remove)
    for name in columns.required:
        if name not in names:
            wrong = (f"column '{name}' is missing", f"kolom '{name}' tidak ada")
            errors.add(Place(file, number, len(names), sheet), wrong, _wanted(columns))
    if errors.total > before:
        return None
    return {name: index for index, name in enumerate(names)}


def _full(
    file: str, lines: Iterable[RawLine], width: int, fields: dict[str, int], errors: FileErrors
) -> Iterator[Line]:
    for number, cells in lines:
        if len(cells) == width:
            yield Line(file, number, cells, fields)
            continue
        wrong = (
            f"the line has {len(cells)} fields, the header {width}",
            f"baris ini berisi {len(cells)} kolom, judul tabel {width}",
        )
        fix = (
            "add or remove separators; put text that contains one between quotation marks",
            "tambah atau hapus pemisah; beri tanda kutip pada teks yang memuat pemisah",
        )
        errors.add(Place(file, number, min(len(cells), width)), wrong, fix)


def _meant(name: str, columns: Columns) -> tuple[str, str]:
    close = difflib.get_close_matches(name, columns.all, n=1)
    if close:
        return f"did you mean '{close[0]}'?", f"maksudnya '{close[0]}'?"
    return _wanted(columns)


def _wanted(columns: Columns) -> tuple[str, str]:
    must, may = ", ".join(columns.required), ", ".join(columns.optional)
    extra = (f"; optional: {may}", f"; boleh: {may}") if may else ("", "")
    return f"the columns are {must}{extra[0]}", f"kolomnya {must}{extra[1]}"
