"""The page of a colleague's assessment: numbers and words that count together with those of others, never alone."""

from collections.abc import Mapping
from typing import Any

from fastapi import HTTPException, Response

from contracts.base import AssessorRole, Relation
from contracts.obligations import ObligationKind
from services.portal.drafts.pages import continued, done
from services.portal.duties.commands import note_done
from services.portal.names.queries import names
from services.portal.rating.given import numbers_at, numbers_of
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_PEER = shown_to(Relation.PEER, note="who was drawn or named to assess")
_FORM = "rekan"
Json = Mapping[str, Any]


async def _asked(visit: Visit, appraisal_id: str) -> Json:
    """Raises HTTPException for whoever may see the form of this person as somebody else than a colleague."""
    asked: Json = await visit.ask.get("evaluation", f"/appraisals/{appraisal_id}/form")
    if asked["role"] != AssessorRole.PEER:
        raise HTTPException(404)
    return asked


@router.get("/rekan/{appraisal_id}", **_PEER)
async def form(appraisal_id: str, visit: Visiting) -> Response:
    """What is asked of the colleague."""
    asked = await _asked(visit, appraisal_id)
    return await _page(visit, asked, await continued(visit, _FORM, appraisal_id))


@router.post("/rekan/{appraisal_id}", **_PEER)
async def assess(appraisal_id: str, visit: Visiting, sent: Sent) -> Response:
    """Give it; it may be given again until the result is computed."""
    asked = await _asked(visit, appraisal_id)
    body = numbers_of(visit, sent, asked)
    if not sent.errors:
        with sent.refusals(numbers_at(asked)):
            path = f"/appraisals/{appraisal_id}/assessments"
            await visit.ask.post("evaluation", path, body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, asked, sent, status=422)
    await done(visit, _FORM, appraisal_id)
    async with visit.copies() as session:
        await note_done(session, ObligationKind.ASSESS_PEER, appraisal_id)
    return visit.go("/rekan/selesai")


async def _page(visit: Visit, asked: Json, given: Form, *, status: int = 200) -> Response:
    async with visit.copies() as session:
        called = (await names(session, [asked["servant_id"]])).get(asked["servant_id"], "")
    title = visit.say("peers.title", name=called)
    return visit.page("peers/peer.html", title, status=status, section="tasks", form=given, asked=asked)


thanks = pages()


@thanks.get("/rekan/selesai", **_PEER)
async def finished(visit: Visiting) -> Response:
    """It was taken; nothing here says of whom."""
    return visit.page("peers/thanks.html", visit.say("peers.thanks_title"), section="tasks")
