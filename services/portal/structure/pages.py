"""The units of the city, and one of them with its people."""

from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from services.portal.structure.queries import every_unit, people_of
from services.portal.structure.views import path_to, tree
from services.portal.web.errors import missing
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)


@router.get("/pengelola/unit", **_OFFICE)
async def units(visit: Visiting) -> Response:
    """The tree, with codes and heads; units without a head are counted, for somebody has to rate there."""
    async with visit.copies() as session:
        found = await every_unit(session)
    headless = [one for one in found if one.active and one.people and one.head_id is None]
    title = visit.say("structure.title")
    return visit.page("structure/units.html", title, section="office", rows=tree(found), headless=len(headless))


@router.get("/pengelola/unit/{unit_id}", **_OFFICE)
async def one_unit(unit_id: UUID, visit: Visiting) -> Response:
    """Where it stands, what is below it, and who works there."""
    async with visit.copies() as session:
        every = await every_unit(session)
        people = await people_of(session, unit_id)
    unit = next((one for one in every if one.id == unit_id), None)
    if unit is None:
        return missing(visit)
    shown: dict[str, Any] = {
        "unit": unit,
        "above": path_to(every, unit),
        "below": [one for one in every if one.parent_id == unit.id],
        "people": people,
    }
    return visit.page("structure/unit.html", unit.name, section="office", **shown)
