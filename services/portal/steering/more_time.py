"""More time for a unit or a person: one form, an act in each service that sets deadlines, and the outcome of each."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Phase, Relation
from kit.errors import Busy
from services.portal.office.queries import find_by_nip, units
from services.portal.upstream.refusals import Refusal
from services.portal.web import names
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_ASKED = ("plans", "evaluation", "feedback")
_REASON_LENGTH = 5


@router.get("/pengelola/waktu/{cycle_id}", **_OFFICE)
async def more_time(cycle_id: UUID, visit: Visiting, nip: str = "") -> Response:
    """The form; somebody's own page fills in the NIP."""
    return await _page(visit, cycle_id, Form.filled(nip=nip))


@router.post("/pengelola/waktu/{cycle_id}", **_OFFICE)
async def give(cycle_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Each service is asked once for each form; one that refuses undoes nothing of the others, and says why."""
    body = await _body(visit, sent)
    if sent.errors:
        return await _page(visit, cycle_id, sent, status=422)
    outcomes = await asyncio.gather(
        *(_ask(visit, one, cycle_id, body, f"{sent.text('form_id')}-{one}") for one in _ASKED)
    )
    refused = [one for one in outcomes if isinstance(one["moved"], str)]
    if len(refused) == len(outcomes):
        sent.wrong("", str(refused[0]["moved"]))
    return await _page(visit, cycle_id, sent, outcomes=list(outcomes), status=422 if sent.errors else 200)


async def _body(visit: Visit, form: Form) -> dict[str, Any]:
    """What is missing is an error of the form."""
    form.require("until", visit.say("steering.until_missing"))
    if len(form.require("reason", visit.say("steering.reason_missing"))) < _REASON_LENGTH:
        form.errors["reason"] = visit.say("steering.reason_missing")
    body: dict[str, Any] = {"until": form.text("until"), "reason": form.text("reason"), "phase": form.text("phase")}
    if unit := form.text("unit"):
        if form.text("nip"):
            form.wrong("nip", visit.say("steering.both"))
        return body | {"unit_id": unit}
    if not (nip := form.require("nip", visit.say("steering.whom_missing"))):
        return body
    async with visit.copies() as session:
        person = await find_by_nip(session, nip)
    if person is None:
        form.wrong("nip", visit.say("steering.nip_unknown"))
    return body | {"person_id": str(person)}


async def _ask(visit: Visit, service: str, cycle_id: UUID, body: dict[str, Any], key: str) -> dict[str, Any]:
    """Whatever it answers is its outcome, silence too: the others may have moved what they hold. Raises Refusal for 401."""
    try:
        told = await visit.ask.post(service, f"/cycles/{cycle_id}/more-time", body, key=key)
    except Busy:
        return {"service": service, "moved": visit.say("steering.silent")}
    except Refusal as refusal:
        if refusal.status == 401:
            raise
        said = "; ".join(one.detail for one in refusal.faults) or refusal.detail or refusal.title
        return {"service": service, "moved": said}
    return {"service": service, "moved": told["moved"], "left_out": len(told.get("left_out") or ())}


async def _page(
    visit: Visit, cycle_id: UUID, form: Form, *, outcomes: list[dict[str, Any]] | None = None, status: int = 200
) -> Response:
    standing = await visit.ask.get("evaluation", f"/cycles/{cycle_id}/standing")
    async with visit.copies() as session:
        known = await units(session)
    form.values = {"phase": standing["phase"] or "", **form.values}
    choices = [{"value": "", "text": visit.say("steering.one_person")}]
    return visit.page(
        "steering/more_time.html",
        visit.say("steering.more_time"),
        status=status,
        section="office",
        cycle_id=cycle_id,
        form=form,
        outcomes=outcomes,
        phases=[
            {"value": one.value, "text": names.phase(visit.language, one.value)}
            for one in Phase
            if one.value not in standing["done"]
        ],
        units=choices + [{"value": str(one.id), "text": one.name} for one in known],
    )
