"""The form as long as nobody has reviewed, then what was found; actions of this review and of those before are marked."""

from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from contracts.obligations import ObligationKind
from services.portal.corrections.requests import nip_of
from services.portal.drafts.pages import continued
from services.portal.drafts.pages import done as draft_done
from services.portal.duties.commands import note_done
from services.portal.names.queries import names
from services.portal.reviews import views
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
PLACES = range(3)
"""Actions that a form has room for."""
_DRAFT = "tinjauan"


@router.get("/pengelola/tinjauan/{cycle_id}", **_OFFICE)
async def review(cycle_id: UUID, visit: Visiting, selesai: str = "") -> Response:
    """The review, or the form of it."""
    return await _page(visit, cycle_id, Form(), done=selesai)


@router.post("/pengelola/tinjauan/{cycle_id}", **_OFFICE)
async def keep(cycle_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Findings, and up to three actions, each with who does it and until when; kept once."""
    findings = sent.require("findings", visit.say("reviews.findings_missing"))
    actions = [found for place in PLACES if (found := await _action(visit, sent, place))]
    with sent.refusals():
        if not sent.errors:
            body = {"findings": findings, "actions": actions}
            await visit.ask.post("evaluation", f"/cycles/{cycle_id}/review", body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, cycle_id, sent, status=422)
    await draft_done(visit, _DRAFT, str(cycle_id))
    async with visit.copies() as session:
        await note_done(session, ObligationKind.REVIEW_SYSTEM, cycle_id)
    return visit.go(f"/pengelola/tinjauan/{cycle_id}", selesai="tinjau")


@router.post("/pengelola/tinjauan/{cycle_id}/{action_id}", **_OFFICE)
async def mark(cycle_id: UUID, action_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """An action is done, with a word about it."""
    word = sent.require(f"word-{action_id}", visit.say("reviews.word_missing"))
    with sent.refusals():
        if not sent.errors:
            body = {"done": True, "word": word}
            await visit.ask.post("evaluation", f"/review-actions/{action_id}/mark", body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, cycle_id, sent, status=422)
    return visit.go(f"/pengelola/tinjauan/{cycle_id}", selesai="tandai")


async def _action(visit: Visit, form: Form, place: int) -> dict[str, Any] | None:
    """One action of the form; what is missing in one that was begun is an error at its field."""
    if not any(form.text(f"{name}-{place}") for name in ("what", "nip", "until")):
        return None
    what = form.require(f"what-{place}", visit.say("reviews.what_missing"))
    form.require(f"nip-{place}", visit.say("reviews.nip_missing"))
    until = form.require(f"until-{place}", visit.say("reviews.until_missing"))
    return {"what": what, "responsible_id": await nip_of(visit, form, f"nip-{place}"), "until": until}


async def _page(visit: Visit, cycle_id: UUID, form: Form, *, done: str = "", status: int = 200) -> Response:
    found = await visit.ask.get("evaluation", f"/cycles/{cycle_id}/review")
    now = None if found else await visit.ask.get("evaluation", f"/cycles/{cycle_id}/summary")
    if not found and not form.errors:
        form = await continued(visit, _DRAFT, str(cycle_id), form)
    actions = [*found["actions"], *found["former_actions"]] if found else []
    async with visit.copies() as session:
        who = [one[name] for one in actions for name in ("responsible_id", "marked_by")]
        people = await names(session, [*who, found["reviewed_by"]] if found else [])
    return visit.page(
        "reviews/review.html",
        visit.say("reviews.title"),
        status=status,
        section="office",
        form=form,
        cycle_id=cycle_id,
        found=found,
        figures=views.figures(visit, now["numbers"] if now else found["metrics"]),
        punctual=views.punctual(visit, found["on_time"]) if found else [],
        survey=views.survey(visit, found["survey"]) if found else None,
        actions=actions,
        people=people,
        places=PLACES,
        done=done if done in ("tinjau", "tandai") else "",
    )
