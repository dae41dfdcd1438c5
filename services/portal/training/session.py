"""The page of one session: who is invited, enrolled or was there; reported, invited to, called off."""

from typing import Any
from uuid import UUID

from fastapi import HTTPException, Response

from contracts.base import Relation
from contracts.obligations import ObligationKind
from services.portal.drafts.pages import continued
from services.portal.drafts.pages import done as draft_done
from services.portal.duties.commands import note_done
from services.portal.office.queries import find_by_nip, units
from services.portal.training.reading import session_of
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_HOLDS = shown_to(Relation.OFFICE, Relation.DEBTOR, note="whoever owes the session")
_DRAFT = "sosialisasi"
_ACTS = {"lapor": "report", "undang": "invitations", "batal": "calling-off"}


@router.get("/pengelola/sosialisasi/{session_id}", **_HOLDS)
async def one_session(session_id: UUID, visit: Visiting, selesai: str = "") -> Response:
    """Who is invited, enrolled or was there; the report, invitations and calling it off."""
    given = await continued(visit, _DRAFT, str(session_id))
    return await _one(visit, session_id, given, done=selesai if selesai in _ACTS else "")


@router.post("/pengelola/sosialisasi/{session_id}/{act}", **_HOLDS)
async def do(session_id: UUID, act: str, visit: Visiting, sent: Sent) -> Response:
    """Report it with who came, invite, or call a further session off."""
    if act not in _ACTS:
        raise HTTPException(404)
    body = await {"lapor": _report, "undang": _invitation, "batal": _reason}[act](visit, sent)
    with sent.refusals({"attendee_ids": "nips", "person_ids": "nips", "unit_id": "unit"}):
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
        "attendee_ids": list(dict.fromkeys([*form.many("attendee"), *await _typed(visit, form)])),
        "materials": [line.strip() for line in form.text("materials").splitlines() if line.strip()],
    }


async def _invitation(visit: Visit, form: Form) -> dict[str, Any]:
    people = await _typed(visit, form)
    if unit := form.text("unit"):
        return {"unit_id": unit, "person_ids": people}
    if not people and not form.errors:
        form.wrong("unit", visit.say("training.whom_missing"))
    return {"person_ids": people}


async def _reason(visit: Visit, form: Form) -> dict[str, Any]:
    return {"reason": form.require("reason", visit.say("training.reason_missing"))}


async def _typed(visit: Visit, form: Form) -> list[str]:
    """Whose NIPs were typed, one a line; nobody's is an error of the field."""
    found = []
    async with visit.copies() as session:
        for line in [one.strip() for one in form.text("nips").splitlines() if one.strip()][:200]:
            if (person := await find_by_nip(session, line)) is None:
                form.wrong("nips", visit.say("training.nip_unknown", nip=line[:30]))
            else:
                found.append(str(person))
    return found


async def _one(visit: Visit, session_id: UUID, form: Form, *, done: str = "", status: int = 200) -> Response:
    found = await session_of(visit, session_id)
    people = (await visit.ask.maybe("feedback", f"/sessions/{session_id}/people", limit=200)) or {"items": []}
    async with visit.copies() as session:
        known = await units(session)
    topic = found["title_id"] if visit.language == "id" else found["title_en"]
    choices = [{"value": "", "text": visit.say("training.no_unit")}]
    return visit.page(
        "training/session.html",
        visit.say("training.session", topic=topic, n=found["number"]),
        status=status,
        section="office",
        form=form,
        one=found,
        people=people["items"],
        ticked=form.many("attendee"),
        units=choices + [{"value": str(one.id), "text": one.name} for one in known],
        done=done,
    )
