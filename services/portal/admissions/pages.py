"""The page on which a late objection is admitted."""

from typing import Any

from fastapi import Response

from contracts.base import Relation
from services.portal.names.queries import names
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_AUTHORITY = shown_to(Relation.AUTHORITY, note="who would decide the objection")


@router.get("/hasil/{result_id}/izin-keberatan", **_AUTHORITY)
async def form_of(result_id: str, visit: Visiting) -> Response:
    """Whose result it is, when its window ended, and the reason to be written."""
    return await _page(visit, result_id, Form())


@router.post("/hasil/{result_id}/izin-keberatan", **_AUTHORITY)
async def admit(result_id: str, visit: Visiting, sent: Sent) -> Response:
    """The window opens once more, for as long as it was; the civil servant is told."""
    body = {"result_id": result_id, "reason": sent.require("reason", visit.say("admissions.reason_missing"))}
    admitted = None
    with sent.refusals():
        if not sent.errors:
            admitted = await visit.ask.post("feedback", "/late-admissions", body, key=sent.text("form_id"))
    return await _page(visit, result_id, sent, admitted=admitted, status=422 if sent.errors else 200)


async def _page(visit: Visit, result_id: str, form: Form, *, admitted: Any = None, status: int = 200) -> Response:
    found = await visit.ask.get("evaluation", f"/results/{result_id}")
    async with visit.copies() as session:
        people = await names(session, [found["servant_id"]])
    return visit.page(
        "admissions/admit.html",
        visit.say("admissions.title", name=people.get(found["servant_id"], "")),
        status=status,
        section="branch",
        form=form,
        result=found,
        admitted=admitted,
    )
