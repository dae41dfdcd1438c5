"""Objections of a cycle by what is to be decided soonest, and the form by which another authority is named."""

import asyncio
from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from kit.db import clock
from services.portal.corrections.requests import nip_of
from services.portal.docket.queries import units_of
from services.portal.names.queries import names
from services.portal.objections.views import OPEN
from services.portal.office.queries import SIZE, units
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_ENDED = ("UPHELD", "AMENDED", "WITHDRAWN")
STATES = {"OPEN": OPEN, **{one: (one,) for one in (*OPEN, *_ENDED)}, "ALL": ()}
"""What the filter offers, and the states that it means; none are all."""
Json = dict[str, Any]


@router.get("/pengelola/keberatan/{cycle_id}", **_OFFICE)
async def docket(
    cycle_id: UUID, visit: Visiting, keadaan: str = "OPEN", unit: str = "", lanjut: str = "", selesai: str = ""
) -> Response:
    """Those that are open, the nearest limit first; of one unit or another state if one is named."""
    state = keadaan if keadaan in STATES else "OPEN"
    asked: Json = {"cycle_id": str(cycle_id), "unit_id": unit or None, "state": STATES[state] or None, "order": "DUE"}
    found, counted = await asyncio.gather(
        visit.ask.get("feedback", "/objections", **asked, limit=SIZE, cursor=lanjut or None),
        visit.ask.every("feedback", f"/cycles/{cycle_id}/objection-statistics"),
    )
    rows = found["items"]
    async with visit.copies() as session:
        people = await names(session, [one[key] for one in rows for key in ("servant_id", "rater_id", "authority_id")])
        placed = await units_of(session, cycle_id, [one["servant_id"] for one in rows])
        known = {str(one.id): one.name for one in await units(session)}
        now = clock(session).now()
    return visit.page(
        "docket/docket.html",
        visit.say("docket.title"),
        section="office",
        cycle_id=cycle_id,
        rows=rows,
        people=people,
        placed=placed,
        late={one["id"] for one in rows if one["state"] in OPEN and datetime.fromisoformat(one["decide_by"]) < now},
        open_states=OPEN,
        counts=_by_unit(counted, known),
        states=tuple(STATES),
        chosen={"keadaan": state, "unit": unit},
        unit_name=known.get(unit, ""),
        following=found["next"],
        done=selesai == "ya",
    )


@router.get("/pengelola/keberatan/{cycle_id}/{objection_id}", **_OFFICE)
async def authority(cycle_id: UUID, objection_id: UUID, visit: Visiting) -> Response:
    """Who decides, and the form that names another."""
    return await _authority(visit, cycle_id, objection_id, Form())


@router.post("/pengelola/keberatan/{cycle_id}/{objection_id}", **_OFFICE)
async def reassign(cycle_id: UUID, objection_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Another authority, who is no party and ranks high enough; the limit stays."""
    reason = sent.require("reason", visit.say("docket.reason_missing"))
    sent.require("person_nip", visit.say("docket.nip_missing"))
    found = await nip_of(visit, sent, "person_nip")
    with sent.refusals({"authority_id": "person_nip"}):
        if not sent.errors:
            body = {"authority_id": found, "reason": reason}
            await visit.ask.post("feedback", f"/objections/{objection_id}/authority", body, key=sent.text("form_id"))
    if sent.errors:
        return await _authority(visit, cycle_id, objection_id, sent, status=422)
    return visit.go(f"/pengelola/keberatan/{cycle_id}", selesai="ya")


async def _authority(visit: Visit, cycle_id: UUID, objection_id: UUID, form: Form, *, status: int = 200) -> Response:
    case = await visit.ask.get("feedback", f"/objections/{objection_id}")
    async with visit.copies() as session:
        people = await names(session, [case[key] for key in ("servant_id", "rater_id", "authority_id")])
    return visit.page(
        "docket/authority.html",
        visit.say("docket.other", name=people.get(case["servant_id"], "-")),
        status=status,
        section="office",
        form=form,
        cycle_id=cycle_id,
        case=case,
        people=people,
        is_open=case["state"] in OPEN,
    )


def _by_unit(counted: list[Json], known: dict[str, str]) -> list[Json]:
    """How many are open, ended and late in each unit, most open ones first."""
    found: dict[str, Counter[str]] = {}
    for one in counted:
        kind = "open" if one["state"] in OPEN else "ended"
        found.setdefault(one["unit_id"], Counter()).update({kind: one["objections"], "late": one["overdue"]})
    rows = [{"id": unit, "name": known.get(unit, "-"), **dict(count)} for unit, count in found.items()]
    return sorted(rows, key=lambda one: (-one.get("open", 0), one["name"]))
