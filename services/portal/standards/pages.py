"""The page of the standard, and the act of having read it."""

import asyncio
from typing import Any

from fastapi import Response

from contracts.base import Relation
from contracts.obligations import ObligationKind
from services.portal.cycles.queries import OwnCycle, own_cycles
from services.portal.duties.commands import note_done
from services.portal.duties.queries import own_duties
from services.portal.standards import views
from services.portal.web.errors import missing
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OWN = shown_to(Relation.SELF, note="members of the cycle")


@router.get("/standar/{cycle_id}", **_OWN)
async def standard(cycle_id: str, visit: Visiting, selesai: str = "") -> Response:
    """What is judged, by whom and until when, with the materials of the cycle."""
    return await _page(visit, cycle_id, Form(), read=selesai == "1")


async def _page(visit: Visit, cycle_id: str, form: Form, *, read: bool = False, status: int = 200) -> Response:
    async with visit.copies() as session:
        cycles = await own_cycles(session, visit.actor.id)
        duties = await own_duties(session, visit.actor.id)
    cycle = next((one for one in cycles if str(one.id) == cycle_id), None)
    if cycle is None:
        return missing(visit)
    owed = [one for one in duties if one.kind is ObligationKind.ACKNOWLEDGE_STANDARD and one.cycle_id == cycle.id]
    told = await _told(visit, cycle)
    title = visit.say("standards.title", cycle=cycle.name)
    shown: dict[str, Any] = {"cycle": cycle, "owed": owed[0] if owed else None, "read": read, "form": form}
    return visit.page("standards/standard.html", title, status=status, **shown, **told)


async def _told(visit: Visit, cycle: OwnCycle) -> dict[str, Any]:
    policy, tongue = cycle.policy, visit.language
    dates, materials = await asyncio.gather(
        visit.ask.maybe("evaluation", f"/cycles/{cycle.id}"),
        visit.ask.maybe("feedback", f"/cycles/{cycle.id}/materials", limit=200),
    )
    return {
        "phases": (dates or {}).get("phases", []),
        "criteria": views.criteria(policy, tongue),
        "sources": views.sources(policy),
        "legal_basis": policy.get("legal_basis", []),
        "goals": views.words(policy.get("goals", []), tongue),
        "materials": views.materials((materials or {}).get("items", []), tongue),
    }


@router.post("/standar/{cycle_id}/baca", **_OWN)
async def acknowledge(cycle_id: str, visit: Visiting, sent: Sent) -> Response:
    """I have read it."""
    with sent.refusals():
        await visit.ask.post("feedback", f"/cycles/{cycle_id}/acknowledgement", key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, cycle_id, sent, status=422)
    async with visit.copies() as session:
        await note_done(session, ObligationKind.ACKNOWLEDGE_STANDARD, cycle_id)
    return visit.go(f"/standar/{cycle_id}", selesai="1")
