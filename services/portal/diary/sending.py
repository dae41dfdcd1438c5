"""Sends entries to the plans of their days: each is kept once, and what is refused says why, without holding up the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.portal.cycles.queries import OwnCycle
from services.portal.diary.entries import Entry
from services.portal.upstream.refusals import Refusal
from services.portal.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry."""

    id: str
    kept: bool
    wrong: str = ""
    """In the writer's language."""
    field: str = ""


async def send(
    visit: Visit, entries: Sequence[Entry], cycles: Sequence[OwnCycle], plans: Mapping[str, Any]
) -> list[Outcome]:
    """Every entry has an outcome. Raises Refusal where a service fails or the sign-in has ended: then nothing is known."""
    outcomes: list[Outcome] = []
    batches: dict[str, list[Entry]] = {}
    for entry in entries:
        plan = _plan_of(entry, cycles, plans)
        if plan is None:
            outcomes.append(Outcome(entry.id, kept=False, wrong=visit.say("diary.no_plan_that_day"), field="other_day"))
        else:
            batches.setdefault(plan, []).append(entry)
    for plan, batch in batches.items():
        outcomes += await _to_plan(visit, plan, batch)
    return outcomes


def _plan_of(entry: Entry, cycles: Sequence[OwnCycle], plans: Mapping[str, Any]) -> str | None:
    """The id of the plan whose period has the day."""
    found = [plans[str(one.id)] for one in cycles if entry.day in one and str(one.id) in plans]
    return next((str(one["id"]) for one in found if one["state"] != "CLOSED"), str(found[0]["id"]) if found else None)


async def _to_plan(visit: Visit, plan: str, batch: Sequence[Entry]) -> list[Outcome]:
    """A batch is taken whole or refused whole: what is wrong is named, so that the rest is sent again without it."""
    try:
        await visit.ask.post("plans", f"/plans/{plan}/activities", {"entries": [dict(one.body) for one in batch]})
    except Refusal as refusal:
        if refusal.status in (401, 429) or refusal.status >= 500:
            raise
        wrong = {place: said for place, said in _named(refusal).items() if place < len(batch)}
        if not wrong:
            return [Outcome(one.id, kept=False, wrong=refusal.detail or refusal.title) for one in batch]
        refused = [
            Outcome(one.id, kept=False, wrong=wrong[place][1], field=wrong[place][0])
            for place, one in enumerate(batch)
            if place in wrong
        ]
        rest = [one for place, one in enumerate(batch) if place not in wrong]
        return refused + (await _to_plan(visit, plan, rest) if rest else [])
    return [Outcome(one.id, kept=True) for one in batch]


def _named(refusal: Refusal) -> dict[int, tuple[str, str]]:
    """Field and words by the place of the entry."""
    found: dict[int, tuple[str, str]] = {}
    for fault in refusal.faults:
        parts = fault.where.removeprefix("body.").split(".")
        if len(parts) > 1 and parts[0] == "entries" and parts[1].isdecimal():
            found[int(parts[1])] = (parts[2] if len(parts) > 2 else "", fault.detail)
    return found
