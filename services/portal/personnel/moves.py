"""Releases to other cities and arrivals from them: who waits, and for what."""

from typing import Any

from fastapi import Response

from contracts.base import Relation
from services.portal.names.queries import names
from services.portal.office.queries import SIZE
from services.portal.personnel.kinds import MOVE_KINDS
from services.portal.personnel.queries import today
from services.portal.personnel.views import next_of, waits
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.tables import Kind, file_of
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_WAITING = "menunggu"
Json = dict[str, Any]


@router.get("/pengelola/perpindahan", **_OFFICE)
async def moves(visit: Visiting, jenis: str = _WAITING, lanjut: str = "") -> Response:
    """Whoever waits, unless all of a kind are asked for; the newest record first."""
    page = await visit.ask.get("registry", "/moves", **_asked(jenis), limit=SIZE, cursor=lanjut or None)
    rows, people = await _told(visit, page["items"])
    return visit.page(
        "personnel/moves.html",
        visit.say("personnel.moves"),
        section="office",
        rows=rows,
        people=people,
        kinds=(_WAITING, *MOVE_KINDS, "ALL"),
        chosen=jenis if jenis in (_WAITING, *MOVE_KINDS) else "ALL",
        following=page["next"],
    )


@router.get("/pengelola/perpindahan/berkas.{kind}", **_OFFICE)
async def moves_file(kind: Kind, visit: Visiting, jenis: str = _WAITING) -> Response:
    """The same as a file."""
    rows, people = await _told(visit, await visit.ask.every("registry", "/moves", **_asked(jenis)))
    heads = [visit.say(f"personnel.{one}") for one in ("since", "person", "what", "city", "former_nip", "document")]
    heads += [visit.say(f"personnel.{one}") for one in ("reason", "by", "next")]
    lines = [
        (
            *(one["moved_on"], people.get(one["servant_id"], ""), visit.say(f"personnel.move_{one['kind']}")),
            *(one["other_city"], one["nip"], one["document"], one["reason"]),
            *(people.get(one["recorded_by"], ""), one["next"]),
        )
        for one in rows
    ]
    return await file_of("perpindahan", heads, lines, kind)


def _asked(kind: str) -> dict[str, str | None]:
    return {"kind": kind if kind in MOVE_KINDS else None, "waiting": "true" if kind == _WAITING else None}


async def _told(visit: Visit, found: list[Json]) -> tuple[list[Json], dict[str, str]]:
    async with visit.copies() as session:
        now = today(session, visit.visitor.zone)
        people = await names(session, [one[name] for one in found for name in ("servant_id", "recorded_by")])
    return [one | {"next": next_of(visit, one, now), "waits": waits(one, now)} for one in found], people
