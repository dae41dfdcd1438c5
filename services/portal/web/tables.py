"""Tables as files: CSV that no spreadsheet takes for formulas, with numbers and names as they are."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Annotated

from fastapi import HTTPException, Path, Response

from kit.sheets.cells import Cell
from kit.sheets.writing import SheetFormat, Table, answer

_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Kind = Annotated[str, Path(max_length=10)]
"""What the address ends in: ``@router.get("/pengelola/ekspor/{cycle_id}/hasil.{kind}")``."""


async def file_of(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], kind: str) -> Response:
    """A download as CSV or XLSX; raises HTTPException for an address that ends in something else."""
    try:
        wanted = SheetFormat(kind)
    except ValueError:
        raise HTTPException(404) from None
    return await answer(Table(name, heads, list(rows)), wanted)


def csv_file(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A download in UTF-8 with a mark at its beginning, by which Excel knows it."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(heads)
    writer.writerows([[_safe(one) for one in row] for row in rows])
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(made.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


def _safe(value: object) -> object:
    """A text that begins like a formula gets an apostrophe, which spreadsheets do not show (OWASP, CSV injection)."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
