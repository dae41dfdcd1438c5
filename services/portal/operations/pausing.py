"""Pausing a city, when something is broken on which its people work, and resuming it.

Only the clock stops, and nothing is decided: no phase begins or ends, nobody is reminded or passed over, and what was owed is
due by the pause's working days later. What the law itself limits runs on (an objection's window, its hearing and its decision,
L V.A). Each cycle is an intervention of its own, with who did it and why; its people and the office are notified. Longer limits
and cancellations are decisions: they stay the performance office's.
"""

import asyncio
from typing import Any

from fastapi import Response

from contracts.base import Relation
from kit.errors import Busy
from services.portal.upstream.refusals import Refusal
from services.portal.web import names
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OPERATIONS = shown_to(Relation.OPERATIONS)
Json = dict[str, Any]
_STATES = {"pause": "OPEN", "resume": "PAUSED"}
"""What each act is for."""
_LEAST = 5
"""Letters of a reason."""


@router.get("/operasional/jeda", **_OPERATIONS)
async def pausing(visit: Visiting) -> Response:
    """The cycles that run and those that are paused, with a form for each of the two acts."""
    return await _page(visit, Form())


@router.post("/operasional/jeda", **_OPERATIONS)
async def pause(visit: Visiting, sent: Sent) -> Response:
    """Every cycle that runs; one that refuses undoes nothing of the others, and says why."""
    return await _act(visit, sent, "pause")


@router.post("/operasional/jeda/lanjut", **_OPERATIONS)
async def resume(visit: Visiting, sent: Sent) -> Response:
    """Every cycle that is paused, whoever has paused it."""
    return await _act(visit, sent, "resume")


async def _act(visit: Visit, form: Form, act: str) -> Response:
    if len(form.require("reason", visit.say("operations.reason_missing"))) < _LEAST:
        form.errors["reason"] = visit.say("operations.reason_missing")
    if form.errors:
        return await _page(visit, form, act=act, status=422)
    steered = [one for one in await _cycles(visit) if one["state"] == _STATES[act]]
    outcomes = await asyncio.gather(*(_one(visit, form, act, one) for one in steered))
    refused = [one["refused"] for one in outcomes if one["refused"]]
    if not outcomes or len(refused) == len(outcomes):
        form.wrong("", refused[0] if refused else visit.say(f"operations.nothing_to_{act}"))
    status = 422 if form.errors else 200
    return await _page(visit, form if form.errors else Form(), act=act, outcomes=outcomes, status=status)


async def _one(visit: Visit, form: Form, act: str, cycle: Json) -> Json:
    """What came of it in one cycle: the same form sent twice is one act. Raises Refusal for 401."""
    key, body = f"{form.text('form_id')}-{cycle['id']}", {"reason": form.text("reason")}
    try:
        await visit.ask.post("evaluation", f"/cycles/{cycle['id']}/{act}", body, key=key)
    except Busy:
        return {"name": cycle["name"], "refused": visit.say("operations.evaluation_silent")}
    except Refusal as refusal:
        if refusal.status == 401:
            raise
        said = "; ".join(one.detail for one in refusal.faults) or refusal.detail or refusal.title
        return {"name": cycle["name"], "refused": said}
    return {"name": cycle["name"], "refused": ""}


async def _cycles(visit: Visit) -> list[Json]:
    """Those that are neither closed nor cancelled, as they stand."""
    every = await visit.ask.every("evaluation", "/cycles")
    running = [one for one in every if one["closed_at"] is None]
    return list(
        await asyncio.gather(*(visit.ask.get("evaluation", f"/cycles/{one['id']}/standing") for one in running))
    )


async def _page(
    visit: Visit, form: Form, *, act: str = "", outcomes: list[Json] | None = None, status: int = 200
) -> Response:
    cycles = await _cycles(visit)
    return visit.page(
        "operations/pausing.html",
        visit.say("operations.pausing"),
        status=status,
        section="operations",
        form=_prefixed(form, act),
        forms={one: form if one == act else Form() for one in _STATES},
        act=act,
        outcomes=outcomes or [],
        cycles=[one | _named(visit, one) for one in cycles],
        may={one: any(cycle["state"] == state for cycle in cycles) for one, state in _STATES.items()},
    )


def _named(visit: Visit, cycle: Json) -> Json:
    return {
        "phase_name": names.phase(visit.language, cycle["phase"]),
        "state_name": names.named(visit.language, "cycle", cycle["state"]),
    }


def _prefixed(form: Form, act: str) -> Form:
    """For the summary above: its link leads to the field of the form that was tried."""
    return Form(form.values, errors={f"{act}-{one}" if one else "": text for one, text in form.errors.items()})
