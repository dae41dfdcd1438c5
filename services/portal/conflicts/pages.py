"""The page on which a member of a panel declares a conflict of interest."""

from typing import Any

from fastapi import Response

from contracts.base import Relation
from services.portal.corrections.requests import nip_of
from services.portal.names.queries import names
from services.portal.office.queries import units
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_PANEL = shown_to(Relation.ANYONE, note="whoever is on a panel or holds its role, as the evaluation service judges")
_PENDING = ("SCHEDULED", "HELD")


@router.get("/benturan", **_PANEL)
async def conflicts(visit: Visiting, selesai: str = "") -> Response:
    """One's visits that are not over, each with its button; below them any other unit, or a person."""
    return await _page(visit, Form(), done=selesai == "ya")


@router.post("/benturan", **_PANEL)
async def declare(visit: Visiting, sent: Sent) -> Response:
    """Of a unit one leaves its panels, and somebody else is named; of a person one does not assess that one."""
    body: dict[str, Any] = {"reason": sent.require("reason", visit.say("conflicts.reason_missing"))}
    if unit := sent.text("mine") or sent.text("unit"):
        body["unit_id"] = unit
    elif sent.require("person_nip", visit.say("conflicts.whom_missing")):
        body["servant_id"] = await nip_of(visit, sent, "person_nip")
    with sent.refusals({"unit_id": "unit", "servant_id": "person_nip"}):
        if not sent.errors:
            await visit.ask.post("evaluation", "/panel-conflicts", body, key=sent.text("form_id"))
    return await _page(visit, sent, status=422) if sent.errors else visit.go("/benturan", selesai="ya")


async def _page(visit: Visit, form: Form, *, done: bool = False, status: int = 200) -> Response:
    visits = await visit.ask.every("evaluation", "/visits")
    every = await visit.ask.every("evaluation", "/panel-conflicts")
    declared = [one for one in every if one["member_id"] == str(visit.actor.id)]
    async with visit.copies() as session:
        known = await units(session)
        people = await names(session, [one["servant_id"] for one in declared])
    called = {str(one.id): one.name for one in known}
    mine = [one for one in visits if one["state"] in _PENDING and str(visit.actor.id) in one["panel"]]
    left = {one["unit_id"] for one in declared}
    return visit.page(
        "conflicts/conflicts.html",
        visit.say("conflicts.title"),
        status=status,
        section="more",
        form=form,
        blank=Form(),
        mine=[(one, called.get(one, one)) for one in dict.fromkeys(one["unit_id"] for one in mine) if one not in left],
        units=[{"value": "", "text": visit.say("conflicts.no_unit")}]
        + [{"value": str(one.id), "text": one.name} for one in known],
        declared=[one | {"whom": called.get(one["unit_id"]) or people.get(one["servant_id"], "")} for one in declared],
        done=done,
    )
