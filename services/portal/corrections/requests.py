"""``This is not my rater``, or not one of mine: asked by a servant or a rater, decided by the office."""

from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from services.portal.names.asked import whom
from services.portal.names.queries import names as people_names
from services.portal.office.queries import SIZE, find_by_nip
from services.portal.team.queries import team_of
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_ANYONE = shown_to(Relation.ANYONE, note="one's own requests")
_OFFICE = shown_to(Relation.OFFICE)


@router.get("/permintaan", **_ANYONE)
async def own(visit: Visiting, selesai: str = "") -> Response:
    """One's own requests, and the form of a new one."""
    return await _own(visit, Form(), done=selesai == "ya")


@router.post("/permintaan", **_ANYONE)
async def ask(visit: Visiting, sent: Sent) -> Response:
    """About oneself, or about somebody whom one rates; who would be right is named where it is known."""
    body: dict[str, Any] = {"kind": "WRONG_RATER", "reason": sent.require("reason", visit.say("corrections.why"))}
    if sent.text("about") == "team":  # nobody named would be the reader, and not one of the team
        sent.require("servant", visit.say("corrections.whom_missing"))
    for field, name in (("servant", "servant_id"), ("person_nip", "person_id")):
        if found := await _person_of(visit, sent, field):
            body[name] = found
    with sent.refusals({"servant_id": "servant", "person_id": "person_nip"}):
        if not sent.errors:
            await visit.ask.post("registry", "/requests", body, key=sent.text("form_id"))
    return await _own(visit, sent, status=422) if sent.errors else visit.go("/permintaan", selesai="ya")


@router.get("/pengelola/permintaan", **_OFFICE)
async def waiting(visit: Visiting, lanjut: str = "", selesai: str = "") -> Response:
    """What people ask for and nobody has decided; whoever has waited longest comes first."""
    return await _waiting(visit, Form(), cursor=lanjut, done=selesai == "ya")


@router.post("/pengelola/permintaan/{request_id}", **_OFFICE)
async def decide(request_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Granted or refused, with the reason; what is granted is recorded at once."""
    granted = sent.text("answer") == "grant"
    body: dict[str, Any] = {"granted": granted, "reason": sent.require("reason", visit.say("corrections.why"))}
    if granted and (found := await nip_of(visit, sent, "person_nip")):
        body["person_id"] = found
    with sent.refusals({"person_id": "person_nip"}):
        if not sent.errors:
            await visit.ask.post("registry", f"/requests/{request_id}/decision", body, key=sent.text("form_id"))
    if sent.errors:
        return await _waiting(visit, sent, tried=str(request_id), cursor=sent.text("lanjut"), status=422)
    return visit.go("/pengelola/permintaan", selesai="ya")


async def nip_of(visit: Visit, form: Form, field: str) -> str | None:
    """Whose NIP was typed; nobody's is an error of the field, nothing typed is nobody."""
    if not (typed := form.text(field)):
        return None
    async with visit.copies() as session:
        found = await find_by_nip(session, typed)
    if found is None:
        form.wrong(field, visit.say("steering.nip_unknown"))
        return None
    return str(found)


async def _person_of(visit: Visit, form: Form, field: str) -> str | None:
    """By the name or the NIP, whichever was typed."""
    number = form.text(field).replace(" ", "").isdecimal()
    return await (nip_of(visit, form, field) if number else whom(visit, form, field))


async def _own(visit: Visit, form: Form, *, done: bool = False, status: int = 200) -> Response:
    found = await visit.ask.every("registry", "/requests", asked_by=str(visit.actor.id))
    shown: dict[str, Any] = {"asked": found, "people": await _people(visit, found), "done": done}
    async with visit.copies() as session:
        shown["members"] = await team_of(session, visit.actor.id)
    title = visit.say("corrections.own")
    return visit.page("corrections/own.html", title, status=status, section="more", form=form, **shown)


async def _waiting(
    visit: Visit, form: Form, *, tried: str = "", cursor: str = "", done: bool = False, status: int = 200
) -> Response:
    asked = {"state": "OPEN", "order": "OLDEST"}
    page = await visit.ask.get("registry", "/requests", **asked, limit=SIZE, cursor=cursor or None)
    shown = {"asked": page["items"], "people": await _people(visit, page["items"]), "done": done, "tried": tried}
    shown |= {"here": cursor, "following": page["next"]}
    moved = Form(
        form.values,
        errors={f"{name}-{tried}" if name else "": text for name, text in form.errors.items()},
        later=form.later,
    )
    title = visit.say("corrections.waiting")
    return visit.page("corrections/waiting.html", title, status=status, section="office", form=moved, **shown)


async def _people(visit: Visit, found: list[dict[str, Any]]) -> dict[str, str]:
    async with visit.copies() as session:
        ids = [one[name] for one in found for name in ("asked_by", "servant_id", "person_id")]
        return await people_names(session, ids)
