"""The sheets of an XLSX workbook as lines of text cells."""

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from kit.files import limits
from kit.files.errors import FileErrors, Place
from kit.files.limits import Limit

EXACT = 10**15
"""From here on Excel has rounded a number: it keeps fifteen digits, a NIP has eighteen."""
_OTHER = ("save it as .xlsx or as CSV UTF-8", "simpan sebagai .xlsx atau CSV UTF-8")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What an old .xls begins with, and a workbook that is locked with a password."""


def read_workbook(file: str, content: bytes, errors: FileErrors) -> Iterator[tuple[int, Sequence[str]]]:
    """Line number and cells of every line, blank ones included."""
    if not content:
        fix = ("send one with content", "kirim berkas yang berisi")
        errors.add(Place(file), ("the file is empty", "berkas kosong"), fix)
        return
    if not _may_be_opened(file, content, errors):
        return
    number = 0
    try:
        for number, cells in _lines(file, content, errors):
            yield number, cells
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a broken workbook breaks openpyxl in as many ways as it has parts
        wrong = ("the workbook is damaged from here on", "buku kerja rusak mulai dari sini")
        errors.add(Place(file, number + 1), wrong, _OTHER, ends=True)


class Number(str):
    """A cell that holds a number with a fraction: a code written so may have lost zeros at its end."""

    __slots__ = ()


Rows = Callable[[FileErrors], Iterator[tuple[int, Sequence[str]]]]
"""The lines of a sheet, as often as they are asked for; what is wrong is noted where one says."""
_FORMULA = re.compile(
    rb'<c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"[^>]*>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_CHUNK, _LAP = 1_000_000, 10_000
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|007[Ff]|[Ff]{3}[EeFf])_")
"""How a workbook holds a character that XML does not take, a carriage return among them (ECMA-376, 22.9.2.19)."""


@contextmanager
def sheets_of(file: str, content: bytes, errors: FileErrors) -> Iterator[list[tuple[str, Rows]]]:
    """Name and lines of each sheet with cells; none, with the reason noted, where the file cannot be opened."""
    if not content or not _may_be_opened(file, content, errors):
        if not content:
            errors.add(
                Place(file), ("the file is empty", "berkas kosong"), ("send one with content", "kirim yang berisi")
            )
        yield []
        return
    try:
        book = _opened(content)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a broken workbook breaks openpyxl in as many ways as it has parts
        errors.add(Place(file), ("the workbook is damaged", "buku kerja rusak"), _OTHER, ends=True)
        yield []
        return
    try:
        yield [(one.title, _rows_of(file, content, one)) for one in book.worksheets]
    finally:
        book.close()


def _opened(content: bytes) -> Any:
    from openpyxl.reader.excel import ExcelReader  # noqa: PLC0415 - 20 MB that a process without imports does not need

    class Cells(ExcelReader):
        def read_chartsheet(self, sheet: object, rel: object) -> None:
            """A sheet of charts has no cells, and breaks the reader where it has no chart either."""

    warnings.filterwarnings("ignore", module="openpyxl")
    reader = Cells(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader.wb


def _rows_of(file: str, content: bytes, sheet: Any) -> Rows:
    def rows(errors: FileErrors) -> Iterator[tuple[int, Sequence[str]]]:
        number = 0
        try:
            # What a sheet says of its own size may be wrong by any number: only what is there counts.
            sheet.reset_dimensions()
            _note_formulas(file, content, sheet, errors)
            for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield number, [_text(file, number, at + 1, one, errors, sheet.title) for at, one in enumerate(values)]
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - likewise
            wrong = ("the workbook is damaged from here on", "buku kerja rusak mulai dari sini")
            errors.add(Place(file, number + 1, sheet=sheet.title), wrong, _OTHER, ends=True)

    return rows


def _note_formulas(file: str, content: bytes, sheet: Any, errors: FileErrors) -> None:
    """Cells with a formula whose value nobody stored: they look empty to every reader but Excel."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(sheet._worksheet_path) as source:  # noqa: SLF001
        seen, rest = set[bytes](), b""
        while chunk := source.read(_CHUNK):
            rest += chunk
            for found in _FORMULA.finditer(rest) if b"<f" in rest else ():
                if found[0] not in seen and not errors.full:
                    seen.add(found[0])
                    _note_formula(file, found, sheet.title, errors)
            rest = rest[-_LAP:]


