"""The page of one's own record."""

import asyncio

from fastapi import Response
from sqlalchemy import text

from contracts.base import Relation
from services.portal.names.queries import names
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_UNIT = text("select name from directory_units where id = cast(:unit as uuid)")


@router.get("/saya", **shown_to(Relation.SELF, note="one's own record"))
async def profile(visit: Visiting) -> Response:
    """Who I am to the system, and who rates me."""
    me = f"/servants/{visit.actor.id}"
    record, results, attendance, file = await asyncio.gather(
        visit.ask.maybe("registry", me),
        visit.ask.maybe("evaluation", f"{me}/profile"),
        visit.ask.maybe("registry", f"{me}/attendance", limit=12),
        visit.ask.maybe("feedback", "/file", limit=200),
    )
    shown = {
        "record": record,
        "results": results,
        "attendance": (attendance or {}).get("items", []),
        "entries": (file or {}).get("items", []),
        **await _around(visit, record or {}),
    }
    return visit.page("profile/profile.html", visit.say("profile.title"), section="more", **shown)


async def _around(visit: Visit, record: dict[str, str | None]) -> dict[str, object]:
    """Names of the rater, of the superior and of the unit."""
    async with visit.copies() as session:
        people = await names(session, [record.get("rater_id"), record.get("authority_id")])
        unit = await session.scalar(_UNIT, {"unit": record.get("unit_id")})
    return {"people": people, "unit": unit or ""}
