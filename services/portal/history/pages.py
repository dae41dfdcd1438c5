"""Somebody's history: found by the name, told with actor and reason, and who looked at the records."""

from typing import Any
from uuid import UUID

from fastapi import HTTPException, Response

from contracts.base import Relation, Role
from services.portal.history.reading import actors, done_by, event_name, events, lookups, thing_of
from services.portal.names.queries import names
from services.portal.office.queries import find, nip_in
from services.portal.web.numbers import page_number
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.tables import Kind, file_of
from services.portal.web.visit import Visit, Visiting

router = pages()
_FINDS = shown_to(Relation.OFFICE, Relation.AUDITOR)
_READS = shown_to(
    Relation.SELF,
    Relation.RATER,
    Relation.AUTHORITY,
    Relation.OFFICE,
    Relation.AUDITOR,
    note="as the services let them",
)
_SIZE = 100


@router.get("/riwayat", **_FINDS)
async def search(visit: Visiting, q: str = "") -> Response:
    """By a part of the name; the only one who is found is shown at once."""
    typed = q.strip()[:100]
    async with visit.copies() as session:
        # A number is the office's to look for: nobody else learns whether it exists.
        found, total = (
            await find(session, typed) if visit.has(Role.PERFORMANCE_OFFICE) or not nip_in(typed) else ([], 0)
        )
    if len(found) == 1:
        return visit.go(f"/riwayat/{found[0].id}")
    section = "office" if visit.has(Role.PERFORMANCE_OFFICE) else "audit"
    shown: dict[str, Any] = {"typed": typed, "found": found, "total": total}
    return visit.page("history/search.html", visit.say("history.search"), section=section, **shown)


@router.get("/riwayat/{person_id}", **_READS)
async def history(person_id: UUID, visit: Visiting, perihal: str = "", halaman: str = "1") -> Response:
    """The newest first; ``perihal`` is the id of one thing, e.g. of an objection."""
    number = page_number(halaman)
    about = _id(perihal)
    lines = await events(visit, person_id, about)
    shown = lines[(number - 1) * _SIZE : number * _SIZE]
    who = await _people(visit, person_id, shown)
    name = who.get(str(person_id), "")
    return visit.page(
        "history/history.html",
        visit.say("history.title", name=name or str(person_id)),
        section=_section(visit, person_id),
        person_id=person_id,
        rows=[_row(visit, one, who) for one in shown],
        total=len(lines),
        about=about,
        number=number,
        more=number * _SIZE < len(lines),
        looked=await lookups(visit, person_id) if visit.has(Role.AUDITOR) and number == 1 and not about else None,
    )


@router.get("/riwayat/{person_id}/berkas.{kind}", **_READS)
async def file(person_id: UUID, kind: Kind, visit: Visiting) -> Response:
    """The same as a file, with the hashes of the chains."""
    lines = await events(visit, person_id)
    who = await _people(visit, person_id, lines)
    heads = [visit.say(f"history.{one}") for one in ("time", "what", "actor", "reason", "service", "hash")]
    rows = [
        [one["time"], row["what"], row["by"], one["reason"] or "", one["service"], one["hash"]]
        for one, row in ((each, _row(visit, each, who)) for each in lines)
    ]
    return await file_of("riwayat", heads, rows, kind)


async def _people(visit: Visit, person_id: UUID, lines: list[Any]) -> dict[str, str]:
    async with visit.copies() as session:
        return await names(session, [person_id, *(actor for one in lines for actor in actors(one))])


def _row(visit: Visit, line: Any, who: dict[str, str]) -> dict[str, Any]:
    return {
        "line": line,
        "what": event_name(visit, line["type"]),
        "by": done_by(visit, line, who),
        "thing": thing_of(line),
    }


def _id(typed: str) -> str:
    """Raises HTTPException for what is no id."""
    try:
        return str(UUID(typed)) if typed else ""
    except ValueError:
        raise HTTPException(404) from None


def _section(visit: Visit, person_id: UUID) -> str:
    if visit.has(Role.AUDITOR):
        return "audit"
    if visit.actor.id == person_id:
        return "more"
    return "office" if visit.has(Role.PERFORMANCE_OFFICE) else "team"
