"""Lists of what the reader brought, and the forms for something new."""

from collections.abc import Mapping
from typing import Any

from fastapi import Response

from contracts.base import Relation
from services.portal.cycles.today import current_cycle
from services.portal.drafts.pages import continued, done
from services.portal.evidence.taking import FIELD, arrived, evidence_of, named, proves
from services.portal.names.queries import names
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OWN = shown_to(Relation.SELF, note="what one brought")
_SHARED = 50
"""Ideas of colleagues, the newest first."""
KINDS = ("PEOPLE", "BUDGET", "EQUIPMENT", "MENTORING", "FACILITIES")
Json = Mapping[str, Any]


@router.get("/ide", **_OWN)
async def ideas(visit: Visiting, selesai: str = "") -> Response:
    """Own ideas, those of the team, and those that colleagues of the unit share."""
    me, cycle = str(visit.actor.id), await current_cycle(visit)
    listed = await visit.ask.every("feedback", "/ideas")
    of_unit = await visit.ask.maybe("feedback", f"/cycles/{cycle.id}/ideas", limit=_SHARED) if cycle else None
    known = {one["id"] for one in listed}
    parts = {
        "own": [one for one in listed if one["author_id"] == me],
        "team": [one for one in listed if one["author_id"] != me],
        "unit": [one for one in (of_unit or {"items": []})["items"] if one["id"] not in known],
    }
    people = [one[name] for some in parts.values() for one in some for name in ("author_id", "answered_by")]
    async with visit.copies() as session:
        shown: dict[str, Any] = {"parts": parts, "people": await names(session, people), "sent": selesai == "1"}
    return visit.page("bringing/ideas.html", visit.say("bringing.ideas"), section="more", **shown)


@router.get("/ide/baru", **_OWN)
async def new_idea(visit: Visiting) -> Response:
    """A title, and what it is about."""
    return await _form(visit, "ideas", await continued(visit, "ide", "-"))


@router.post("/ide/baru", **_OWN)
async def bring_idea(visit: Visiting, sent: Sent) -> Response:
    """To whoever leads; an answer is owed."""
    body: dict[str, Any] = {name: sent.require(name, visit.say("bringing.missing")) for name in ("title", "text")}
    body |= {"shared": sent.text("shared") == "yes"}
    return await _bring(visit, sent, "ideas", "/ideas", body, ("ide", "-", "/ide"))


@router.get("/dukungan", **_OWN)
async def supports(visit: Visiting, selesai: str = "") -> Response:
    """Own requests, and what was answered."""
    return await _list(visit, "supports", "/support-requests", ("leader_id", "answered_by"), done=selesai)


@router.get("/dukungan/baru", **_OWN)
async def new_support(visit: Visiting, jenis: str = "") -> Response:
    """What is needed; its kind comes with the link."""
    form = await continued(visit, "minta-dukungan", "-", Form.filled(kind="PEOPLE"))
    if jenis in KINDS:  # who follows a link asks for this, whatever was begun before
        form.values = {**form.values, "kind": jenis}
    return await _form(visit, "supports", form)


@router.post("/dukungan/baru", **_OWN)
async def ask_support(visit: Visiting, sent: Sent) -> Response:
    """To whoever leads; an answer is owed."""
    body = {"kind": sent.text("kind") or "PEOPLE", "text": sent.require("text", visit.say("bringing.missing"))}
    return await _bring(visit, sent, "supports", "/support-requests", body, ("minta-dukungan", "-", "/dukungan"))


@router.get("/inisiatif", **_OWN)
async def initiatives(visit: Visiting, selesai: str = "") -> Response:
    """Own initiatives and innovations, and whether they were recognised."""
    asked = {"servant_id": str(visit.actor.id)}
    return await _list(visit, "initiatives", "/initiatives", ("verified_by",), done=selesai, service="plans", **asked)


@router.get("/inisiatif/baru", **_OWN)
async def new_initiative(visit: Visiting) -> Response:
    """What was done beyond the plan, and what came of it."""
    return await _form(visit, "initiatives", await continued(visit, "inisiatif", "-"))


@router.post("/inisiatif/baru", **_OWN)
async def record_initiative(visit: Visiting, sent: Sent) -> Response:
    """To the rater, who verifies it."""
    names_ = ("title", "description", "benefit")
    body: dict[str, Any] = {name: sent.require(name, visit.say("bringing.missing")) for name in names_}
    body |= {"kind": sent.text("kind") or "INITIATIVE", "evidence": await _evidence(visit, sent)}
    place = ("inisiatif", "-", "/inisiatif")
    return await _bring(visit, sent, "initiatives", "/initiatives", body, place, service="plans")


async def _evidence(visit: Visit, sent: Form) -> list[Json]:
    """Files, and what is pointed to by an address or a number."""
    return [*named(sent.text("title")[:200], sent.text("reference")), *await evidence_of(visit, sent)]


async def _list(
    visit: Visit, what: str, path: str, people: tuple[str, ...], *, done: str, service: str = "feedback", **asked: str
) -> Response:
    found = await visit.ask.every(service, path, **asked)
    async with visit.copies() as session:
        called = await names(session, [one[name] for one in found for name in people])
    shown: dict[str, Any] = {"what": what, "found": found[::-1], "people": called, "sent": done == "1", "kinds": KINDS}
    shown |= {"me": str(visit.actor.id)}
    return visit.page(f"bringing/{what}.html", visit.say(f"bringing.{what}"), section="more", **shown)


async def _bring(
    visit: Visit,
    sent: Form,
    what: str,
    path: str,
    body: Json,
    place: tuple[str, str, str],
    *,
    service: str = "feedback",
) -> Response:
    form, subject, back = place
    cycle = await current_cycle(visit)
    if cycle is None:
        sent.wrong("", visit.say("bringing.no_cycle"))
    brought: Json = {}
    with sent.refusals():
        if cycle is not None and not sent.errors:
            about = {"cycle_id": str(cycle.id), **body}
            brought = await visit.ask.post(service, path, about, key=sent.text("form_id"))
    if sent.errors:
        return await _form(visit, what, sent, status=422)
    await proves(visit, sent, service, f"{path}/{brought['id']}")
    await done(visit, form, subject)
    return visit.go(back, selesai="1")


async def _form(visit: Visit, what: str, form: Form, *, status: int = 200) -> Response:
    title, shown = visit.say(f"bringing.new_{what}"), {"kinds": KINDS, "arrived": (await arrived(visit, form))[FIELD]}
    return visit.page(f"bringing/new_{what}.html", title, status=status, section="more", form=form, **shown)
