"""The first sheet of an XLSX workbook as lines of text cells."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from kit.files.errors import FileErrors, Place

BIGGEST = 400_000_000
"""Bytes that a workbook may unpack to; 100,000 people need some 60 million."""
EXACT = 10**15
"""From here on Excel has rounded a number: it keeps fifteen digits, a NIP has eighteen."""


def read_workbook(file: str, content: bytes, errors: FileErrors) -> Iterator[tuple[int, Sequence[str]]]:
    """Line number and cells of every line that is not blank."""
    if not content:
        fix = ("send one with content", "kirim berkas yang berisi")
        errors.add(Place(file), ("the file is empty", "berkas kosong"), fix)
        return
    if not _is_workbook(content):
        wrong = ("this is not an XLSX workbook, or too large a one", "ini bukan buku kerja XLSX, atau terlalu besar")
        fix = ("save it as .xlsx or as CSV UTF-8", "simpan sebagai .xlsx atau CSV UTF-8")
        errors.add(Place(file), wrong, fix)
        return
    from openpyxl import load_workbook  # noqa: PLC0415 - 20 MB that a process without imports does not need

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        width = 0
        for number, values in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            cells = [_text(file, number, index + 1, value, errors) for index, value in enumerate(values)]
            if not any(cells):
                continue
            width = width or _width(cells)
            yield number, _fitted(cells, width)
    finally:
        book.close()


def _is_workbook(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        return False
    named = any(part.filename == "xl/workbook.xml" for part in parts)
    return named and sum(part.file_size for part in parts) <= BIGGEST


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
        case bool():
            return "yes" if value else "no"
        case datetime() | date():
            return value.isoformat()[:10]
        case int() | float() if abs(value) >= EXACT:
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
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()
