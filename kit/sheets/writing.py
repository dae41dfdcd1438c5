"""Writes a table as CSV or XLSX, and answers it as a file."""

import asyncio
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Query, Response

from kit.errors import Refused
from kit.sheets.cells import Cell, plain, written

MOST_LINES = 50_000
"""Of one file: more is for the APIs, page by page."""


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
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file", "content": {_MEDIA[one].partition(";")[0]: {} for one in SheetFormat}}
}
"""For ``responses`` of a route that answers a table."""
Format = Annotated[SheetFormat, Query(alias="format", description="As which file.")]
"""The query of such a route."""


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its lines; ``name`` is the file's, without what follows the dot."""

    name: str
    header: Sequence[str]
    lines: Sequence[Sequence[Cell]]


async def answer(table: Table, kind: SheetFormat) -> Response:
    """The table as a file to be kept; raises Refused for more than ``MOST_LINES``.

    Made in a thread of its own: others must not wait while a workbook is packed.
    """
    if len(table.lines) > MOST_LINES:
        raise Refused(
            f"more than {MOST_LINES} lines: narrow the list, or read it page by page",
            f"lebih dari {MOST_LINES} baris: persempit daftarnya, atau baca per halaman",
        )
    make = as_xlsx if kind is SheetFormat.XLSX else as_csv
    content = await asyncio.to_thread(make, table)
    told = {"Content-Disposition": f'attachment; filename="{table.name}.{kind.value}"', "Cache-Control": "no-store"}
    return Response(content, media_type=kind.media_type, headers=told)


def as_csv(table: Table) -> bytes:
    """UTF-8 with the mark by which Excel knows it; a comma between cells, CRLF after each line (RFC 4180)."""
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    lines.writerow([written(one) for one in table.header])
    lines.writerows([written(one) for one in line] for line in table.lines)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table) -> bytes:
    """A workbook of one sheet, its header fixed; text stays text, whatever it begins with."""
    from openpyxl import Workbook  # noqa: PLC0415 - 20 MB that a process without downloads does not need
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    sheet.freeze_panes = "A2"

    def cell(value: Cell) -> Any:
        made = WriteOnlyCell(sheet, _value(value))
        if isinstance(value, str):
            made.data_type = "s"  # set after the value, which alone would make a formula of "=..."
        return made

    for line in (table.header, *table.lines):
        sheet.append([cell(one) for one in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _value(value: Cell) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, datetime):  # a workbook knows no zones
        return value.isoformat(timespec="seconds")
    return value
