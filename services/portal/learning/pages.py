"""Sessions of the cycle for whoever takes part in it, and the quiz."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import HTTPException, Response

from contracts.base import Relation
from services.portal.cycles.today import current_cycle
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OWN = shown_to(Relation.SELF, note="whoever takes part in the cycle")
_ACTS = {"ikut": "enrolment", "batal": "withdrawal"}


@router.get("/belajar", **_OWN)
async def learning(visit: Visiting, selesai: str = "") -> Response:
    """Sessions of the cycle of today, the next one first, with what one has been to."""
    return await _page(visit, Form(), done=selesai if selesai in _ACTS else "")


@router.post("/belajar/sesi/{session_id}/{act}", **_OWN)
async def come(session_id: UUID, act: str, visit: Visiting, sent: Sent) -> Response:
    """Enrol for oneself, or say that one does not come after all."""
    if act not in _ACTS:
        raise HTTPException(404)
    with sent.refusals():
        await visit.ask.post("feedback", f"/sessions/{session_id}/{_ACTS[act]}", key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, sent, status=422)
    return visit.go("/belajar", selesai=act)


async def _page(visit: Visit, form: Form, *, done: str = "", status: int = 200) -> Response:
    cycle = await current_cycle(visit)
    sessions: list[Any] = []
    if cycle is not None:
        sessions = await visit.ask.every("feedback", "/sessions", cycle_id=str(cycle.id))
    shown = {
        "cycle": cycle,
        "coming": sorted(
            (one for one in sessions if one["state"] == "PLANNED"), key=lambda one: one["planned_on"] or "9"
        ),
        "past": [one for one in sessions if one["state"] != "PLANNED"],
        "done": done,
    }
    title = visit.say("learning.title")
    return visit.page("learning/learning.html", title, status=status, section="more", form=form, **shown)


@router.get("/belajar/kuis/{cycle_id}", **_OWN)
async def quiz(cycle_id: UUID, visit: Visiting) -> Response:
    """The questions; nobody but oneself sees what one answered."""
    return await _quiz(visit, cycle_id, Form())


@router.post("/belajar/kuis/{cycle_id}", **_OWN)
async def answer(cycle_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Judged at once, each with the reason; as often as one likes."""
    asked = await visit.ask.get("feedback", f"/cycles/{cycle_id}/quiz")
    answers = []
    for one in asked["questions"]:
        chosen = sent.require(f"q-{one['id']}", visit.say("learning.choose"))
        if chosen.isdecimal():
            answers.append({"question_id": one["id"], "option": int(chosen)})
    judged = None
    with sent.refusals():
        if not sent.errors:
            body = {"answers": answers}
            judged = await visit.ask.post("feedback", f"/cycles/{cycle_id}/quiz", body, key=sent.text("form_id"))
    return await _quiz(visit, cycle_id, sent, judged=judged, status=422 if sent.errors else 200)


async def _quiz(visit: Visit, cycle_id: UUID, form: Form, *, judged: Any = None, status: int = 200) -> Response:
    cycle, asked = await asyncio.gather(
        visit.ask.get("evaluation", f"/cycles/{cycle_id}"), visit.ask.get("feedback", f"/cycles/{cycle_id}/quiz")
    )
    title = visit.say("learning.quiz_of", cycle=cycle["name"])
    shown = {"asked": asked, "judged": judged, "cycle_id": cycle_id}
    return visit.page("learning/quiz.html", title, status=status, section="more", form=form, **shown)
