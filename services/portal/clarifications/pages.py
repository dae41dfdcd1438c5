"""The pages of a clarification, for whoever asks."""

from collections.abc import Mapping
from typing import Any

from fastapi import Response

from contracts.base import Relation
from contracts.obligations import ObligationKind
from services.portal.drafts.pages import continued, done
from services.portal.duties.queries import own_duties
from services.portal.evidence.taking import FIELD, arrived, evidence_of, proves
from services.portal.names.queries import names
from services.portal.results import views
from services.portal.results.reading import cycle_of, here
from services.portal.web.errors import missing
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OWN = shown_to(Relation.SELF, note="about one's own provisional result")
_PARTIES = shown_to(Relation.SELF, Relation.RATER, Relation.DEBTOR, note="whoever asks, and whoever answers")
_FORM = "klarifikasi"
Json = Mapping[str, Any]


@router.get("/klarifikasi/baru", **_OWN)
async def new(visit: Visiting, penilaian: str = "") -> Response:
    """Ask about parts of a result."""
    return await _page(visit, penilaian, await continued(visit, _FORM, penilaian or "-"))


@router.post("/klarifikasi/baru", **_OWN)
async def ask(visit: Visiting, sent: Sent, penilaian: str = "") -> Response:
    """Send the question."""
    text = sent.require("text", visit.say("clarifications.text_missing"))
    proofs = await evidence_of(visit, sent)
    body = {"appraisal_id": penilaian, "text": text, "items": sent.many("items"), "evidence": proofs}
    asked: Json = {}
    with sent.refusals():
        if not sent.errors:
            asked = await visit.ask.post("feedback", "/clarifications", body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, penilaian, sent, status=422)
    await proves(visit, sent, "feedback", f"/clarifications/{asked['id']}")
    await done(visit, _FORM, penilaian)
    return visit.go(f"/klarifikasi/{asked['id']}", selesai="1")


@router.get("/klarifikasi/{clarification_id}", **_PARTIES)
async def clarification(clarification_id: str, visit: Visiting, selesai: str = "") -> Response:
    """The question and its answer."""
    found = await visit.ask.get("feedback", f"/clarifications/{clarification_id}")
    cycle = await cycle_of(visit, found)
    async with visit.copies() as session:
        people = await names(session, [found["servant_id"], found["rater_id"], found["answered_by"]])
        owed = await own_duties(session, visit.actor.id)
    owes = any(one.kind is ObligationKind.ANSWER_CLARIFICATION and str(one.subject_id) == found["id"] for one in owed)
    named = dict(views.items(cycle, visit.language, _overall(visit)))
    shown = {
        "asked": found,
        "people": people,
        "items": [named.get(one, one) for one in found["items"]],
        "sent": selesai == "1",
        "answers": found["state"] == "OPEN" and (owes or found["rater_id"] == str(visit.actor.id)),
    }
    title = visit.say("clarifications.title")
    return visit.page("clarifications/clarification.html", title, section="results", **shown)


async def _page(visit: Visit, appraisal: str, form: Form, *, status: int = 200) -> Response:
    known = await here(visit)
    cycle = next((one for one in known.cycles.values() if str(one.appraisal_id) == appraisal), None)
    if cycle is None:
        return missing(visit)
    shown: dict[str, Any] = {"appraisal": appraisal, "arrived": (await arrived(visit, form))[FIELD]}
    shown |= {"choices": views.items(cycle, visit.language, _overall(visit))}
    title = visit.say("clarifications.new")
    return visit.page("clarifications/new.html", title, status=status, section="results", form=form, **shown)


def _overall(visit: Visit) -> dict[str, str]:
    return {name: visit.say(f"results.{name}") for name in views.OVERALL}
