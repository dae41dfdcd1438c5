"""Whose rater changed during a cycle, to whom, why and by whom."""

from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation, Role
from services.portal.names.queries import names as people_names
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_READS = shown_to(Relation.AUDITOR, Relation.OFFICE)
_PAGE, _MOST = 200, 20
"""Changes a page of the registry's list, and pages at most: the newest come first."""
_NEW = ("rater_id", "acting_id", "successor_id")
Json = dict[str, Any]


@router.get("/audit/penilai/{cycle_id}", **_READS)
async def changed(cycle_id: UUID, visit: Visiting) -> Response:
    """Changes that took effect in the period of the cycle and gave somebody another rater."""
    cycle = await visit.ask.get("evaluation", f"/cycles/{cycle_id}")
    rows = await _within(visit, cycle["period_start"], cycle["period_end"])
    ids = [one[key] for one in rows for key in ("servant_id", "recorded_by")]
    async with visit.copies() as session:
        people = await people_names(session, [*ids, *(one["effect"].get(key) for one in rows for key in _NEW)])
    return visit.page(
        "interventions/raters.html",
        visit.say("interventions.raters", cycle=cycle["name"]),
        section="audit" if visit.has(Role.AUDITOR) else "office",
        rows=[
            one | {"new": next((one["effect"][key] for key in _NEW if one["effect"].get(key)), None)} for one in rows
        ],
        people=people,
    )


async def _within(visit: Visit, start: str, end: str) -> list[Json]:
    found: list[Json] = []
    cursor: str | None = None
    for _ in range(_MOST):
        page = await visit.ask.get("registry", "/personnel-changes", state="APPLIED", limit=_PAGE, cursor=cursor)
        found += [one for one in page["items"] if start <= one["effective_on"] <= end and _moves(one)]
        cursor = page.get("next")
        if not cursor or page["items"][-1]["effective_on"] < start:
            break
    return found


def _moves(change: Json) -> bool:
    """Whether somebody has another rater by it: the person, or those whom he or she led."""
    return any(change["effect"].get(key) for key in _NEW) or bool(change["effect"].get("moved"))
