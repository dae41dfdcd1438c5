"""Signing: every result of the own team that is ready at once, with the outcome of each."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.obligations import ObligationKind
from services.portal.duties.commands import note_done
from services.portal.rating.pages import RATERS
from services.portal.rating.queries import Rated, rated_by
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.visit import Visit, Visiting

router = pages()
_MOST = 60
"""Results whose content is shown at once; the rest follows when these are signed."""
_SIGNED = ("ISSUED", "ALREADY_ISSUED")
Json = Mapping[str, Any]


@router.get("/tim/terbitkan/{cycle_id}", **RATERS)
async def ready(cycle_id: UUID, visit: Visiting) -> Response:
    """All that are ready, ticked, each with what would be signed."""
    return await _page(visit, cycle_id, Form())


@router.post("/tim/terbitkan/{cycle_id}", **RATERS)
async def sign(cycle_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Those that are ticked; each says what came of it."""
    ids = sent.many("appraisal")
    if not ids:
        sent.errors["appraisal"] = visit.say("rating.sign_tick")
        return await _page(visit, cycle_id, sent, status=422)
    body = {"cycle_id": str(cycle_id), "appraisal_ids": ids, "note": sent.text("note") or None}
    with sent.refusals():
        told = await visit.ask.post("evaluation", "/results/issue", body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, cycle_id, sent, status=422)
    async with visit.copies() as session:
        signed = [one["appraisal_id"] for one in told["items"] if one["outcome"] in _SIGNED]
        await note_done(session, ObligationKind.ISSUE_RESULT, *signed)
    refused = any(one["outcome"] not in _SIGNED for one in told["items"])
    return await _page(visit, cycle_id, sent if refused else Form(), outcomes=told["items"])


async def _page(
    visit: Visit, cycle_id: UUID, form: Form, *, outcomes: Sequence[Json] = (), status: int = 200
) -> Response:
    async with visit.copies() as session:
        team = await rated_by(session, cycle_id, visit.actor.id, ObligationKind.ISSUE_RESULT)
    names = {str(one.appraisal_id): one.name for one in team}
    gone = {one["appraisal_id"] for one in outcomes if one["outcome"] in _SIGNED}
    open_ones = [one for one in team if one.result_state is None and str(one.appraisal_id) not in gone]
    computed = [one for one in open_ones if one.rating_state == "COMPUTED"]
    shown = await _with_results(visit, computed[:_MOST])
    return visit.page(
        "rating/signing.html",
        visit.say("rating.sign_title"),
        status=status,
        section="team",
        form=form,
        cycle_id=cycle_id,
        ready=[one for one in shown if not one["waits"]],
        asked=[one for one in shown if one["waits"]],
        later=len(computed[_MOST:]),
        unready=[one for one in open_ones if one.rating_state != "COMPUTED"],
        outcomes=[(names.get(one["appraisal_id"], ""), one["outcome"]) for one in outcomes],
    )


async def _with_results(visit: Visit, team: Sequence[Rated]) -> list[dict[str, Any]]:
    """Each with the result that was computed; what waits for an answer to a question is told apart."""
    found = await asyncio.gather(*(visit.ask.maybe("evaluation", f"/appraisals/{one.appraisal_id}") for one in team))
    return [
        {"rated": one, "result": result, "waits": result["clarification_open"]}
        for one, result in zip(team, found, strict=True)
        if result
    ]
