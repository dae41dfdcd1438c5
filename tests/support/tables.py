"""Files as people send them: a table as CSV or XLSX."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

Lines = Sequence[Any]
"""Of cells; of lines of several kinds mypy knows no better."""


def csv_of(lines: Lines, *, separator: str = ",") -> bytes:
    """UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(lines)
    return out.getvalue().encode()


def xlsx_of(lines: Lines, *, sheet: str = "Data", before: Sequence[str] = ()) -> bytes:
    """A workbook whose table is on a sheet of this name, behind others that hold something else."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name in before:
        book.create_sheet(name).append(["Petunjuk pengisian"])
    table = book.create_sheet(sheet)
    for line in lines:
        table.append(list(line))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
