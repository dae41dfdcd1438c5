"""Changes from a person's page: another rater, an acting official, a transfer, a leave or a retirement."""

from typing import Any
from uuid import UUID

from fastapi import HTTPException, Response

from contracts.base import Relation
from services.portal.corrections.requests import nip_of
from services.portal.office.queries import units
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
ACTS = ("penilai", "pelaksana", "pindah", "status")
_STATUSES = ("STUDY_LEAVE", "UNPAID_LEAVE", "SUSPENDED", "PRE_RETIREMENT", "RETIRED", "DIED", "MOVED_AWAY", "ACTIVE")
_PERSON = {"penilai": "rater_id", "pelaksana": "acting_id", "pindah": "rater_id", "status": "successor_id"}
_NEEDED = ("penilai", "pelaksana")


@router.get("/pengelola/orang/{person_id}/{act}", **_OFFICE)
async def form_of(person_id: UUID, act: str, visit: Visiting) -> Response:
    """The form of one change."""
    return await _page(visit, person_id, act, Form())


@router.post("/pengelola/orang/{person_id}/{act}", **_OFFICE)
async def change(person_id: UUID, act: str, visit: Visiting, sent: Sent) -> Response:
    """Record it; it takes effect on its day."""
    if act not in ACTS:
        raise HTTPException(404)
    about = await visit.ask.get("registry", f"/servants/{person_id}")
    body = await _body(visit, sent, act)
    if act == "pelaksana":
        body["absent_id"] = str(person_id)
    path = {
        "penilai": f"/servants/{person_id}/raters",
        "pelaksana": f"/units/{about['unit_id']}/acting",
        "pindah": f"/servants/{person_id}/transfers",
        "status": f"/servants/{person_id}/status",
    }[act]
    with sent.refusals({_PERSON[act]: "person_nip", "from": "since", "unit_id": "unit"}):
        if not sent.errors:
            await visit.ask.post("registry", path, body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, person_id, act, sent, status=422)
    return visit.go(f"/pengelola/orang/{person_id}", selesai="ya")


async def _body(visit: Visit, form: Form, act: str) -> dict[str, Any]:
    body: dict[str, Any] = {
        "from": form.require("since", visit.say("corrections.since_missing")),
        "reason": form.require("reason", visit.say("corrections.why")),
    }
    if act in _NEEDED:
        form.require("person_nip", visit.say("corrections.nip_missing"))
    if found := await nip_of(visit, form, "person_nip"):
        body[_PERSON[act]] = found
    if act != "pindah" and (until := form.text("until")):
        body["until"] = until
    chosen = {"pelaksana": ("kind", "kind"), "pindah": ("unit", "unit_id"), "status": ("status", "status")}.get(act)
    if chosen:
        body[chosen[1]] = form.text(chosen[0])
    return body


async def _page(visit: Visit, person_id: UUID, act: str, form: Form, *, status: int = 200) -> Response:
    if act not in ACTS:
        raise HTTPException(404)
    about = await visit.ask.get("registry", f"/servants/{person_id}")
    async with visit.copies() as session:
        known = await units(session) if act == "pindah" else []
    return visit.page(
        "corrections/change.html",
        visit.say(f"corrections.act_{act}", name=about["name"]),
        status=status,
        section="office",
        form=form,
        about=about,
        act=act,
        units=[{"value": str(one.id), "text": one.name} for one in known],
        statuses=[{"value": one, "text": visit.say(f"corrections.status_{one.lower()}")} for one in _STATUSES],
        kinds=[{"value": one, "text": visit.say(f"corrections.kind_{one.lower()}")} for one in ("PLH", "PLT")],
    )
