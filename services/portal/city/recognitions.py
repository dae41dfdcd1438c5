"""Recognitions that wait for whoever decides them: the appointing authority, who in most cities is the mayor."""

from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation, Role
from services.portal.names.queries import names
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_DECIDES = shown_to(Relation.LEADER, Relation.APPOINTING, note="people for the appointing authority alone")
_ANSWERS = ("accept", "decline")


@router.get("/kota/penghargaan", **_DECIDES)
async def waiting(visit: Visiting, selesai: str = "") -> Response:
    """Those that nobody has decided; a leader who does not decide them is told who does."""
    return await _page(visit, Form(), done=selesai == "ya")


@router.post("/kota/penghargaan/{recognition_id}", **_DECIDES)
async def decide(recognition_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Approve or decline, with a reason."""
    field = f"reason-{recognition_id}"
    reason, answer = sent.require(field, visit.say("city.reason_missing")), sent.text("answer")
    if answer not in _ANSWERS:
        sent.wrong("", visit.say("city.choose_answer"))
    with sent.refusals({"reason": field}):
        if not sent.errors:
            body = {"approved": answer == "accept", "reason": reason}
            path = f"/recognitions/{recognition_id}/decision"
            await visit.ask.post("feedback", path, body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, sent, status=422)
    return visit.go("/kota/penghargaan", selesai="ya")


async def _page(visit: Visit, form: Form, *, done: bool = False, status: int = 200) -> Response:
    decides = visit.has(Role.APPOINTING_AUTHORITY)
    rows: list[dict[str, Any]] = []
    if decides:
        rows = await visit.ask.every("feedback", "/recognitions", state="PROPOSED")
    async with visit.copies() as session:
        people = await names(session, [one["servant_id"] for one in rows])
    return visit.page(
        "city/recognitions.html",
        visit.say("city.recognitions"),
        status=status,
        section="city" if visit.has(Role.CITY_LEADER) else "more",
        form=form,
        rows=rows,
        people=people,
        decides=decides,
        done=done,
    )
