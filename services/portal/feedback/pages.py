"""The pages of feedback."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from contracts.obligations import ObligationKind
from services.portal.cycles.today import current_cycle
from services.portal.drafts.pages import continued, done
from services.portal.duties.commands import note_done
from services.portal.duties.queries import own_duties
from services.portal.names.asked import whom
from services.portal.names.people import near
from services.portal.names.queries import names
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OWN = shown_to(Relation.SELF, note="about oneself, and what one gave")
_ANY = shown_to(Relation.ANYONE, note="about whoever takes part in the cycle")
_FORM = "umpan-balik"
_FIELDS = {"what": "what", "how": "how", "about_id": "about", "concern": "concern"}
Json = Mapping[str, Any]


@router.get("/umpan-balik", **_OWN)
async def feedback(visit: Visiting, selesai: str = "") -> Response:
    """What was said about the reader, and what the reader said."""
    return await _listed(visit, Form(), done=selesai)


async def _listed(visit: Visit, form: Form, *, done: str = "", status: int = 200) -> Response:
    cycle = await current_cycle(visit)
    found = await about_me(visit, str(cycle.id)) if cycle else []
    upward = await visit.ask.maybe("feedback", "/feedback/upward", cycle_id=str(cycle.id)) if cycle else None
    async with visit.copies() as session:
        people = await names(session, [one["author_id"] for one in found])
    shown: dict[str, Any] = {
        "cycle": cycle,
        "found": found,
        "upward": upward,
        "people": people,
        "done": done,
        "form": form,
    }
    return visit.page("feedback/feedback.html", visit.say("feedback.title"), status=status, section="more", **shown)


async def about_me(visit: Visit, cycle_id: str) -> list[Any]:
    """Feedback about the reader in a cycle, the newest first."""
    found = await visit.ask.get("feedback", "/feedback", cycle_id=cycle_id, about_id=str(visit.actor.id), limit=200)
    return sorted(found["items"], key=lambda one: str(one["given_at"]), reverse=True)


@router.get("/umpan-balik/baru", **_ANY)
async def new(visit: Visiting, tentang: str = "", sebagai: str = "") -> Response:
    """Say what was observed, and how to go on; whoever comes from the own branch has said in what way that concerns him."""
    begun = Form.filled(concern=visit.say("feedback.as_authority")) if sebagai == "atasan" else Form()
    return await _page(visit, await continued(visit, _FORM, tentang or "-", begun), tentang)


@router.post("/umpan-balik/baru", **_ANY)
async def give(visit: Visiting, sent: Sent, tentang: str = "") -> Response:
    """Give it."""
    about = await _about(visit, sent, tentang)
    cycle = await current_cycle(visit, member=UUID(about) if _is_id(about) else None)
    what = sent.require("what", visit.say("feedback.what_missing"))
    how = sent.require("how", visit.say("feedback.how_missing"))
    if cycle is None and not sent.errors:
        sent.wrong("", visit.say("feedback.no_cycle"))
    if sent.errors or cycle is None:
        return await _page(visit, sent, tentang, status=422)
    body = {"cycle_id": str(cycle.id), "about_id": about, "what": what, "how": how, "concern": sent.text("concern")}
    with sent.refusals(_FIELDS):
        await visit.ask.post("feedback", "/feedback", body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, sent, tentang, status=422)
    await done(visit, _FORM, tentang or "-")
    await note_given(visit, about)
    return visit.go("/umpan-balik", selesai="beri")


async def note_given(visit: Visit, about: str) -> None:
    """The obligation to give feedback about the person, if there is one, is done."""
    async with visit.copies() as session:
        owed = await own_duties(session, visit.actor.id)
        kind = ObligationKind.GIVE_FEEDBACK
        given = [one.subject_id for one in owed if one.kind is kind and str(one.about_id) == about]
        await note_done(session, kind, *given)


@router.post("/umpan-balik/{feedback_id}/jawab", **_OWN)
async def answer(feedback_id: str, visit: Visiting, sent: Sent) -> Response:
    """Whom it is about answers."""
    path, field = f"/feedback/{feedback_id}/answer", f"text-{feedback_id}"
    text = sent.require(field, visit.say("feedback.answer_missing"))
    with sent.refusals({"text": field}):
        if not sent.errors:
            await visit.ask.post("feedback", path, {"text": text}, key=sent.text("form_id"))
    if sent.errors:
        return await _listed(visit, sent, status=422)
    return visit.go("/umpan-balik", selesai="jawab")


async def _about(visit: Visit, form: Form, given: str) -> str:
    """The id of whom it is about; errors are in the form."""
    if given:
        return given
    form.require("about", visit.say("feedback.about_missing"))
    return await whom(visit, form, "about") or ""


async def _page(visit: Visit, form: Form, about: str, *, status: int = 200) -> Response:
    async with visit.copies() as session:
        people = [] if about else await near(session, visit.actor.id)
        called = (await names(session, [about] if _is_id(about) else [])).get(about, "")
    shown = {"about": about, "about_name": called, "people": people}
    title = visit.say("feedback.new_about", name=called) if called else visit.say("feedback.new")
    return visit.page("feedback/new.html", title, status=status, section="more", form=form, **shown)


def _is_id(typed: str) -> bool:
    try:
        UUID(typed)
    except ValueError:
        return False
    return True
