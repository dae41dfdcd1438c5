"""One form for the units of a cycle, with what became of it."""

from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import OrgPerformance, Relation
from contracts.obligations import ObligationKind
from services.portal.drafts.pages import continued
from services.portal.drafts.pages import done as draft_done
from services.portal.duties.commands import note_done
from services.portal.office.queries import SIZE
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_UNIT = "unit-"
_VALUES = tuple(one.value for one in OrgPerformance)


@router.get("/pengelola/organisasi/{cycle_id}", **_OFFICE)
async def achievements(cycle_id: UUID, visit: Visiting, lanjut: str = "") -> Response:
    """The units with what is set so far."""
    return await _page(visit, cycle_id, Form(), cursor=lanjut)


@router.post("/pengelola/organisasi/{cycle_id}", **_OFFICE)
async def set_achievements(cycle_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """What was chosen; of a unit whose head the officer is tied to another officer sets it."""
    items = [
        {"unit_id": name.removeprefix(_UNIT), "performance": value}
        for name, value in sent.values.items()
        if name.startswith(_UNIT) and value in _VALUES
    ]
    told: dict[str, Any] = {}
    if not items:
        sent.wrong("", visit.say("organisations.choose"))
    with sent.refusals():
        if not sent.errors:
            body = {"items": items, "recommendation": sent.text("recommendation")}
            path = f"/cycles/{cycle_id}/org-performance"
            told = await visit.ask.post("evaluation", path, body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, cycle_id, sent, cursor=sent.text("lanjut"), status=422)
    if first := next((name for name in sent.values if name.startswith(_UNIT)), None):
        await draft_done(visit, *_draft(cycle_id, first.removeprefix(_UNIT)))
    if not told["missing"]:
        async with visit.copies() as session:
            await note_done(session, ObligationKind.SET_ORG_PERFORMANCE, cycle_id)
    return await _page(visit, cycle_id, Form(), cursor=sent.text("lanjut"), told=told)


async def _page(
    visit: Visit, cycle_id: UUID, form: Form, *, cursor: str = "", told: dict[str, Any] | None = None, status: int = 200
) -> Response:
    found = await visit.ask.get("evaluation", f"/cycles/{cycle_id}/units", limit=SIZE, cursor=cursor or None)
    units = found["items"]
    draft = _draft(cycle_id, units[0]["unit_id"] if units else "")
    if not form.errors:
        form = await continued(visit, *draft)
    called = {one["unit_id"]: one["name"] or "-" for one in units}
    return visit.page(
        "organisations/organisations.html",
        visit.say("organisations.title"),
        status=status,
        section="office",
        form=form,
        cycle_id=cycle_id,
        units=[one | {"chosen": form.text(f"{_UNIT}{one['unit_id']}") or one["performance"] or ""} for one in units],
        values=_VALUES,
        draft=draft,
        here=cursor,
        following=found["next"],
        told=told,
        left_out=[called.get(one, one) for one in (told or {}).get("left_out", ())],
    )


def _draft(cycle_id: UUID, first: str) -> tuple[str, str]:
    """Each page of units has its own; the first of its units says which page it is."""
    return "organisasi", f"{cycle_id}-{first}"
