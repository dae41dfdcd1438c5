"""A table, and how it is written line by line as CSV or XLSX: however long it is, one line of it is in memory."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import IO, Any

from kit.sheets.cells import Cell, exact, plain, written

TEXT = "@"
"""The form of a text cell: whoever edits it in Excel leaves it a text, and a NIP of eighteen digits whole."""


class SheetFormat(StrEnum):
    """As which file."""

    CSV = "csv"
    XLSX = "xlsx"

    @property
    def media_type(self) -> str:
        """What it is over HTTP."""
        return _MEDIA[self]


_MEDIA = {
    SheetFormat.CSV: "text/csv; charset=utf-8",
    SheetFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its lines; ``name`` is the file's, without what follows the dot."""

    name: str
    header: Sequence[str]
    lines: Iterable[Sequence[Cell]]


def as_csv(table: Table) -> bytes:
    """UTF-8 with the mark by which Excel knows it."""
    out = io.BytesIO()
    write_csv(out, table, mark=True)
    return out.getvalue()


def as_xlsx(table: Table) -> bytes:
    """A workbook of one sheet."""
    out = io.BytesIO()
    write_xlsx(out, table)
    return out.getvalue()


def write_csv(out: IO[bytes], table: Table, *, mark: bool) -> None:
    """A comma between cells, CRLF after each line (RFC 4180); ``mark`` is for Excel, and wrong for most programs."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig" if mark else "utf-8", newline="", write_through=True)
    lines = csv.writer(text)
    lines.writerow([written(one) for one in table.header])
    lines.writerows([written(one) for one in line] for line in table.lines)
    text.detach()


def write_xlsx(out: IO[bytes], table: Table, *, sheet: str = "Data") -> None:
    """A workbook of one sheet, its header fixed; text stays text, whatever it begins with."""
    from openpyxl import Workbook  # noqa: PLC0415 - 20 MB that a process without downloads does not need
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "A2"

    def cell(value: Cell) -> Any:
        known = _value(value)
        if not isinstance(known, str):
            return known
        made = WriteOnlyCell(page, known)
        made.data_type = "s"  # set after the value, which alone would make a formula of "=..."
        made.number_format = TEXT
        return made

    page.append([cell(one) for one in table.header])
    for line in table.lines:
        page.append([cell(one) for one in line])
    book.save(out)


def _value(value: Cell) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, datetime):  # a workbook knows no zones
        return value.isoformat(timespec="seconds")
    return value if exact(value) else str(value)
