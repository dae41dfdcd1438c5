"""Policies of the cities side by side, and the feeds of their published numbers."""

import asyncio
from collections.abc import Mapping
from typing import Any

from fastapi import Response

from contracts.base import Relation
from policy.phrases import phrase
from policy.provenance import IDENTITY, leaves
from services.portal.listings.shown import Cell, Link, Listing, tables_page
from services.portal.province.reading import every_cycle, newest
from services.portal.upstream.refusals import Refusal
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_PROVINCE = shown_to(Relation.PROVINCE, note="what each city publishes")
_TEXTS = frozenset({"id", "en", "label", "source", "name", "note"})
"""Words about a value, which decide nothing."""
Json = dict[str, Any]


@router.get("/provinsi/kebijakan", **_PROVINCE)
async def side_by_side(visit: Visiting) -> Response:
    """The value of each setting in each city; where several cities are shown, those alone in which they differ."""
    cities = newest(await every_cycle(visit))
    policies = await asyncio.gather(*(_policy(visit, one["city"], one["scope"]) for one in cities))
    values = [_values(visit, one) for one in policies]
    every = list(dict.fromkeys(name for one in values for name in one))
    differing = [name for name in every if len({one.get(name, "-") for one in values}) > 1]
    shown = differing if len(cities) > 1 else every
    rows: list[list[Cell]] = [[name, *(one.get(name, "-") for one in values)] for name in shown]
    versions = [visit.say("province.version", n=one["version"]) if one else "-" for one in policies]
    heads = [f"{city['city_name']}, {version}" for city, version in zip(cities, versions, strict=True)]
    about = "policies_differ" if len(cities) > 1 else "policies_all"
    return tables_page(
        visit,
        visit.say("province.policies"),
        [Listing(visit.say("province.policies"), [visit.say("province.setting"), *heads], rows)],
        section="province",
        back=Link(visit.say("province.title"), "/provinsi"),
        intro=[visit.say(f"province.{about}")],
    )


@router.get("/provinsi/langganan", **_PROVINCE)
async def feeds(visit: Visiting) -> Response:
    """The address of each city's feed: any reader of feeds is told of a cycle that is over; no account is needed."""
    address = visit.request.app.state.settings.portal_url.rstrip("/")
    rows: list[list[Cell]] = [
        [one["city_name"], Link(f"{address}/publik/{one['city']}/siklus.atom", f"/publik/{one['city']}/siklus.atom")]
        for one in newest(await every_cycle(visit))
    ]
    return tables_page(
        visit,
        visit.say("province.feed"),
        [Listing(visit.say("province.feeds"), [visit.say("province.city"), visit.say("province.address")], rows)],
        section="province",
        back=Link(visit.say("province.title"), "/provinsi"),
        intro=[visit.say("province.feed_about")],
    )


async def _policy(visit: Visit, city: str, scope: str) -> Json | None:
    """What the city publishes to everybody, asked as anybody."""
    try:
        path = f"/public/{city}/policies/{scope}"
        answer = await visit.request.app.state.services.send("registry", "GET", path, {})
    except Refusal as refusal:
        if refusal.status != 404:
            raise
        return None
    found: Json = answer.body
    return found


def _values(visit: Visit, policy: Mapping[str, Any] | None) -> dict[str, str]:
    """Each setting by its name in words."""
    if policy is None:
        return {}
    content: Json = policy["policy"]
    found = {}
    for path, value in leaves({name: one for name, one in content.items() if name not in IDENTITY}):
        if path[-1] in _TEXTS or value in (None, "", [], {}):
            continue
        words = phrase(path, content)
        found[words.id if visit.language == "id" else words.en] = _said(visit, value)
    return found


def _said(visit: Visit, value: object) -> str:
    if isinstance(value, bool):
        return visit.say("interventions.is_yes" if value else "interventions.is_no")
    return str(value)
