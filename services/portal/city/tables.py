"""The tables of the leadership: the same rows for a page and for a paper."""

import asyncio
from typing import Any

from contracts.base import Predicate
from services.portal.city.queries import UnitLate, UnitWeek, late_by_unit, week_by_unit
from services.portal.city.views import units
from services.portal.listings.shown import Listing
from services.portal.web import names
from services.portal.web.visit import Visit

Json = dict[str, Any]
_MOST_CYCLES = 12
_WITHOUT_PREDICATES = 5


async def late_units(visit: Visit, cycle_id: str) -> list[UnitLate]:
    """From the copies."""
    async with visit.copies() as session:
        return await late_by_unit(session, cycle_id)


async def organisations(visit: Visit, cycle_id: str, spread: list[Json] | None = None) -> Listing:
    """Achievement, who is late, objections and predicates of each organisation; ``spread`` is what is asked for already."""
    achieved, objected, late = await asyncio.gather(
        visit.ask.every("evaluation", f"/cycles/{cycle_id}/units"),
        visit.ask.every("feedback", f"/cycles/{cycle_id}/objection-statistics"),
        late_units(visit, cycle_id),
    )
    if spread is None:
        spread = await visit.ask.every("evaluation", f"/cycles/{cycle_id}/distribution")
    # By id: ten agencies have a "Subbagian Umum".
    counted = {one["unit_id"]: one for one in units(visit, spread)}
    being_late = {one.id: one for one in late}
    heads = [visit.say(f"city.{one}") for one in ("unit", "people", "achieved", "late", "objections")]
    rows = []
    for one in sorted(achieved, key=lambda each: str(each["name"])):
        here = being_late.get(one["unit_id"])
        shown = here is not None and not here.hidden
        counts = counted.get(one["unit_id"])
        rows.append(
            [
                one["name"] or "-",
                one["members"],
                visit.say(f"organisations.value_{one['performance']}") if one["performance"] else "-",
                here.late if here and shown else None,
                _objections(objected, one["unit_id"]) if shown else None,
                *(counts["counts"] if counts else [0] * len(Predicate)),
            ]
        )
    predicates = [one["name"] for one in names.predicates(visit.language, {})]
    return Listing(visit.say("city.organisations"), [*heads, *predicates], rows)


def achieved_late_objections(visit: Visit, listing: Listing) -> Listing:
    """The same without predicates, which the first page shows in a table of their own."""
    rows = [row[:_WITHOUT_PREDICATES] for row in listing.rows]
    return Listing(visit.say("city.by_organisation"), listing.heads[:_WITHOUT_PREDICATES], rows)


def _objections(objected: list[Json], unit: str) -> int:
    return sum(one["objections"] for one in objected if one["unit_id"] == unit)


async def silent(visit: Visit, cycle_id: str) -> Listing:
    """Organisations by how long the oldest of what they owe is overdue; the longest first."""
    late = [one for one in await late_units(visit, cycle_id) if one.since]
    heads = [visit.say(f"city.{one}") for one in ("unit", "silent_since", "late", "overdue")]
    rows = [
        [
            one.name or "-",
            None if one.hidden else visit.day(one.since),
            None if one.hidden else one.late,
            None if one.hidden else one.overdue,
        ]
        # A unit that is hidden stands at the end: its place would tell since when.
        for one in sorted(late, key=lambda each: (each.hidden, each.since, each.name))
    ]
    return Listing(visit.say("city.silent"), heads, rows)


async def week(visit: Visit, cycle_id: str) -> Listing:
    """What was due in the last seven days and what became of it, and what is due in the next seven."""
    async with visit.copies() as session:
        found = await week_by_unit(session, cycle_id)
    heads = [visit.say(f"city.{one}") for one in ("unit", "people", "in_time", "week_late", "not_done", "coming")]
    rows = [
        [one.name or "-", one.people, *(None if one.hidden else count for count in _counts(one))] for one in found.units
    ]
    days = {name: visit.day(getattr(found, name)) for name in ("since", "now", "until")}
    return Listing(visit.say("city.week_of", **days), heads, rows)


def _counts(one: UnitWeek) -> tuple[int, int, int, int]:
    return one.in_time, one.done_late, one.not_done, one.coming


async def ideas(visit: Visit, cycle_id: str) -> Listing:
    """What became of ideas, by organisation."""
    rates, known = await asyncio.gather(
        visit.ask.every("feedback", f"/cycles/{cycle_id}/idea-rates"),
        visit.ask.every("evaluation", f"/cycles/{cycle_id}/units"),
    )
    called = {one["unit_id"]: one["name"] for one in known}
    heads = [visit.say(f"city.{one}") for one in ("unit", "submitted", "answered", "adopted")]
    rows = [[called.get(one["unit_id"]) or "-", one["submitted"], one["answered"], one["adopted"]] for one in rates]
    return Listing(visit.say("city.ideas"), heads, sorted(rows, key=lambda row: str(row[0])))


async def trend(visit: Visit) -> Listing:
    """Every cycle in a row, the newest first: how far it came, and its predicates."""
    cycles = (await visit.ask.get("evaluation", "/cycles", limit=_MOST_CYCLES))["items"]
    counted, owing = await asyncio.gather(
        asyncio.gather(*(visit.ask.get("evaluation", f"/cycles/{one['id']}/summary") for one in cycles)),
        asyncio.gather(*(visit.ask.get("notify", f"/cycles/{one['id']}/summary") for one in cycles)),
    )
    heads = [visit.say(f"city.{one}") for one in ("cycle", "from", "state", "people", "done_late", "second_versions")]
    rows = [
        [
            one["name"],
            visit.day(one["period_start"]),
            names.named(visit.language, "cycle", one["state"]),
            numbers["members"],
            owed["late"],
            numbers["second_versions"],
            *(numbers["predicates"].get(kind.value, 0) for kind in Predicate),
        ]
        for one, numbers, owed in zip(cycles, counted, owing, strict=True)
    ]
    predicates = [one["name"] for one in names.predicates(visit.language, {})]
    return Listing(visit.say("city.trend"), [*heads, *predicates], rows)
