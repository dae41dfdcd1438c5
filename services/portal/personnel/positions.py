"""One person: the position of today, how it came about day by day, and moves from and to other cities."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from services.portal.names.queries import names
from services.portal.office.queries import units
from services.portal.personnel.kinds import ACTS
from services.portal.personnel.queries import today
from services.portal.personnel.views import effect_of, ids_of, kind_of, next_of
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visiting
from services.portal.web.words import known

router = pages()
_OFFICE = shown_to(Relation.OFFICE)


@router.get("/pengelola/orang/{person_id}/jabatan", **_OFFICE)
async def positions(person_id: UUID, visit: Visiting, selesai: str = "") -> Response:
    """Who holds which position from when, who acts, and what is still to come."""
    about, changes, moves = await asyncio.gather(
        visit.ask.get("registry", f"/servants/{person_id}"),
        visit.ask.every("registry", f"/servants/{person_id}/changes"),
        visit.ask.every("registry", f"/servants/{person_id}/moves"),
    )
    async with visit.copies() as session:
        now = today(session, visit.visitor.zone)
        people = await names(session, [*ids_of(changes), *(one["recorded_by"] for one in moves)])
        called = {one.id: one.name for one in await units(session)}
    kind = f"personnel.kind_{about['position_kind']}"
    shown = [
        one | {"what": kind_of(visit, one), "says": effect_of(visit, one, people, called)}
        for one in changes
        if one["follows"] is None or one["state"] != "CANCELLED"
    ]
    return visit.page(
        "personnel/positions.html",
        visit.say("personnel.positions", name=about["name"]),
        section="office",
        about=about,
        kind=visit.say(kind) if known(kind) else about["position_kind"],
        unit=called.get(UUID(about["unit_id"]), ""),
        changes=shown,
        acting=[one for one in shown if one["kind"] == "ACTING" and _holds(one, now.isoformat())],
        moves=[one | {"next": next_of(visit, one, now)} for one in moves],
        people=people,
        acts=list(ACTS),
        done=selesai if selesai in ACTS or selesai == "batal" else "",
    )


def _holds(change: dict[str, Any], now: str) -> bool:
    over = change["until"] is not None and change["until"] < now
    return bool(change["state"] == "APPLIED" and change["effective_on"] <= now and not over)
