"""The office's page of sessions: all of a cycle, who was reached, and a further one to be planned."""

import asyncio
from typing import Any

from fastapi import HTTPException, Response

from contracts.base import Relation
from services.portal.training.reading import cycle_of, reached
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_MOST_SEATS = 20_000
"""As the service has it."""


@router.get("/pengelola/sosialisasi", **_OFFICE)
async def sessions(visit: Visiting, siklus: str = "", selesai: str = "") -> Response:
    """Those of the newest open cycle, or of the one that is named."""
    return await _list(visit, Form.filled(cycle=siklus), done=selesai == "ya")


@router.post("/pengelola/sosialisasi", **_OFFICE)
async def plan(visit: Visiting, sent: Sent) -> Response:
    """A further session of a topic."""
    cycle, _ = await cycle_of(visit, sent.text("cycle"))
    body: dict[str, Any] = {
        "topic": int(topic) if (topic := sent.text("topic")[:9]).isdecimal() else 0,
        "planned_on": sent.require("planned_on", visit.say("training.day_missing")),
        "place": sent.require("place", visit.say("training.place_missing")),
    }
    if typed := sent.text("seats"):
        body["seats"] = _seats(visit, sent, typed)
    if cycle is None:
        raise HTTPException(404)
    with sent.refusals():
        if not sent.errors:
            await visit.ask.post("feedback", f"/cycles/{cycle.id}/sessions", body, key=sent.text("form_id"))
    if sent.errors:
        return await _list(visit, sent, status=422)
    return visit.go("/pengelola/sosialisasi", siklus=str(cycle.id), selesai="ya")


def _seats(visit: Visit, form: Form, typed: str) -> int:
    """A whole number within the bound; anything else is an error of the field."""
    seats = int(typed) if typed.isdecimal() and len(typed) <= len(str(_MOST_SEATS)) else 0
    if not 1 <= seats <= _MOST_SEATS:
        form.wrong("seats", visit.say("training.seats_wrong", most=_MOST_SEATS))
    return seats


async def _list(visit: Visit, form: Form, *, done: bool = False, status: int = 200) -> Response:
    cycle, known = await cycle_of(visit, form.text("cycle"))
    found: list[Any] = []
    coverage: list[Any] = []
    if cycle is not None:
        found, coverage = await asyncio.gather(
            visit.ask.every("feedback", "/sessions", cycle_id=str(cycle.id)),
            visit.ask.every("feedback", f"/cycles/{cycle.id}/coverage"),
        )
    topics = {one["ordinal"]: one["title_id"] if visit.language == "id" else one["title_en"] for one in found}
    return visit.page(
        "training/sessions.html",
        visit.say("training.title"),
        status=status,
        section="office",
        form=form,
        cycle=cycle,
        others=[one for one in known if cycle is None or one.id != cycle.id],
        found=found,
        topics=topics,
        choices=[{"value": str(ordinal), "text": text} for ordinal, text in topics.items()],
        reached=reached(coverage),
        done=done,
    )
