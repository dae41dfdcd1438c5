"""Evaluating a period: the whole team at once, as before or with ratings for those who differ."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.obligations import ObligationKind
from kit.db import clock
from services.portal.duties.commands import note_done
from services.portal.duties.queries import own_duties
from services.portal.rating.pages import RATERS, RATINGS
from services.portal.rating.queries import Rated, rated_by
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.visit import Visit, Visiting

router = pages()
_EVALUATED = ("EVALUATED", "ALREADY_SO")
_MOST = 100
Json = Mapping[str, Any]


@router.get("/tim/periode/{cycle_id}", **RATERS)
async def period(cycle_id: UUID, visit: Visiting, nomor: str = "") -> Response:
    """The oldest period that somebody of the team still lacks, or the one that is asked for."""
    return await _page(visit, cycle_id, Form(), nomor)


@router.post("/tim/periode/{cycle_id}", **RATERS)
async def evaluate(cycle_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Everybody who is ticked, as before unless a rating was chosen; each says what came of it."""
    number, ids = sent.text("number"), sent.many("appraisal")
    if not number.isdecimal() or not ids:
        sent.errors["appraisal"] = visit.say("rating.sign_tick")
        return await _page(visit, cycle_id, sent, number, status=422)
    body = {"as_before": True, "note": sent.text("note") or visit.say("rating.periods_note_default")}
    body |= {"items": [_item(sent, one) for one in ids]}
    with sent.refusals():
        path = f"/cycles/{cycle_id}/periods/{number}"
        told = await visit.ask.post("evaluation", path, body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, cycle_id, sent, number, status=422)
    await _note(visit, cycle_id, told["items"])
    return await _page(visit, cycle_id, Form(), number, outcomes=told["items"])


def _item(sent: Form, appraisal_id: str) -> Json:
    """What is said of one person alone: both ratings, or as before."""
    chosen = {name: sent.text(f"{name}-{appraisal_id}") for name in ("result_rating", "behaviour_rating")}
    given = {name: value for name, value in chosen.items() if value in RATINGS}
    return {"appraisal_id": appraisal_id} | (given | {"as_before": False} if given else {})


async def _note(visit: Visit, cycle_id: UUID, told: Sequence[Json]) -> None:
    """The tasks of those who were evaluated are gone: of each the oldest that waits in this cycle."""
    ids = {one["appraisal_id"] for one in told if one["outcome"] in _EVALUATED}
    async with visit.copies() as session:
        team = await rated_by(session, cycle_id, visit.actor.id, ObligationKind.EVALUATE_PERIOD)
        people = {one.servant_id for one in team if str(one.appraisal_id) in ids}
        for duty in reversed(await own_duties(session, visit.actor.id)):
            if duty.kind is ObligationKind.EVALUATE_PERIOD and duty.cycle_id == cycle_id and duty.about_id in people:
                people.discard(duty.about_id)
                await note_done(session, duty.kind, duty.subject_id)


async def _page(
    visit: Visit, cycle_id: UUID, form: Form, asked: str, *, outcomes: Sequence[Json] = (), status: int = 200
) -> Response:
    async with visit.copies() as session:
        team = await rated_by(session, cycle_id, visit.actor.id, ObligationKind.EVALUATE_PERIOD)
        today = clock(session).now().date().isoformat()
    periods = await _periods(visit, team[:_MOST])
    over = sorted({one["number"] for some in periods.values() for one in some if one["ends_on"] < today})
    lacking = [
        n for n in over if any(one["number"] == n and not one["predicate"] for p in periods.values() for one in p)
    ]
    numbers = {str(one) for one in over}
    number = int(asked) if asked in numbers else next(iter(lacking), over[-1] if over else 0)
    names = {str(one.appraisal_id): one.name for one in team}
    return visit.page(
        "rating/periods.html",
        visit.say("rating.periods_title"),
        status=status,
        section="team",
        form=form,
        cycle_id=cycle_id,
        number=number,
        over=over,
        rows=[row for one in team if (row := _row(one, periods.get(str(one.appraisal_id), ()), number))],
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
