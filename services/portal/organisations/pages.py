"""One form for the units of a cycle, with what became of it."""

from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import OrgPerformance, Relation, Role
from contracts.obligations import ObligationKind
from services.portal.drafts.pages import continued
from services.portal.drafts.pages import done as draft_done
from services.portal.duties.commands import note_done
from services.portal.duties.queries import own_duties
from services.portal.office.queries import SIZE
from services.portal.web.errors import not_for_you
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_WHO = (Relation.OFFICE, Relation.DEBTOR)
_SETS = shown_to(*_WHO, note="whoever owes it, where no officer may act")
_UNIT = "unit-"
_VALUES = tuple(one.value for one in OrgPerformance)


@router.get("/pengelola/organisasi/{cycle_id}", **_SETS)
async def achievements(cycle_id: UUID, visit: Visiting, lanjut: str = "") -> Response:
    """The units with what is set so far."""
    if not await _sets(visit, cycle_id):
        return not_for_you(visit, [*_WHO])
    return await _page(visit, cycle_id, Form(), cursor=lanjut)


@router.post("/pengelola/organisasi/{cycle_id}", **_SETS)
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


async def _sets(visit: Visit, cycle_id: UUID) -> bool:
    """Whether the visitor is at the desk or owes it: the list of units is open to anybody, its form is not for all."""
    if visit.has(Role.PERFORMANCE_OFFICE):
        return True
    async with visit.copies() as session:
        duties = await own_duties(session, visit.actor.id)
    return any(one.kind is ObligationKind.SET_ORG_PERFORMANCE and one.cycle_id == cycle_id for one in duties)


async def _page(
    visit: Visit, cycle_id: UUID, form: Form, *, cursor: str = "", told: dict[str, Any] | None = None, status: int = 200
) -> Response:
    found = await visit.ask.get("evaluation", f"/cycles/{cycle_id}/units", limit=SIZE, cursor=cursor or None)
    units, at_desk = found["items"], visit.has(Role.PERFORMANCE_OFFICE)
    draft = _draft(cycle_id, units[0]["unit_id"] if units else "")
    if not form.errors:
        form = await continued(visit, *draft)
    called = {one["unit_id"]: one["name"] or "-" for one in units}
    return visit.page(
        "organisations/organisations.html",
        visit.say("organisations.title"),
        status=status,
        section="office" if at_desk else "tasks",
        at_desk=at_desk,
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
