"""Mails by state and by person, the newest first, each to be sent again."""

from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from services.portal.corrections.requests import nip_of
from services.portal.names.queries import names
from services.portal.office.queries import SIZE
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
STATES = ("FAILED", "PENDING", "SENT", "ALL")


@router.get("/pengelola/pengiriman", **_OFFICE)
async def log(
    visit: Visiting, keadaan: str = "FAILED", nip: str = "", orang: str = "", lanjut: str = "", selesai: str = ""
) -> Response:
    """Mails that did not arrive, or of another state; of one person by NIP, or from that person's page."""
    form = Form.filled(nip=nip.strip()[:30], keadaan=keadaan)
    who = await nip_of(visit, form, "nip") or orang
    return await _page(visit, form, who=who, cursor=lanjut, done=selesai == "ya")


@router.post("/pengelola/pengiriman/{delivery_id}", **_OFFICE)
async def resend(delivery_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Once more, to the address of today."""
    with sent.refusals():
        await visit.ask.post("notify", f"/deliveries/{delivery_id}/resend", key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, sent, who=sent.text("orang"), status=422)
    asked = {name: sent.text(name) for name in ("keadaan", "orang") if sent.text(name)}
    return visit.go("/pengelola/pengiriman", **asked, selesai="ya")


async def _page(
    visit: Visit, form: Form, *, who: str, cursor: str = "", done: bool = False, status: int = 200
) -> Response:
    state = form.text("keadaan") if form.text("keadaan") in STATES else "FAILED"
    asked: dict[str, Any] = {
        "channel": "EMAIL",
        "state": None if state == "ALL" else state,
        "person_id": who or None,
        "limit": SIZE,
        "cursor": cursor or None,
    }
    # Somebody who is not found has no letters: the error says so, and no other's are shown instead.
    found = (
        {"items": [], "next": None} if form.errors.get("nip") else await visit.ask.get("notify", "/deliveries", **asked)
    )
    async with visit.copies() as session:
        people = await names(session, [who, *(one["person_id"] for one in found["items"])])
    return visit.page(
        "deliveries/deliveries.html",
        visit.say("deliveries.title"),
        status=status,
        section="office",
        form=form,
        rows=found["items"],
        people=people,
        who=who,
        state=state,
        states=STATES,
        following=found["next"],
        done=done,
    )
