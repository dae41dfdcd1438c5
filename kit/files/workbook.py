"""The first sheet of an XLSX workbook as lines of text cells."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime

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


def _text(file: str, line: int, column: int, value: object, errors: FileErrors) -> str:
    match value:
        case None:
            return ""
        case str():
            return _no_error(file, line, column, value.strip(), errors)
        case bool():
            return "yes" if value else "no"
        case datetime() | date():
            return value.isoformat()[:10]
        case int() | float():
            return _number(file, line, column, value, errors)
        case _:
            return str(value).strip()


def _number(file: str, line: int, column: int, value: float, errors: FileErrors) -> str:
    if abs(value) < EXACT:
        return str(int(value)) if float(value).is_integer() else str(value)
    wrong = (
        "a number this long has lost digits: Excel keeps fifteen",
        "angka sepanjang ini kehilangan digit: Excel hanya menyimpan lima belas",
    )
    fix = (
        "format the column as text and enter the numbers again",
        "ubah format kolom menjadi teks lalu masukkan kembali angkanya",
    )
    errors.add(Place(file, line, column), wrong, fix)
    return ""


_FAILED = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})


def _no_error(file: str, line: int, column: int, text: str, errors: FileErrors) -> str:
    if text not in _FAILED:
        return text
    wrong = (f"the cell holds an error of Excel, {text}", f"sel ini memuat galat Excel, {text}")
    fix = ("mend the formula, or type the value", "perbaiki rumusnya, atau ketik nilainya")
    errors.add(Place(file, line, column), wrong, fix)
    return ""
