"""The inbox: notices, the newest first, marked as read one by one or all at once."""

from fastapi import Response

from contracts.base import Relation
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visiting

router = pages()
_OWN = shown_to(Relation.ANYONE, note="one's own notices")


@router.get("/pesan", **_OWN)
async def inbox(visit: Visiting, lanjut: str = "") -> Response:
    """Fifty at a time."""
    found = await visit.ask.get("notify", "/inbox", limit=50, cursor=lanjut or None)
    title = visit.say("inbox.title")
    shown = {"found": found, "here": lanjut, "later": found.get("next")}
    return visit.page("inbox/inbox.html", title, section="more", **shown)


@router.post("/pesan/dibaca", **_OWN)
async def read_all(visit: Visiting, sent: Sent) -> Response:
    """All of them."""
    await visit.ask.post("notify", "/inbox/read-all", key=sent.text("form_id"))
    return visit.go("/pesan")


@router.post("/pesan/{notice_id}/dibaca", **_OWN)
async def read(notice_id: str, visit: Visiting, sent: Sent) -> Response:
    """One of them, and back to where it stood."""
    await visit.ask.post("notify", f"/inbox/{notice_id}/read", key=sent.text("form_id"))
    return visit.go("/pesan", **{"lanjut": here} if (here := sent.text("here")) else {})
