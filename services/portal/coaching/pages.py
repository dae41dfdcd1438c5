"""The pages of coaching and counselling: what a rater asks for, and what everybody gives, receives or hears of."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from services.portal.coaching.views import groups, running_first
from services.portal.cycles.today import current_cycle
from services.portal.names.asked import whom
from services.portal.names.people import Named, near
from services.portal.names.queries import names
from services.portal.team.queries import team_of
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_RATER = shown_to(Relation.RATER, note="for one's own team")
_ANYONE = shown_to(Relation.ANYONE, note="that one takes part in, asked for, or hears the outcome of")
_FIELDS = {"servant_id": "servant", "coach_id": "coach"}
COUNSELLING = "COUNSELLING"
Json = dict[str, Any]


@router.get("/bimbingan", **_ANYONE)
async def own(visit: Visiting) -> Response:
    """By what the reader has to do with it; what was spoken about is on the page of each, for those who may read it."""
    found = await visit.ask.every("feedback", "/coachings")
    shown: Json = {"groups": groups(found, str(visit.actor.id)), "people": await _people(visit, found)}
    return visit.page("coaching/own.html", visit.say("coaching.title"), section="more", **shown)


@router.get("/tim/bimbingan", **_RATER)
async def team(visit: Visiting, untuk: str = "", selesai: str = "") -> Response:
    """The form, and all that the reader asked for; ``untuk`` is the id of somebody of the team."""
    async with visit.copies() as session:
        members = await team_of(session, visit.actor.id)
    chosen = next((one.label for one in members if str(one.id) == untuk), None)
    return await _team(visit, Form.filled(servant=chosen), members, done=selesai == "ya")


@router.post("/tim/bimbingan", **_RATER)
async def ask(visit: Visiting, sent: Sent) -> Response:
    """Ask somebody to guide or counsel one of the team; where nobody is named for coaching, the rater guides."""
    async with visit.copies() as session:
        members = await team_of(session, visit.actor.id)
    body = await _body(visit, sent, members)
    with sent.refusals(_FIELDS):
        if not sent.errors:
            await visit.ask.post("feedback", "/coachings", body, key=sent.text("form_id"))
    if sent.errors:
        return await _team(visit, sent, members, status=422)
    return visit.go("/tim/bimbingan", selesai="ya")


async def _body(visit: Visit, sent: Form, members: Sequence[Named]) -> Json:
    counselling = sent.text("kind") == COUNSELLING
    sent.require("servant", visit.say("coaching.servant_missing"))
    servant = await whom(visit, sent, "servant", members)
    if counselling:
        sent.require("coach", visit.say("coaching.counsellor_missing"))
    coach = await whom(visit, sent, "coach") or str(visit.actor.id)
    topic = sent.require("topic", visit.say("coaching.topic_missing"))
    cycle = await current_cycle(visit, member=UUID(servant)) if servant else None
    if servant and cycle is None:
        sent.wrong("servant", visit.say("coaching.no_cycle"))
    kind = COUNSELLING if counselling else "COACHING"
    about = {"cycle_id": str(cycle.id) if cycle else "", "servant_id": servant}
    return about | {"coach_id": coach, "kind": kind, "topic": topic}


async def _team(
    visit: Visit, form: Form, members: Sequence[Named], *, done: bool = False, status: int = 200
) -> Response:
    me = str(visit.actor.id)
    asked = [one for one in await visit.ask.every("feedback", "/coachings") if one["rater_id"] == me]
    async with visit.copies() as session:
        around = await near(session, visit.actor.id)
    shown: Json = {"asked": running_first(asked), "people": await _people(visit, asked)}
    shown |= {"members": members, "around": around, "done": done}
    title = visit.say("coaching.title")
    return visit.page("coaching/team.html", title, status=status, section="team", form=form, **shown)


async def _people(visit: Visit, found: Sequence[Json]) -> dict[str, str]:
    async with visit.copies() as session:
        return await names(session, [one[key] for one in found for key in ("servant_id", "coach_id", "rater_id")])
