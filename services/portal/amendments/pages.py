"""The page on which a rater amends a plan; what came of it is read in its versions."""

from typing import Any

from fastapi import Response

from contracts.base import Relation
from services.portal.amendments.content import amended, fields, filled, rows
from services.portal.drafts.pages import continued, done
from services.portal.plan.reading import Read, people_of, read
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_RATER = shown_to(Relation.RATER, note="as the plans service lets them")
_FORM = "ubah-rencana"


@router.get("/tim/rencana/{plan_id}/ubah", **_RATER)
async def form_of(plan_id: str, visit: Visiting) -> Response:
    """Every result and indicator in one form; a draft is continued."""
    found = await read(visit, plan_id)
    return await _page(visit, found, await continued(visit, _FORM, plan_id, filled(visit.language, found.plan)))


@router.post("/tim/rencana/{plan_id}/ubah", **_RATER)
async def amend(plan_id: str, visit: Visiting, sent: Sent) -> Response:
    """It applies at once as a new version; the civil servant is told, and asked to agree again."""
    found = await read(visit, plan_id)
    body: dict[str, Any] = {
        "results": amended(visit, sent, found.plan),
        "reason": sent.require("reason", visit.say("amendments.reason_missing")),
    }
    with sent.refusals(fields(sent, found.plan)):
        if not sent.errors:
            await visit.ask.post("plans", f"/plans/{plan_id}/amendment", body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, found, sent, status=422)
    await done(visit, _FORM, plan_id)
    return visit.go(f"/rencana/{plan_id}/versi", selesai="ubah")


async def _page(visit: Visit, found: Read, form: Form, *, status: int = 200) -> Response:
    people = await people_of(visit, found.plan)
    name = people.get(found.plan["servant_id"], "")
    return visit.page(
        "amendments/amend.html",
        visit.say("amendments.title", name=name),
        status=status,
        section="team",
        form=form,
        plan=found.plan,
        rows=rows(found.plan),
    )
