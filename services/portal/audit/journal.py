"""The journal service by service: on the page, and piece by piece as a file."""

import asyncio
from typing import Any

from fastapi import HTTPException, Response

from contracts.base import SERVICES, Relation
from services.portal.audit.pages import whole
from services.portal.history.reading import actors, done_by
from services.portal.names.queries import names as people_names
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.tables import Kind, file_of
from services.portal.web.visit import Visit, Visiting

router = pages()
_AUDITOR = shown_to(Relation.AUDITOR, note="reads and changes nothing")
_ROWS = 50
FILE_POSITIONS = 10_000
"""Of one file, which has no more lines than that: a journal grows by millions a year, and a file is made in memory."""
_ASKED = 500
"""Lines of one answer: the most that a list gives."""
_FURTHEST = 2**31 - 1 - FILE_POSITIONS
"""Positions beyond it no service knows."""


@router.get("/audit/jurnal/{service}", **_AUDITOR)
async def journal(service: str, visit: Visiting, lanjut: str = "", tentang: str = "", sesudah: str = "") -> Response:
    """What was done, oldest first, with actor, reason and the hash of the chain; of one subject if one is named.

    With ``sesudah`` from the line after that position on, with the file of those lines.
    """
    if service not in SERVICES:
        raise HTTPException(404)
    after = _position(sesudah)
    until = after + FILE_POSITIONS
    found, later = await asyncio.gather(
        visit.ask.get(
            service, "/journal", limit=_ROWS, cursor=lanjut or None, subject=tentang or None, after=after or None
        ),
        visit.ask.get(service, "/journal", limit=1, after=until),
    )
    async with visit.copies() as session:
        people = await people_names(session, [one["subject"] for one in found["items"]] + _actors(found["items"]))
    return visit.page(
        "audit/journal.html",
        visit.say("audit.journal_of", service=service),
        section="audit",
        service=service,
        rows=[one | {"by": done_by(visit, one, people)} for one in found["items"]],
        people=people,
        next=found["next"],
        about=tentang,
        after=after,
        until=until,
        most=FILE_POSITIONS,
        later=bool(later["items"]),
    )


@router.get("/audit/jurnal/{service}/unduh.{kind}", **_AUDITOR)
async def download(service: str, kind: Kind, visit: Visiting, sesudah: str = "") -> Response:
    """A piece of the journal of a service as a file, with the hashes of its chain; the next begins where this one ends."""
    if service not in SERVICES:
        raise HTTPException(404)
    after = _position(sesudah)
    rows = await _span(visit, service, after, after + FILE_POSITIONS)
    columns = ("position", "time", "type", "subject", "actor", "reason", "event_id", "hash")
    return await file_of(
        f"jurnal-{service}-{after + 1}", columns, [[one[name] for name in columns] for one in rows], kind
    )


def _position(typed: str) -> int:
    """From the start where it is no position."""
    return whole(typed, _FURTHEST) or 0


async def _span(visit: Visit, service: str, after: int, until: int) -> list[dict[str, Any]]:
    """The lines at the positions after the one and up to the other."""
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        page = await visit.ask.get(service, "/journal", after=after, limit=_ASKED, cursor=cursor)
        found += [one for one in page["items"] if one["position"] <= until]
        cursor = page.get("next")
        if not cursor or page["items"][-1]["position"] >= until:
            return found


def _actors(rows: list[dict[str, Any]]) -> list[str]:
    return [actor for one in rows for actor in actors(one)]
