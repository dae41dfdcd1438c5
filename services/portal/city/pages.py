"""One page: the cycle, what is owed, predicates, units."""

import asyncio
from typing import Any

from fastapi import Response

from contracts.base import Relation
from services.portal.city.tables import achieved_late_objections, organisations
from services.portal.city.views import figures, owed, units
from services.portal.web import names
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.tables import Kind, file_of
from services.portal.web.visit import Visit, Visiting

router = pages()
_LEADER = shown_to(Relation.LEADER, note="numbers; groups below the minimum are hidden by the services")
_MORE = (
    ("week", "pekan"),
    ("organisations", "organisasi"),
    ("trend", "tren"),
    ("silent", "diam"),
    ("ideas", "ide"),
    ("recognitions", "penghargaan"),
)
"""Further pages, by their words and the end of their address."""


@router.get("/kota", **_LEADER)
async def city(visit: Visiting, siklus: str = "") -> Response:
    """The newest cycle, or the one that is named."""
    cycles = (await visit.ask.get("evaluation", "/cycles", limit=20))["items"]
    cycle = next((one for one in cycles if one["id"] == siklus), cycles[0] if cycles else None)
    title = visit.say("city.title")
    if cycle is None:
        return visit.page("city/city.html", title, section="city", cycle=None)
    standing, counted, board, owing, spread = await _read(visit, cycle["id"])
    return visit.page(
        "city/city.html",
        title,
        section="city",
        cycle=cycle,
        others=[one for one in cycles if one["id"] != cycle["id"]],
        phase=names.phase(visit.language, standing["phase"]),
        state=names.named(visit.language, "cycle", standing["state"]),
        standing=standing,
        predicates=names.predicates(visit.language, counted["predicates"]),
        most=max(counted["predicates"].values(), default=0),
        figures=figures(visit, counted, board),
        owed=owed(owing),
        units=units(visit, spread),
        organisations=achieved_late_objections(visit, await organisations(visit, cycle["id"], spread)),
        links=[(key, f"/kota/{word}?siklus={cycle['id']}") for key, word in _MORE],
    )


@router.get("/kota/unit.{kind}", **_LEADER)
async def download(visit: Visiting, kind: Kind, siklus: str) -> Response:
    """Predicates by unit as a file."""
    rows = units(visit, await visit.ask.every("evaluation", f"/cycles/{siklus}/distribution"))
    heads = [visit.say("city.unit"), visit.say("city.people"), *(one["name"] for one in _heads(visit))]
    return await file_of("unit", heads, [[one["name"], one["people"], *one["counts"]] for one in rows], kind)


def _heads(visit: Visit) -> list[dict[str, Any]]:
    return names.predicates(visit.language, {})


async def _read(visit: Visit, cycle_id: str) -> tuple[Any, Any, Any, Any, Any]:
    ask = visit.ask
    return await asyncio.gather(
        ask.get("evaluation", f"/cycles/{cycle_id}/standing"),
        ask.get("evaluation", f"/cycles/{cycle_id}/summary"),
        ask.get("plans", f"/cycles/{cycle_id}/board"),
        ask.get("notify", f"/cycles/{cycle_id}/owed", people=0),
        ask.every("evaluation", f"/cycles/{cycle_id}/distribution"),
    )
