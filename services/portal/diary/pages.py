"""The pages of the daily log."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import HTTPException, Response
from starlette.responses import JSONResponse

from contracts.base import Relation
from kit.db import clock
from services.portal.cycles.queries import OwnCycle, current, own_cycles
from services.portal.diary import views
from services.portal.diary.entries import DAY_MINUTES, of_form, of_queue
from services.portal.diary.offline import words_of
from services.portal.diary.sending import send
from services.portal.diary.views import day_of
from services.portal.upstream.refusals import Refusal
from services.portal.web import csrf
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OWN = shown_to(Relation.SELF, note="one's own log; a leader reads it on the page of the plan")
_SHOWN_DAYS = 14


@router.get("/catatan", **_OWN)
async def diary(visit: Visiting, sejak: str = "", tersimpan: str = "") -> Response:
    """Write what was done, and read the last fourteen days."""
    cycles, today = await cycles_of(visit)
    return await _page(
        visit, Form(), cycles, today, since=day_of(sejak) or today - timedelta(days=_SHOWN_DAYS), kept=tersimpan
    )


@router.post("/catatan", **_OWN)
async def write(visit: Visiting, sent: Sent) -> Response:
    """One entry from the form, where the script of the page does not run."""
    cycles, today = await cycles_of(visit)
    entry = of_form(visit, sent, today)
    if entry is not None:
        [outcome] = await send(visit, [entry], cycles, await plans_of(visit))
        if outcome.kept:
            return visit.go("/catatan", tersimpan=entry.day.isoformat())
        name = {"day": "other_day"}.get(outcome.field, outcome.field)
        sent.errors[name if name in sent.values else ""] = outcome.wrong
    return await _page(visit, sent, cycles, today, since=today - timedelta(days=_SHOWN_DAYS), status=422)


@router.get("/catatan/kunci", **_OWN)
async def key(visit: Visiting) -> Response:
    """The token with which the phone's queue is sent: of the session there is now, whoever that is of."""
    _, today = await cycles_of(visit)
    return JSONResponse(
        {"csrf": csrf.masked(visit.signed.csrf), "who": str(visit.actor.id), "today": today.isoformat()}
    )


@router.post("/catatan/kirim", **_OWN)
async def take(visit: Visiting, sent: Sent) -> Response:
    """Entries of the phone's queue, with what became of each; what has no outcome stays on the phone."""
    cycles, today = await cycles_of(visit)
    try:
        entries = of_queue(visit, sent.text("entries"), today, cycles)
    except ValueError as error:
        raise HTTPException(422) from error
    outcomes = await send(visit, entries, cycles, await plans_of(visit))
    told = [{"id": one.id, "kept": one.kept, "wrong": one.wrong} for one in outcomes]
    return JSONResponse({"outcomes": told})


async def cycles_of(visit: Visit) -> tuple[list[OwnCycle], date]:
    """One's cycles and today."""
    async with visit.copies() as session:
        found = await own_cycles(session, visit.actor.id)
        return found, clock(session).now().astimezone(ZoneInfo(visit.visitor.zone)).date()


async def plans_of(visit: Visit) -> dict[str, Any]:
    """Own plans by cycle."""
    found = await visit.ask.every("plans", "/plans", servant_id=str(visit.actor.id))
    return {str(one["cycle_id"]): one for one in found}


async def _page(
    visit: Visit, form: Form, cycles: Sequence[OwnCycle], today: date, *, since: date, kept: str = "", status: int = 200
) -> Response:
    cycle = current([one for one in cycles if one.uses("daily_log")], today)
    plan, days, weeks = await _log(visit, cycle, since)
    shown = {
        "plan": plan,
        "results": views.results_of(plan),
        "days": days,
        "returned": views.returned(weeks),
        "since": since,
        "before": (since - timedelta(days=_SHOWN_DAYS)).isoformat(),
        "today": today,
        "yesterday": today - timedelta(days=1),
        "kept": kept if day_of(kept) else "",
        "words": words_of(visit.language),
        "most_minutes": DAY_MINUTES,
    }
    title = visit.say("diary.title")
    return visit.page("diary/diary.html", title, status=status, section="diary", form=form, **shown)


async def _log(visit: Visit, cycle: OwnCycle | None, since: date) -> tuple[Any, list[dict[str, Any]], list[Any]]:
    """The plan of the cycle, its entries by day, and its weeks; nothing where there is none."""
    if cycle is None:
        return None, [], []
    found = (await plans_of(visit)).get(str(cycle.id))
    if found is None:
        return None, [], []
    path = f"/plans/{found['id']}"
    plan, entries, weeks = await asyncio.gather(
        visit.ask.get("plans", path),
        visit.ask.every("plans", f"{path}/activities", since=since.isoformat()),
        _weeks(visit, path),
    )
    return plan, views.days(entries, views.results_of(plan)), weeks


async def _weeks(visit: Visit, path: str) -> list[Any]:
    try:
        return list((await visit.ask.get("plans", f"{path}/activities/weeks"))["weeks"])
    except Refusal as refusal:
        if refusal.status in (404, 409):  # the city approves no weeks
            return []
        raise
