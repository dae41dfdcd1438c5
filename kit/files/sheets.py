"""The sheet of a file that holds a table, in whatever form an office has it: titles above, other sheets beside.

Which sheet it is whoever asks decides by its first lines; a stated size of a sheet is never believed.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kit.files import limits
from kit.files.encodings import encoding_of, is_page
from kit.files.errors import FileErrors, Place, quoted
from kit.files.limits import Limit
from kit.files.lines import RawLine, bounded
from kit.files.workbook import sheets_of

FIRST = 40
"""Lines that are not blank, among which a header is looked for."""
_SEPARATORS = ",;\t|"
_QUOTED = 131_072
Score = Callable[[Sequence[RawLine]], int]
"""How much the first lines look like the table that is wanted; 0 if they do not."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines that are not blank, every cell one line of text."""

    name: str
    lines: list[RawLine]


def read_sheet(
    file: str, content: bytes, score: Score, most: Limit, errors: FileErrors, *, cell: Limit = limits.CELL
) -> Sheet | None:
    """The sheet with the table; None with the reason noted."""
    if is_page(content):
        wrong = ("this is a web page under another name", "ini halaman web dengan nama lain")
        fix = ("open it in Excel and save it as .xlsx", "buka di Excel lalu simpan sebagai .xlsx")
        errors.add(Place(file), wrong, fix)
        return None
    if content.startswith(b"PK\x03\x04") or file.lower().endswith((".xlsx", ".xls", ".xlsm")):
        return _of_workbook(file, content, score, most, errors, cell)
    encoding = encoding_of(file, content, errors)
    if encoding is None:
        return None
    text = _Text(file, content, encoding)
    before, best = errors.total, (0, ",")
    for separator in _SEPARATORS:
        rows = islice(_rows(text, separator, FileErrors()), FIRST)
        first = [
            (number, cells[: limits.COLUMNS.most]) for number, cells in rows
        ]  # a wider line is refused below, in words
        best = max(best, (score(first), separator), key=lambda one: one[0])
    separator = best[1] if best[0] else _plain_separator(text)
    lines = list(bounded(file, _rows(text, separator, errors), most, errors, clean=True, cell=cell))
    if not lines and errors.total == before:
        errors.add(Place(file), ("the table is empty", "tabel kosong"), ("send one with lines", "kirim yang berisi"))
    return Sheet("", lines) if lines else None


@dataclass(frozen=True, slots=True)
class _Text:
    """A text file, read anew and a little at a time as often as it is looked at: text takes up to four times the bytes."""

    file: str
    content: bytes
    encoding: str

    def stream(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(io.BytesIO(self.content), encoding=self.encoding, newline="")


def _plain_separator(text: _Text) -> str:
    return ";" if ";" in text.stream().readline(_QUOTED) else ","


def _rows(text: _Text, separator: str, errors: FileErrors) -> Iterator[RawLine]:
    csv.field_size_limit(_QUOTED)
    rows = csv.reader(text.stream(), delimiter=separator, strict=True)
    start = 1
    try:
        for row in rows:
            if not (start == 1 and row and row[0].lower().startswith("sep=")):
                yield start, row
            start = rows.line_num + 1
    except csv.Error as error:
        wrong = (f"the line cannot be read as CSV: {error}", f"baris tidak dapat dibaca sebagai CSV: {error}")
        fix = ("check the quotation marks of this line", "periksa tanda kutip pada baris ini")
        errors.add(Place(text.file, start), wrong, fix, ends=True)


def _of_workbook(file: str, content: bytes, score: Score, most: Limit, errors: FileErrors, cell: Limit) -> Sheet | None:
    with sheets_of(file, content, errors) as sheets:
        found = []
        for name, rows in sheets:
            nothing = FileErrors()
            first = list(islice(bounded(file, rows(nothing), most, nothing, clean=True), FIRST))
            if first:
                found.append((score(first), name, rows))
        if not found:
            if not errors:
                wrong = ("there is no table in this workbook", "tidak ada tabel dalam buku kerja ini")
                errors.add(Place(file), wrong, ("send the sheet with the table", "kirim lembar yang berisi tabel"))
            return None
        best = max(one[0] for one in found)
        chosen = [one for one in found if one[0] == best]
        if len(chosen) > 1 and best:
            names = " and ".join(quoted(one[1]) for one in chosen)
            wrong = (f"several sheets hold such a table: {names}", f"beberapa lembar memuat tabel: {names}")
            fix = ("send each as a file of its own", "kirim masing-masing sebagai berkas tersendiri")
            errors.add(Place(file, sheet=quoted(chosen[1][1])), wrong, fix)
            return None
        _, name, rows = chosen[0]
        lines = list(bounded(file, rows(errors), most, errors, clean=True, sheet=name, cell=cell))
        return Sheet(name, lines) if lines else None
