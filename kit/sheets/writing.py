"""Answers a table over HTTP as the file that was asked for: written line by line, and sent as it was written."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from tempfile import SpooledTemporaryFile
from typing import IO, Annotated, Any

from fastapi import Query, Response
from fastapi.responses import StreamingResponse

from kit.errors import Refused
from kit.sheets.cells import Cell
from kit.sheets.tables import SheetFormat, Table, write_csv, write_xlsx

MOST_LINES = 50_000
"""Of one file: more is for the APIs, page by page."""
_IN_MEMORY = 1_000_000
"""Bytes of a file; what is longer waits on the disk until it is sent."""
_PIECE = 65_536
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file",
        "content": {one.media_type.partition(";")[0]: {} for one in SheetFormat},
    }
}
"""For ``responses`` of a route that answers a table."""
Format = Annotated[SheetFormat, Query(alias="format", description="As which file.")]
"""The query of such a route."""


async def answer(table: Table, kind: SheetFormat, *, most: int = MOST_LINES) -> Response:
    """The table as a file to be kept; raises Refused for more than so many lines.

    Made in a thread of its own: others must not wait while a workbook is packed.
    """
    file = await asyncio.to_thread(_made, replace(table, lines=_bounded(table.lines, most)), kind)
    told = {"Content-Disposition": f'attachment; filename="{table.name}.{kind.value}"', "Cache-Control": "no-store"}
    return StreamingResponse(_pieces(file), media_type=kind.media_type, headers=told)


def _bounded(lines: Iterable[Sequence[Cell]], most: int) -> Iterator[Sequence[Cell]]:
    for number, line in enumerate(lines):
        if number == most:
            raise Refused(
                f"more than {most} lines: narrow the list, or read it page by page",
                f"lebih dari {most} baris: persempit daftarnya, atau baca per halaman",
            )
        yield line


def _made(table: Table, kind: SheetFormat) -> IO[bytes]:
    file: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by whoever sends it
    try:
        if kind is SheetFormat.XLSX:
            write_xlsx(file, table)
        else:
            write_csv(file, table, mark=True)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
