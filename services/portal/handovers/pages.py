"""The page on which a rater hands over before a leave, proposes somebody to act, and takes either back."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from services.portal.corrections.requests import nip_of
from services.portal.names.queries import names
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_RATER = shown_to(Relation.RATER, note="for one's own absence")
_DONE = frozenset({"usul", "serah", "tarik"})


@router.get("/tim/serah-terima", **_RATER)
async def handovers(visit: Visiting, selesai: str = "") -> Response:
    """The form, and what was arranged so far."""
    return await _page(visit, Form(), done=selesai if selesai in _DONE else "")


@router.post("/tim/serah-terima", **_RATER)
async def hand_over(visit: Visiting, sent: Sent) -> Response:
    """Proposed to the office, who decides; or, of a leave that ends by itself, handed over at once."""
    at_once = sent.text("act") == "now"
    body: dict[str, Any] = {
        "from": sent.require("since", visit.say("corrections.since_missing")),
        "until": sent.require("until", visit.say("handovers.until_missing")),
        "reason": sent.require("reason", visit.say("corrections.why")),
    }
    sent.require("person_nip", visit.say("corrections.nip_missing"))
    person = await nip_of(visit, sent, "person_nip")
    whole = {"colleague_id": person} if at_once else {"kind": "ACTING", "person_id": person}
    with sent.refusals({"from": "since", "person_id": "person_nip", "colleague_id": "person_nip"}):
        if not sent.errors:
            path = "/hand-overs" if at_once else "/requests"
            await visit.ask.post("registry", path, body | whole, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, sent, status=422)
    return visit.go("/tim/serah-terima", selesai="serah" if at_once else "usul")


@router.post("/tim/serah-terima/{what}/{subject_id}/tarik", **_RATER)
async def take_back(what: str, subject_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """A proposal that waits is withdrawn; a hand-over never begins, or ends today."""
    path = f"/requests/{subject_id}/withdrawal" if what == "usul" else f"/hand-overs/{subject_id}/end"
    body = None if what == "usul" else {"reason": visit.say("handovers.back_early")}
    with sent.refusals():
        await visit.ask.post("registry", path, body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, sent, status=422)
    return visit.go("/tim/serah-terima", selesai="tarik")


async def _page(visit: Visit, form: Form, *, done: str = "", status: int = 200) -> Response:
    me = str(visit.actor.id)
    own, changes = await asyncio.gather(
        visit.ask.every("registry", "/requests", kind="ACTING", asked_by=me),
        visit.ask.maybe("registry", f"/servants/{me}/changes"),
    )
    acting = [one for one in (changes or {"items": []})["items"] if one["kind"] == "ACTING" and one["servant_id"] == me]
    async with visit.copies() as session:
        people = await names(
            session, [*(one["person_id"] for one in own), *(one["effect"]["acting_id"] for one in acting)]
        )
    shown = {"asked": own, "acting": acting, "people": people, "done": done, "me": me}
    title = visit.say("handovers.title")
    return visit.page("handovers/handovers.html", title, status=status, section="team", form=form, **shown)
