"""Further pages of the leadership: the week, organisations side by side, the trend, who is silent, ideas, the paper of it all."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

from fastapi import HTTPException, Response

from contracts.base import Relation
from contracts.portal.papers import PaperKind
from services.portal.city import tables
from services.portal.listings.paper import paper_of
from services.portal.listings.shown import Link, Listing, tables_page
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_LEADER = shown_to(Relation.LEADER, note="numbers; groups below the minimum are hidden")


@router.get("/kota/organisasi", **_LEADER)
async def organisations(visit: Visiting, siklus: str = "") -> Response:
    """Organisations side by side: achieved, late, objections, predicates."""
    return await _of_cycle(visit, siklus, "organisations", tables.organisations)


@router.get("/kota/diam", **_LEADER)
async def silent(visit: Visiting, siklus: str = "") -> Response:
    """Where something is overdue, the longest first."""
    return await _of_cycle(visit, siklus, "silent", tables.silent)


@router.get("/kota/pekan", **_LEADER)
async def week(visit: Visiting, siklus: str = "") -> Response:
    """The week: what was due and became of it, and what comes."""
    return await _of_cycle(visit, siklus, "week", tables.week)


@router.get("/kota/ide", **_LEADER)
async def ideas(visit: Visiting, siklus: str = "") -> Response:
    """Ideas that were submitted, answered and adopted."""
    return await _of_cycle(visit, siklus, "ideas", tables.ideas)


@router.get("/kota/tren", **_LEADER)
async def trend(visit: Visiting) -> Response:
    """From cycle to cycle."""
    return tables_page(visit, visit.say("city.trend"), [await tables.trend(visit)], section="city", back=_back(visit))


@router.get("/kota/rapat.pdf", **_LEADER)
async def paper(visit: Visiting, siklus: str = "") -> Response:
    """For a meeting: the week, organisations, who is silent, ideas, the trend."""
    cycle = await cycle_of(visit, siklus)
    standing = await visit.ask.get("evaluation", f"/cycles/{cycle['id']}/standing")
    found = await asyncio.gather(
        tables.week(visit, cycle["id"]),
        tables.organisations(visit, cycle["id"]),
        tables.silent(visit, cycle["id"]),
        tables.ideas(visit, cycle["id"]),
        tables.trend(visit),
    )
    until = visit.moment(standing.get("due_at"))
    intro = [cycle["name"], visit.say("city.until", at=until)] if until else [cycle["name"]]
    return await paper_of(
        visit,
        "kota",
        visit.say("city.title"),
        found,
        intro=intro,
        kind=PaperKind.CITY_MEETING,
        subject_id=UUID(cycle["id"]),
        cycle_id=UUID(cycle["id"]),
    )


async def cycle_of(visit: Visit, wanted: str) -> dict[str, str]:
    """The one that is named, or the newest; raises HTTPException where there is none."""
    cycles = (await visit.ask.get("evaluation", "/cycles", limit=20))["items"]
    found = next((one for one in cycles if one["id"] == wanted), cycles[0] if cycles else None)
    if found is None:
        raise HTTPException(404)
    named: dict[str, str] = found
    return named


async def _of_cycle(visit: Visit, wanted: str, key: str, made: Callable[[Visit, str], Awaitable[Listing]]) -> Response:
    cycle = await cycle_of(visit, wanted)
    return tables_page(
        visit,
        visit.say(f"city.{key}"),
        [await made(visit, cycle["id"])],
        section="city",
        back=_back(visit),
        intro=[cycle["name"], visit.say(f"city.{key}_about")],
        paper=f"/kota/rapat.pdf?siklus={cycle['id']}",
    )


def _back(visit: Visit) -> Link:
    return Link(visit.say("city.title"), "/kota")
