"""What would be reported now, the form that reports it, and what was reported before."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from contracts.obligations import ObligationKind
from services.portal.drafts.pages import continued
from services.portal.drafts.pages import done as draft_done
from services.portal.duties.commands import note_done
from services.portal.names.queries import names as people_names
from services.portal.web import names
from services.portal.web.forms import Form
from services.portal.web.moments import moment
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_DRAFT = "laporan-atas"
_BEFORE = 20
"""Reports that the page shows."""


@router.get("/pengelola/laporan-atas/{cycle_id}", **_OFFICE)
async def report_form(cycle_id: UUID, visit: Visiting, selesai: str = "") -> Response:
    """The numbers of now, and the form."""
    return await _page(visit, cycle_id, await continued(visit, _DRAFT, str(cycle_id)), done=selesai == "ya")


@router.post("/pengelola/laporan-atas/{cycle_id}", **_OFFICE)
async def report(cycle_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Report; as long as results are missing the service asks why, and it is owed again."""
    recipient = sent.require("recipient", visit.say("upward.recipient_missing"))
    body: dict[str, Any] = {"recipient": recipient, "note": sent.text("note")}
    if reason := sent.text("missing_reason"):
        body["missing_reason"] = reason
    with sent.refusals():
        if not sent.errors:
            path = f"/cycles/{cycle_id}/upward-report"
            told = await visit.ask.post("evaluation", path, body, key=sent.text("form_id"))
            _stands(visit, sent, told)
    if sent.errors:
        return await _page(visit, cycle_id, sent, status=422)
    await draft_done(visit, _DRAFT, str(cycle_id))
    async with visit.copies() as session:
        await note_done(session, ObligationKind.REPORT_UPWARD, cycle_id)
    return visit.go(f"/pengelola/laporan-atas/{cycle_id}", selesai="ya")


def _stands(visit: Visit, form: Form, told: dict[str, Any]) -> None:
    """While nothing more is owed the service answers the earlier report; where it says something else the form says so."""
    fields = ("recipient", "note", "missing_reason") if told["missing"] else ("recipient", "note")
    if any((told[name] or "").split() != form.text(name).split() for name in fields):
        at = moment(visit.language, visit.visitor.zone, told["reported_at"])
        form.wrong("", visit.say("upward.stands", at=at, recipient=told["recipient"]))


async def _page(visit: Visit, cycle_id: UUID, form: Form, *, done: bool = False, status: int = 200) -> Response:
    counted, before = await asyncio.gather(
        visit.ask.get("evaluation", f"/cycles/{cycle_id}/summary"),
        visit.ask.get("evaluation", f"/cycles/{cycle_id}/upward-reports", limit=_BEFORE),
    )
    async with visit.copies() as session:
        people = await people_names(session, [one["reported_by"] for one in before["items"]])
    issued = sum(counted["predicates"].values())
    return visit.page(
        "upward/upward.html",
        visit.say("upward.title"),
        status=status,
        section="office",
        form=form,
        cycle_id=cycle_id,
        issued=issued,
        missing=counted["members"] - issued,
        predicates=names.predicates(visit.language, counted["predicates"]),
        most=max(counted["predicates"].values(), default=0),
        before=before["items"],
        people=people,
        done=done,
    )
