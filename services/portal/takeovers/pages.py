"""The page on which a rater takes a work result over: each result of the plan with what was achieved, and the note."""

import asyncio
from typing import Any

from fastapi import HTTPException, Response

from contracts.base import Relation
from services.portal.drafts.pages import continued_each
from services.portal.drafts.pages import done as draft_done
from services.portal.plan.reading import people_of, read
from services.portal.takeovers.reading import called, taken_of
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_DRAFT = "ambil-alih"
_RATER = shown_to(Relation.RATER, note="as the plans and feedback services let them")


@router.get("/tim/ambil-alih/{plan_id}", **_RATER)
async def results(plan_id: str, visit: Visiting, selesai: str = "") -> Response:
    """Every result of a plan that is set, with the form that takes it over, or the note with which that was done."""
    return await _page(visit, plan_id, Form(), done=selesai == "ya")


@router.post("/tim/ambil-alih/{plan_id}", **_RATER)
async def take_over(plan_id: str, visit: Visiting, sent: Sent) -> Response:
    """One result, with a note: the leader does it from now on, and that is not taken back."""
    plan = (await read(visit, plan_id)).plan
    result = next((one for one in plan["results"] if one["id"] == sent.text("result")), None)
    if result is None:
        raise HTTPException(404)
    field = f"note-{result['id']}"
    body = {
        "cycle_id": plan["cycle_id"],
        "servant_id": plan["servant_id"],
        "result": called(result["statement"]),
        "note": sent.require(field, visit.say("takeovers.note_missing")),
    }
    with sent.refusals({"note": field}):
        if not sent.errors:
            await visit.ask.post("feedback", "/take-overs", body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, plan_id, sent, status=422)
    await draft_done(visit, _DRAFT, f"{plan_id}-{result['id']}")
    return visit.go(f"/tim/ambil-alih/{plan_id}", selesai="ya")


async def _page(visit: Visit, plan_id: str, form: Form, *, done: bool = False, status: int = 200) -> Response:
    found = await read(visit, plan_id)
    if found.mine:  # nobody takes over from oneself
        raise HTTPException(404)
    plan = found.plan
    people, taken = await asyncio.gather(people_of(visit, plan), taken_of(visit, plan["cycle_id"], plan["servant_id"]))
    given = await continued_each(visit, [(_DRAFT, f"{plan_id}-{one['id']}") for one in plan["results"]], form)
    by_result = {one["result"]: one for one in taken}
    name = people.get(plan["servant_id"], "")
    shown: dict[str, Any] = {"plan": plan, "name": name, "done": done}
    shown |= {"results": [(one, by_result.get(called(one["statement"]))) for one in plan["results"]]}
    title = visit.say("takeovers.title", name=name)
    return visit.page("takeovers/takeovers.html", title, status=status, section="team", form=given, **shown)
