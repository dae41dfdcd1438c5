"""Writes tables for spreadsheets: what somebody typed stays text, and a number of eighteen digits keeps every one of them."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would calculate."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What no cell may hold."""
_DIGITS = 15
"""A spreadsheet keeps as many of a number; a NIP has eighteen."""


def csv_cell(value: object) -> object:
    """The value for a CSV file; text that begins like a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def workbook(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """An XLSX file of one sheet with a line of names; every text is a text cell, whatever it begins with."""
    from openpyxl import Workbook  # noqa: PLC0415 - 20 MB that a process that writes none does not need
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"

    def cell(value: object) -> object:
        if isinstance(value, int) and len(str(abs(value))) <= _DIGITS:
            return value
        made = WriteOnlyCell(sheet)
        if value is not None:
            # The type after the value: assigning a value that begins with "=" would make it a formula.
            made.value = _CONTROL.sub(" ", str(value))
            made.data_type = "s"
            made.number_format = "@"
        return made

    sheet.append(list(columns))
    for row in rows:
        sheet.append([cell(one) for one in row])
    content = BytesIO()
    book.save(content)
    return content.getvalue()
