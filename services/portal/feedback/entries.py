"""The daily log of somebody whom the reader leads: each entry with what was said about it, and the form to say more."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import HTTPException, Response

from contracts.base import Relation
from kit.db import clock
from services.portal.diary.views import day_of
from services.portal.drafts.pages import continued_each
from services.portal.drafts.pages import done as draft_done
from services.portal.feedback.pages import note_given
from services.portal.names.queries import names
from services.portal.plan.reading import read
from services.portal.web.forms import Form
from services.portal.web.numbers import page_number
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_LEADS = shown_to(Relation.RATER, Relation.AUTHORITY, note="as the plans and feedback services let them")
_DRAFT = "catatan"
_SIZE = 10
_DAYS = 14
"""Days back that are shown, and how many more the link to earlier ones adds."""
Json = Mapping[str, Any]


@router.get("/tim/catatan/{plan_id}", **_LEADS)
async def log(plan_id: str, visit: Visiting, sejak: str = "", halaman: str = "1", selesai: str = "") -> Response:
    """The newest entries first, ten at a time."""
    return await _page(visit, plan_id, Form(), since=sejak, number=halaman, done=selesai == "ya")


@router.post("/tim/catatan/{plan_id}", **_LEADS)
async def say_about(plan_id: str, visit: Visiting, sent: Sent, sejak: str = "", halaman: str = "1") -> Response:
    """What was observed in one entry, and how to go on; the person reads it beside the entry's words and may answer."""
    plan, entry = (await _led(visit, plan_id)), sent.text("entry")
    fields = {"what": f"what-{entry}", "how": f"how-{entry}"}
    said = {key: sent.require(field, visit.say(f"feedback.{key}_missing")) for key, field in fields.items()}
    about = {"cycle_id": plan["cycle_id"], "about_id": plan["servant_id"], "activity_id": entry}
    with sent.refusals(fields):
        if not sent.errors:
            await visit.ask.post("feedback", "/feedback", about | said, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, plan_id, sent, since=sejak, number=halaman, status=422)
    await draft_done(visit, _DRAFT, entry)
    await note_given(visit, plan["servant_id"])
    return visit.go(f"/tim/catatan/{plan_id}", **{"sejak": sejak} if sejak else {}, halaman=halaman, selesai="ya")


async def _led(visit: Visit, plan_id: str) -> Json:
    """Raises HTTPException for one's own: nobody tells oneself."""
    found = await read(visit, plan_id)
    if found.mine:
        raise HTTPException(404)
    return found.plan


async def _page(
    visit: Visit, plan_id: str, form: Form, *, since: str, number: str, done: bool = False, status: int = 200
) -> Response:
    plan = await _led(visit, plan_id)
    place, begins = page_number(number), await _begins(visit, since)
    entries, said = await asyncio.gather(
        visit.ask.every("plans", f"/plans/{plan_id}/activities", since=begins.isoformat()),
        visit.ask.every("feedback", "/feedback", cycle_id=plan["cycle_id"], about_id=plan["servant_id"]),
    )
    newest = sorted(entries, key=lambda one: (str(one["day"]), str(one["id"])), reverse=True)
    async with visit.copies() as session:
        people = await names(session, [plan["servant_id"], *(one["author_id"] for one in said)])
    page = newest[(place - 1) * _SIZE : place * _SIZE]
    given = await continued_each(visit, [(_DRAFT, str(one["id"])) for one in page], form)
    shown: dict[str, Any] = {"plan": plan, "people": people, "said": _by_entry(said), "done": done}
    shown |= {"entries": page, "more": place * _SIZE < len(newest)}
    shown |= {"since": begins, "earlier": begins - timedelta(days=_DAYS), "number": place}
    title = visit.say("feedback.log_of", name=people.get(plan["servant_id"], ""))
    return visit.page("feedback/entries.html", title, status=status, section="team", form=given, **shown)


async def _begins(visit: Visit, typed: str) -> date:
    """The first day that is shown: as the address names it, else some days ago."""
    if (named := day_of(typed)) is not None:
        return named
    async with visit.copies() as session:
        return clock(session).now().astimezone(ZoneInfo(visit.visitor.zone)).date() - timedelta(days=_DAYS)


def _by_entry(said: Sequence[Json]) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = defaultdict(list)
    for one in said:
        found[str(one["activity_id"])].append(one)
    return found
