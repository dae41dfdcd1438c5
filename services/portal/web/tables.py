"""Tables as files: each page with a table gives it as CSV and as XLSX, from one route whose address ends in either."""

from collections.abc import Iterable, Sequence
from typing import Annotated

from fastapi import HTTPException, Path, Response

from kit.sheets.cells import Cell
from kit.sheets.tables import SheetFormat, Table
from kit.sheets.writing import answer

MOST_LINES = 1_000_000
"""A sheet of Excel has 1,048,576 lines."""
Kind = Annotated[str, Path(max_length=10)]
"""What the address ends in: ``@router.get("/kota/unit.{kind}")``."""


async def file_of(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], kind: str) -> Response:
    """A download; raises HTTPException for an address that ends in something else."""
    return await answer(Table(name, heads, rows), format_of(kind), most=MOST_LINES)


def format_of(kind: str) -> SheetFormat:
    """The kind of file that an address ends in; raises HTTPException for any other."""
    try:
        return SheetFormat(kind)
    except ValueError:
        raise HTTPException(404) from None
