"""Interventions in a cycle, all that moved a limit, and the values that a place set itself."""

import asyncio
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Response

from contracts.base import Relation, Role
from services.portal.interventions.views import own_values
from services.portal.names.queries import names as people_names
from services.portal.web import names
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_READS = shown_to(Relation.AUDITOR, Relation.OFFICE)
_MOVING = ("EXTENDED", "PAUSED", "RESUMED")


@router.get("/audit/campur-tangan/{cycle_id}", **_READS)
async def interventions(cycle_id: UUID, visit: Visiting, hanya: str = "") -> Response:
    """Everything that the office did to the cycle; ``hanya=batas`` what moved a limit, outages among it."""
    limits = hanya == "batas"
    cycle, found, down = await asyncio.gather(
        visit.ask.get("evaluation", f"/cycles/{cycle_id}"),
        visit.ask.every("evaluation", f"/cycles/{cycle_id}/interventions"),
        visit.ask.every("registry", "/outages"),
    )
    rows = [one for one in found if one["kind"] in _MOVING or not limits]
    within = [one for one in down if cycle["period_start"] <= _day(visit, one["began_at"]) <= cycle["period_end"]]
    async with visit.copies() as session:
        people = await people_names(
            session, [*(one["done_by"] for one in rows), *(one["recorded_by"] for one in within)]
        )
    return visit.page(
        "interventions/interventions.html",
        visit.say("interventions.limits" if limits else "interventions.title", cycle=cycle["name"]),
        section=_section(visit),
        cycle=cycle,
        limits=limits,
        rows=[one | {"phase_name": names.phase(visit.language, one["phase"])} for one in rows],
        outages=within,
        people=people,
    )


@router.get("/audit/penyimpangan", **_READS)
async def overridden(visit: Visiting, lingkup: str = "") -> Response:
    """Of the newest policy of each scope: the values that are not the regulation's, with who set them and on what ground."""
    every = await visit.ask.every("registry", "/policies")
    scopes = list(dict.fromkeys(one["scope"] for one in every))
    wanted = lingkup if lingkup in scopes else next(iter(scopes), "")
    policy = await visit.ask.maybe("registry", f"/policies/{wanted}") if wanted else None
    return visit.page(
        "interventions/overridden.html",
        visit.say("interventions.overridden"),
        section=_section(visit),
        policy=policy,
        scopes=scopes,
        values=own_values(policy, visit.language) if policy else [],
    )


def _day(visit: Visit, at: str) -> str:
    """The day of the city on which it was, as an API writes a date."""
    return datetime.fromisoformat(at).astimezone(ZoneInfo(visit.visitor.zone)).date().isoformat()


def _section(visit: Visit) -> str:
    return "audit" if visit.has(Role.AUDITOR) else "office"
