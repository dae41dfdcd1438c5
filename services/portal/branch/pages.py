"""The page of a branch, reminding one of its raters, and comparing them."""

from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from services.portal.branch.queries import Owed, owed_by_raters, raters, units
from services.portal.cycles.queries import chosen
from services.portal.duties.names import duty_name
from services.portal.names.queries import names
from services.portal.standings.queries import Wanted, standings
from services.portal.team.queries import led_cycles
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_AUTHORITY = shown_to(Relation.AUTHORITY, note="one's own branch; others find it empty")
_SIZE = 200


@router.get("/cabang", **_AUTHORITY)
async def branch(visit: Visiting, siklus: str = "", selesai: str = "") -> Response:
    """By unit and by rater, those first who are late, and everybody with the result that may be read."""
    return await _page(visit, Form.filled(cycle=siklus), done=selesai == "ya")


@router.post("/cabang/ingatkan/{duty_id}", **_AUTHORITY)
async def remind(duty_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Once a day and obligation; the ladder goes on as if nothing had happened."""
    with sent.refusals():
        await visit.ask.post("notify", f"/obligations/{duty_id}/nudge", {}, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, sent, status=422)
    return visit.go("/cabang", siklus=sent.text("cycle"), selesai="ya")


async def _page(visit: Visit, form: Form, *, done: bool = False, status: int = 200) -> Response:
    title = visit.say("branch.title")
    async with visit.copies() as session:
        cycles = [one for one in await led_cycles(session, visit.actor.id) if one.reviews]
        cycle = chosen(cycles, form.text("cycle"))
        if cycle is None:
            return visit.page("branch/branch.html", title, section="branch", form=form, cycle=None)
        mine = (session, cycle.id, visit.actor.id)
        by_unit, by_rater, owed = await units(*mine), await raters(*mine), await owed_by_raters(*mine)
        people = await standings(session, Wanted(cycle.id, authority_id=visit.actor.id, sort="unit"), size=_SIZE)
    duties: dict[UUID, list[dict[str, Any]]] = {}
    for one in owed:
        duties.setdefault(one.debtor_id, []).append({"row": one, "name": _name(visit, one)})
    return visit.page(
        "branch/branch.html",
        title,
        status=status,
        section="branch",
        form=form,
        cycle=cycle,
        others=[one for one in cycles if one.id != cycle.id],
        units=by_unit,
        raters=sorted(by_rater, key=lambda one: not any(each["row"].late for each in duties.get(one.id, ()))),
        duties=duties,
        late=len({one.debtor_id for one in owed if one.late}),
        people=people.rows,
        total=people.total,
        done=done,
    )


def _name(visit: Visit, owed: Owed) -> str:
    called = duty_name(visit.language, owed.kind)
    return f"{called}: {owed.about}" if owed.about else called


@router.get("/cabang/banding/{cycle_id}", **_AUTHORITY)
async def compare(cycle_id: UUID, visit: Visiting) -> Response:
    """How each rater of the branch rates beside the others; small groups have no numbers."""
    found = await visit.ask.get("evaluation", f"/cycles/{cycle_id}/fairness/branch", limit=200)
    async with visit.copies() as session:
        people = await names(session, [one["rater_id"] for one in found["items"]])
    title = visit.say("branch.compare")
    return visit.page("branch/compare.html", title, section="branch", found=found, people=people, cycle_id=cycle_id)
