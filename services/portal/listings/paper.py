"""Tables as a PDF for a meeting: tagged (PDF/UA-1), the project's own fonts, no clock; the same content gives the same bytes.

It is no official form: nothing is decided by it, so it bears no code and is not kept.
"""

import asyncio
import json
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst
from fastapi import Response

from services.portal.listings.shown import Cell, Link, Listing
from services.portal.papers.rules.letters import FONTS, printable
from services.portal.web.visit import Visit

_FORMS = Path(__file__).parent / "forms"
_ALONE = threading.Lock()
"""A compiler has one set of inputs: two threads would typeset one another's tables."""


async def paper_of(
    visit: Visit, name: str, title: str, listings: Sequence[Listing], *, intro: Sequence[str] = ()
) -> Response:
    """The tables as ``name.pdf``, in the reader's language."""
    data = {
        "language": visit.language,
        "title": printable(title),
        "intro": [printable(one) for one in intro],
        "nothing": visit.say("web.nothing"),
        "listings": [_written(one, visit.say("web.hidden")) for one in listings],
    }
    content = await asyncio.to_thread(typeset, data)
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/pdf", headers=headers)


def typeset(data: dict[str, Any]) -> bytes:
    """What people wrote reaches the template as JSON beside it, and never as its source."""
    with _ALONE:
        made = _compiler().compile(
            _FORMS / "listing.typ",
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"data": json.dumps(data, separators=(",", ":"))},
        )
    if not isinstance(made, bytes):
        raise TypeError("listing.typ made no file")
    return made


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return typst.Compiler(root=_FORMS, font_paths=fonts)


def _written(listing: Listing, hidden: str) -> dict[str, Any]:
    rows = [[_cell(one, hidden) for one in row] for row in listing.rows]
    return {"caption": printable(listing.caption), "heads": [printable(one) for one in listing.heads], "rows": rows}


def _cell(cell: Cell, hidden: str) -> str:
    if cell is None:
        return hidden
    return printable(cell.text if isinstance(cell, Link) else str(cell))
