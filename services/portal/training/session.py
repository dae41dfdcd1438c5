"""The page of one session: who is invited, enrolled or was there; reported, invited to, called off."""

from typing import Any
from uuid import UUID

from fastapi import HTTPException, Response

from contracts.base import Relation, Role
from contracts.obligations import ObligationKind
from services.portal.drafts.pages import continued_each
from services.portal.drafts.pages import done as draft_done
from services.portal.duties.commands import note_done
from services.portal.office.queries import find_by_nips, units
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_HOLDS = shown_to(Relation.OFFICE, Relation.DEBTOR, note="whoever owes the session")
_DRAFT = "sosialisasi"
_ACTS = {"lapor": "report", "undang": "invitations", "batal": "calling-off"}
_FIELDS = {"attendee_ids": "nips", "person_ids": "invited", "unit_id": "unit"}
_MOST_NIPS = 5_000
"""Lines of a field: as many people as one invitation may name, and no more than a draft has room for."""
_MOST_TICKED = 1_500
"""People who can be ticked; beyond that a form has more fields than are taken, and whoever came is named by NIP."""


@router.get("/pengelola/sosialisasi/{session_id}", **_HOLDS)
async def one_session(session_id: UUID, visit: Visiting, selesai: str = "") -> Response:
    """Who is invited, enrolled or was there; the report, invitations and calling it off."""
    return await _one(visit, session_id, Form(), done=selesai if selesai in _ACTS else "")


@router.post("/pengelola/sosialisasi/{session_id}/{act}", **_HOLDS)
async def do(session_id: UUID, act: str, visit: Visiting, sent: Sent) -> Response:
    """Report it with who came, invite, or call a further session off."""
    if act not in _ACTS:
        raise HTTPException(404)
    body = await {"lapor": _report, "undang": _invitation, "batal": _reason}[act](visit, sent)
    with sent.refusals(_FIELDS):
        if not sent.errors:
            await visit.ask.post("feedback", f"/sessions/{session_id}/{_ACTS[act]}", body, key=sent.text("form_id"))
    if sent.errors:
        return await _one(visit, session_id, sent, status=422)
    if act == "lapor":
        await draft_done(visit, _DRAFT, str(session_id))
        async with visit.copies() as session:
            await note_done(session, ObligationKind.HOLD_SESSION, session_id)
    return visit.go(f"/pengelola/sosialisasi/{session_id}", selesai=act)


async def _report(visit: Visit, form: Form) -> dict[str, Any]:
    return {
        "held_on": form.require("held_on", visit.say("training.day_missing")),
        "attendee_ids": list(dict.fromkeys([*form.many("attendee"), *await _typed(visit, form, "nips")])),
        "materials": [line.strip() for line in form.text("materials").splitlines() if line.strip()],
    }


async def _invitation(visit: Visit, form: Form) -> dict[str, Any]:
    people = await _typed(visit, form, "invited")
    if unit := form.text("unit"):
        return {"unit_id": unit, "person_ids": people}
    if not people and not form.errors:
        form.wrong("unit", visit.say("training.whom_missing"))
    return {"person_ids": people}


async def _reason(visit: Visit, form: Form) -> dict[str, Any]:
    return {"reason": form.require("reason", visit.say("training.reason_missing"))}


async def _typed(visit: Visit, form: Form, field: str) -> list[str]:
    """Whose NIPs were typed, one a line; nobody's, or more than can be sent at once, are an error of the field."""
    lines = dict.fromkeys("".join(one.split()) for one in form.text(field).splitlines())
    nips = [one for one in lines if one]
    if len(nips) > _MOST_NIPS:
        form.wrong(field, visit.say("training.too_many_nips", n=len(nips), most=_MOST_NIPS))
        return []
    async with visit.copies() as session:
        found = await find_by_nips(session, nips)
    if unknown := [one[:30] for one in nips if one not in found]:
        form.wrong(field, visit.say("training.nips_unknown", nips=", ".join(unknown)))
    return [str(found[one]) for one in nips if one in found]


async def _one(visit: Visit, session_id: UUID, form: Form, *, done: str = "", status: int = 200) -> Response:
    """Whichever form was sent, the report goes on where its draft was left."""
    found = await visit.ask.get("feedback", f"/sessions/{session_id}")
    given = await continued_each(visit, [(_DRAFT, str(session_id))], form)
    people = await _people(visit, session_id)
    async with visit.copies() as session:
        known = await units(session)
    begun = "held_on" in given.values
    topic = found["title_id"] if visit.language == "id" else found["title_en"]
    choices = [{"value": "", "text": visit.say("training.no_unit")}]
    return visit.page(
        "training/session.html",
        visit.say("training.session", topic=topic, n=found["number"]),
        status=status,
        section="office",
        form=given,
        one=found,
        people=people,
        may_tick=len(people) <= _MOST_TICKED,
        ticked=set(given.many("attendee") if begun else (one["person_id"] for one in people if one["enrolled"])),
        units=choices + [{"value": str(one.id), "text": one.name} for one in known],
        done=done,
    )


async def _people(visit: Visit, session_id: UUID) -> list[Any]:
    """All of the session; nobody for whoever owes its report and is no office."""
    if not visit.has(Role.PERFORMANCE_OFFICE):
        return []
    return await visit.ask.every("feedback", f"/sessions/{session_id}/people")
