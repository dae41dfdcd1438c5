"""What the pages of a plan ask the services for."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import HTTPException

from services.portal.cycles.queries import OwnCycle, own_cycles
from services.portal.names.queries import names
from services.portal.web.visit import Visit

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """A plan with its ETag and what is known of it here."""

    plan: Json
    etag: str
    cycle: OwnCycle | None
    """Of the reader; None for somebody else's plan."""
    mine: bool

    @property
    def writable(self) -> bool:
        """Whether its content is still written; who may do so is the service's to say."""
        return self.plan["state"] in ("DRAFT", "RETURNED")


async def read(visit: Visit, plan_id: str) -> Read:
    """Raises Refusal."""
    answer = await visit.ask.read("plans", f"/plans/{plan_id}")
    plan = answer.body
    async with visit.copies() as session:
        cycles = await own_cycles(session, visit.actor.id)
    mine = plan["servant_id"] == str(visit.actor.id)
    cycle = next((one for one in cycles if mine and str(one.id) == plan["cycle_id"]), None)
    return Read(plan, answer.etag, cycle, mine)


async def links(visit: Visit, plan_id: str) -> Json:
    """Goals of the city and results of the superior."""
    found: Json = await visit.ask.get("plans", f"/plans/{plan_id}/goals")
    return found


async def people_of(visit: Visit, plan: Json) -> dict[str, str]:
    """Names of whoever appears in a plan."""
    ids = [plan[name] for name in ("servant_id", "rater_id", "authority_id", "set_by")]
    async with visit.copies() as session:
        return await names(session, [*ids, *(one["recorded_by"] for one in plan["dialogues"])])


async def beginnings(visit: Visit, plan: Json) -> tuple[list[Any], list[Any]]:
    """What an empty plan may begin with: the templates of the position, and one's own earlier plans."""
    mine, profile = await asyncio.gather(
        visit.ask.every("plans", "/plans", servant_id=plan["servant_id"]),
        visit.ask.maybe("registry", f"/servants/{plan['servant_id']}"),
    )
    position = (profile or {}).get("position")
    templates = await visit.ask.every("plans", "/plan-templates", position=position) if position else []
    earlier = [one for one in mine if one["id"] != plan["id"] and one["state"] in ("SET", "CLOSED")]
    async with visit.copies() as session:
        cycles = {str(one.id): one.name for one in await own_cycles(session, visit.actor.id)}
    return (
        [one for one in templates if not one["retired_at"]],
        [one | {"cycle": cycles.get(one["cycle_id"], "")} for one in earlier],
    )


def place_of(plan: Json, number: str) -> int:
    """The place of a result, as its address counts it: from 1. Raises HTTPException for what is not there."""
    if not number.isdecimal() or not 1 <= int(number) <= len(plan["results"]):
        raise HTTPException(404)
    return int(number) - 1
