"""Changes of the city's people by state: what is still to come, what the rules refused on its day; taken back by reason."""

from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from services.portal.names.queries import names
from services.portal.office.queries import SIZE, units
from services.portal.personnel.kinds import CHANGE_STATES
from services.portal.personnel.views import effect_of, ids_of, kind_of
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.tables import Kind, file_of
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_CHANGES = "/personnel-changes"
Json = dict[str, Any]


@router.get("/pengelola/perubahan", **_OFFICE)
async def planned(visit: Visiting, keadaan: str = "PLANNED", lanjut: str = "", selesai: str = "") -> Response:
    """Those of one state, the newest day first."""
    return await _page(visit, Form.filled(keadaan=keadaan), cursor=lanjut, done=selesai == "batal")


@router.get("/pengelola/perubahan/berkas.{kind}", **_OFFICE)
async def planned_file(kind: Kind, visit: Visiting, keadaan: str = "PLANNED") -> Response:
    """The same as a file."""
    rows, people = await _told(visit, await visit.ask.every("registry", _CHANGES, state=_state(keadaan)))
    heads = [
        visit.say(f"personnel.{one}") for one in ("since", "until", "person", "what", "says", "reason", "by", "note")
    ]
    lines = [
        (
            *(one["effective_on"], one["until"], people.get(one["servant_id"], ""), one["what"], one["says"]),
            *(one["reason"], people.get(one["recorded_by"], ""), one["note"]),
        )
        for one in rows
    ]
    return await file_of("perubahan", heads, lines, kind)


@router.post("/pengelola/perubahan/{change_id}/batal", **_OFFICE)
async def cancel(change_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Take a planned change back before its day, with the reason; what took effect is never undone."""
    reason = sent.require("reason", visit.say("personnel.missing_cancel"))
    with sent.refusals():
        if not sent.errors:
            path = f"/personnel-changes/{change_id}/cancellation"
            await visit.ask.post("registry", path, {"reason": reason}, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, sent, tried=str(change_id), cursor=sent.text("lanjut"), status=422)
    return visit.go("/pengelola/perubahan", selesai="batal")


def _state(asked: str) -> str:
    return asked if asked in CHANGE_STATES else "PLANNED"


async def _told(visit: Visit, found: list[Json]) -> tuple[list[Json], dict[str, str]]:
    async with visit.copies() as session:
        people = await names(session, ids_of(found))
        called = {one.id: one.name for one in await units(session)}
    rows = [one | {"what": kind_of(visit, one), "says": effect_of(visit, one, people, called)} for one in found]
    return rows, people


async def _page(
    visit: Visit, form: Form, *, tried: str = "", cursor: str = "", done: bool = False, status: int = 200
) -> Response:
    state = _state(form.text("keadaan"))
    page = await visit.ask.get("registry", _CHANGES, state=state, limit=SIZE, cursor=cursor or None)
    rows, people = await _told(visit, page["items"])
    return visit.page(
        "personnel/planned.html",
        visit.say("personnel.planned"),
        status=status,
        section="office",
        form=Form(
            form.values,
            errors={f"reason-{tried}" if name else "": one for name, one in form.errors.items()},
            later=form.later,
        ),
        tried=tried,
        state=state,
        states=CHANGE_STATES,
        rows=rows,
        people=people,
        here=cursor,
        following=page["next"],
        done=done,
    )
