"""Evaluating a period: the whole team at once, as before or with ratings for those who differ."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.obligations import ObligationKind
from kit.db import clock
from services.portal.duties.commands import note_done
from services.portal.duties.queries import own_duties
from services.portal.rating import queries
from services.portal.rating.pages import RATERS, RATINGS
from services.portal.rating.queries import Rated, rated_by
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.visit import Visit, Visiting

router = pages()
_EVALUATED = ("EVALUATED", "ALREADY_SO")
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Team:
    """Whom the reader evaluates in a cycle, with the periods of each by appraisal."""

    people: Sequence[Rated]
    periods: Mapping[str, Sequence[Json]]
    today: str


@router.get("/tim/periode/{cycle_id}", **RATERS)
async def period(cycle_id: UUID, visit: Visiting, nomor: str = "") -> Response:
    """The oldest period that somebody of the team still lacks, or the one that is asked for."""
    return await _page(visit, cycle_id, await _team(visit, cycle_id), Form(), nomor)


@router.post("/tim/periode/{cycle_id}", **RATERS)
async def evaluate(cycle_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Everybody who is ticked, as before unless a rating was chosen; each says what came of it."""
    number, ids = sent.text("number"), sent.many("appraisal")
    if not number.isdecimal() or not ids:
        sent.errors["appraisal"] = visit.say("rating.sign_tick")
        return await _page(visit, cycle_id, await _team(visit, cycle_id), sent, number, status=422)
    body = {"as_before": True, "note": sent.text("note") or visit.say("rating.periods_note_default")}
    body |= {"items": [_item(sent, one) for one in ids]}
    with sent.refusals():
        path = f"/cycles/{cycle_id}/periods/{number}"
        told = await visit.ask.post("evaluation", path, body, key=sent.text("form_id"))
    team = await _team(visit, cycle_id)
    if sent.errors:
        return await _page(visit, cycle_id, team, sent, number, status=422)
    await _note(visit, team, int(number), told["items"])
    refused = any(one["outcome"] not in _EVALUATED for one in told["items"])
    return await _page(visit, cycle_id, team, sent if refused else Form(), number, outcomes=told["items"])


def _item(sent: Form, appraisal_id: str) -> Json:
    """What is said of one person alone: both ratings, or as before."""
    chosen = {name: sent.text(f"{name}-{appraisal_id}") for name in ("result_rating", "behaviour_rating")}
    given = {name: value for name, value in chosen.items() if value in RATINGS}
    return {"appraisal_id": appraisal_id} | (given | {"as_before": False} if given else {})


async def _note(visit: Visit, team: _Team, number: int, told: Sequence[Json]) -> None:
    """The tasks of those who were evaluated are gone: of each the one of this period, which its limit tells from the others."""
    ids = {one["appraisal_id"] for one in told if one["outcome"] in _EVALUATED}
    done = {
        (rated.servant_id, datetime.fromisoformat(one["due_at"]))
        for rated in team.people
        if str(rated.appraisal_id) in ids
        for one in team.periods[str(rated.appraisal_id)]
        if one["number"] == number
    }
    async with visit.copies() as session:
        owed = [one for one in await own_duties(session, visit.actor.id) if one.kind is ObligationKind.EVALUATE_PERIOD]
        found = [one.subject_id for one in owed if (one.about_id, one.due_at) in done]
        await note_done(session, ObligationKind.EVALUATE_PERIOD, *found)


async def _team(visit: Visit, cycle_id: UUID) -> _Team:
    async with visit.copies() as session:
        team = await rated_by(session, cycle_id, visit.actor.id, ObligationKind.EVALUATE_PERIOD)
        today = clock(session).now().date().isoformat()
    return _Team(team, await _periods(visit, team), today)


async def _page(
    visit: Visit,
    cycle_id: UUID,
    team: _Team,
    form: Form,
    asked: str,
    *,
    outcomes: Sequence[Json] = (),
    status: int = 200,
) -> Response:
    every = [one for some in team.periods.values() for one in some]
    over = sorted({one["number"] for one in every if one["ends_on"] < team.today})
    lacking = [n for n in over if any(one["number"] == n and not one["predicate"] for one in every)]
    numbers = {str(one) for one in over}
    number = int(asked) if asked in numbers else next(iter(lacking), over[-1] if over else 0)
    names = {str(one.appraisal_id): one.name for one in team.people}
    return visit.page(
        "rating/periods.html",
        visit.say("rating.periods_title"),
        status=status,
        section="team",
        form=form,
        cycle_id=cycle_id,
        number=number,
        over=over,
        rows=[row for one in team.people if (row := _row(one, team.periods[str(one.appraisal_id)], number))],
        shown=len(team.people) if len(team.people) == queries.MOST else 0,
        ratings=RATINGS,
        outcomes=[(names.get(one["appraisal_id"], ""), one["outcome"]) for one in outcomes],
    )


async def _periods(visit: Visit, team: Sequence[Rated]) -> dict[str, list[Json]]:
    found = await asyncio.gather(
        *(visit.ask.maybe("evaluation", f"/appraisals/{one.appraisal_id}/periods") for one in team)
    )
    return {str(one.appraisal_id): (page or {}).get("items", []) for one, page in zip(team, found, strict=True)}


def _row(rated: Rated, periods: Sequence[Json], number: int) -> dict[str, Any] | None:
    """One person with this period and the one before it."""
    now = next((one for one in periods if one["number"] == number), None)
    before = next((one for one in periods if one["number"] == number - 1 and one["predicate"]), None)
    return None if now is None else {"rated": rated, "now": now, "before": before}