def _note_formula(file: str, found: re.Match[bytes], sheet: str, errors: FileErrors) -> None:
    column = 0
    for letter in found[1]:
        column = 26 * column + letter - 64
    cell = f"{found[1].decode()}{found[2].decode()}"
    wrong = (f"cell {cell} holds a formula without a stored value", f"sel {cell} memuat rumus tanpa nilai tersimpan")
    fix = ("open and save it in Excel, or paste the values", "buka dan simpan di Excel, atau tempel sebagai nilai")
    errors.add(Place(file, int(found[2]), column, sheet), wrong, fix)


def _may_be_opened(file: str, content: bytes, errors: FileErrors) -> bool:
    place = Place(file)
    if content.startswith(_OLE):
        wrong = (
            "this workbook is locked with a password, or from before 2007",
            "buku kerja ini terkunci kata sandi, atau dari sebelum 2007",
        )
        errors.add(place, wrong, ("remove the password and save it as .xlsx", "hapus kata sandi, simpan sebagai .xlsx"))
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        parts = []
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        errors.add(place, ("this is not an XLSX workbook", "ini bukan buku kerja XLSX"), _OTHER)
        return False
    if (passed := _passed(parts)) is not None:
        passed.note(place, errors, ends=True)
    return passed is None


def _passed(parts: Sequence[zipfile.ZipInfo]) -> Limit | None:
    """No part ever gives more bytes than it says, so that what they say can be relied on."""
    if len(parts) > limits.PARTS.most:
        return limits.PARTS
    return limits.UNPACKED_BYTES if sum(part.file_size for part in parts) > limits.UNPACKED_BYTES.most else None


def _lines(file: str, content: bytes, errors: FileErrors) -> Iterator[tuple[int, Sequence[str]]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - 20 MB that a process without imports does not need

    # What it warns of (no styles, a date out of range) is a mistake to us, or nothing.
    warnings.filterwarnings("ignore", module="openpyxl")
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        if not book.worksheets:
            wrong = ("the workbook holds no sheet with cells", "buku kerja tidak memuat lembar berisi sel")
            errors.add(Place(file), wrong, ("put the table on the first sheet", "letakkan tabel di lembar pertama"))
            return
        sheet = book.worksheets[0]
        # What a sheet says of its own size may be wrong by any number: only what is there counts.
        sheet.reset_dimensions()
        width = 0
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = [_text(file, number, index + 1, value, errors) for index, value in enumerate(values)]
            if any(cells):
                width = width or _width(cells)
                yield number, _fitted(cells, width)
            else:
                yield number, cells
    finally:
        book.close()


def _width(header: Sequence[str]) -> int:
    """Sheets often have formatted but empty columns on the right."""
    return max(index + 1 for index, cell in enumerate(header) if cell)


def _fitted(cells: list[str], width: int) -> list[str]:
    """Blank cells at the end of a line are not stored, and blank ones beyond the header mean nothing."""
    while len(cells) > width and not cells[-1]:
        cells.pop()
    return cells + [""] * (width - len(cells))


def _text(file: str, line: int, column: int, value: object, errors: FileErrors, sheet: str = "") -> str:
    match value:
        case None:
            return ""
        case str():
            return _no_error(Place(file, line, column, sheet), _unescaped(value).strip(), errors)
        case bool():
            return "yes" if value else "no"
        case datetime() | date():
            return value.isoformat()[:10]
        case int() | float():
            return _number(Place(file, line, column, sheet), value, errors)
        case _:
            return str(value).strip()


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _number(place: Place, value: float, errors: FileErrors) -> str:
    if abs(value) < EXACT:
        return str(int(value)) if float(value).is_integer() else Number(value)
    wrong = (
        "a number this long has lost digits: Excel keeps fifteen",
        "angka sepanjang ini kehilangan digit: Excel hanya menyimpan lima belas",
    )
    fix = (
        "format the column as text and enter the numbers again",
        "ubah format kolom menjadi teks lalu masukkan kembali angkanya",
    )
    errors.add(place, wrong, fix)
    return ""


_FAILED = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})


def _no_error(place: Place, text: str, errors: FileErrors) -> str:
    if text not in _FAILED:
        return text
    wrong = (f"the cell holds an error of Excel, {text}", f"sel ini memuat galat Excel, {text}")
    fix = ("mend the formula, or type the value", "perbaiki rumusnya, atau ketik nilainya")
    errors.add(place, wrong, fix)
    return ""
