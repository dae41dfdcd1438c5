"""What the pages of results ask for."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kit.db import clock
from services.portal.cycles.queries import Cycle, OwnCycle, one_cycle, own_cycles
from services.portal.names.queries import names
from services.portal.upstream.refusals import Refusal
from services.portal.web.visit import Visit

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Here:
    """What the copies know beside the services' answers."""

    cycles: dict[str, OwnCycle]
    now: datetime


async def here(visit: Visit) -> Here:
    """The reader's cycles by id, the newest first, and what time it is in the city's business."""
    async with visit.copies() as session:
        cycles = await own_cycles(session, visit.actor.id)
        return Here({str(one.id): one for one in cycles}, clock(session).now())


async def cycle_of(visit: Visit, about: Json) -> Cycle | None:
    """Of what is shown, which need not be one of the reader's own: its policy names the criteria."""
    async with visit.copies() as session:
        return await one_cycle(session, about["cycle_id"])


async def result_of(visit: Visit, identity: str) -> Json:
    """A result by its own id, or the newest of an appraisal; raises Refusal."""
    try:
        found: Json = await visit.ask.get("evaluation", f"/results/{identity}")
    except Refusal as refusal:
        if refusal.status != 404:
            raise
        mine = await visit.ask.every("evaluation", "/results", servant_id=str(visit.actor.id))
        own = [one for one in mine if one["appraisal_id"] == identity]
        if not own:
            raise
        return max(own, key=lambda one: int(one["version"]))
    return found


async def people_of(visit: Visit, result: Json) -> dict[str, str]:
    """Names of whoever appears in a result."""
    async with visit.copies() as session:
        return await names(session, [result[name] for name in ("servant_id", "rater_id", "issued_by")])


async def provisional(visit: Visit, known: Here, issued: list[Json]) -> Json | None:
    """The appraisal of the newest cycle whose result was computed and released, and not signed yet."""
    signed = {one["appraisal_id"] for one in issued}
    waiting = [one for one in known.cycles.values() if not one.closed and str(one.appraisal_id) not in signed]
    found = await asyncio.gather(
        *(visit.ask.maybe("evaluation", f"/appraisals/{one.appraisal_id}") for one in waiting[:2])
    )
    return next((one for one in found if one and one.get("predicate")), None)


async def objection_to(visit: Visit, result: Json) -> Json | None:
    """The objection against a result, as far as the reader may see it."""
    about = {"cycle_id": result["cycle_id"], "servant_id": result["servant_id"]}
    cases = await visit.ask.every("feedback", "/objections", **about)
    return next((one for one in cases if one["result_id"] == result["id"]), None)
