"""What everybody is measured by and may do: versions of policies with where each value comes from, and the table of permissions."""

import asyncio
from typing import Any

from fastapi import Response

from contracts.base import SERVICES, Relation
from policy.phrases import phrase
from policy.provenance import IDENTITY, leaves, parsed
from services.portal.listings.shown import Cell, Link, Listing, tables_page
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_AUDITOR = shown_to(Relation.AUDITOR, note="reads and changes nothing")
_DECLARED = "x-permissions"
"""Where a service's document says who may use a route (``kit.access``)."""
Json = dict[str, Any]


@router.get("/audit/kebijakan", **_AUDITOR)
async def policies(visit: Visiting) -> Response:
    """Every version with its hash; of the newest of each scope every value with the layer, file and line it comes from."""
    versions = await visit.ask.every("registry", "/policies")
    scopes = list(dict.fromkeys(one["scope"] for one in versions))
    found = await asyncio.gather(*(visit.ask.maybe("registry", f"/policies/{one}") for one in scopes))
    return tables_page(
        visit,
        visit.say("audit.policies"),
        [_versions(visit, versions), *(_values(visit, one) for one in found if one)],
        section="audit",
        back=Link(visit.say("audit.title"), "/audit"),
    )


@router.get("/audit/izin", **_AUDITOR)
async def permissions(visit: Visiting) -> Response:
    """Every route of every service with who may use it, as the services themselves declare it."""
    documents = await asyncio.gather(*(visit.ask.services.document(one) for one in SERVICES))
    return tables_page(
        visit,
        visit.say("audit.permissions"),
        [_routes(visit, name, one) for name, one in zip(SERVICES, documents, strict=True)],
        section="audit",
        back=Link(visit.say("audit.title"), "/audit"),
        intro=[visit.say("audit.permissions_about")],
    )


def _versions(visit: Visit, versions: list[Json]) -> Listing:
    heads = [visit.say(f"audit.{one}") for one in ("name", "scope", "version", "inherits", "published", "hash")]
    rows: list[list[Cell]] = [
        [
            one["name"],
            one["scope"],
            str(one["version"]),
            one["inherits"] or "-",
            visit.day(one["published_at"]),
            one["content_hash"][:16],
        ]
        for one in versions
    ]
    return Listing(visit.say("audit.versions"), heads, rows)


def _values(visit: Visit, policy: Json) -> Listing:
    content, origins = policy["policy"], parsed(policy["provenance"] or {})
    rows: list[list[Cell]] = []
    for path, value in leaves({name: one for name, one in content.items() if name not in IDENTITY}):
        if (origin := origins.get(path)) is None or value in (None, "", [], {}):
            continue
        words = phrase(path, content)
        place = f"{origin.file}:{origin.line}" if origin.line else "-"
        kind = visit.say(f"interventions.kind_of_{origin.kind.value}")
        named = words.id if visit.language == "id" else words.en
        rows.append([named, str(value), origin.layer, place, f"{kind}: {origin.note}" if origin.note else kind])
    heads = [visit.say(f"audit.{one}") for one in ("what", "value", "layer", "place", "ground")]
    caption = visit.say("audit.values_of", name=policy["name"], n=policy["version"])
    return Listing(caption, heads, rows)


def _routes(visit: Visit, service: str, document: Json) -> Listing:
    rows: list[list[Cell]] = [
        [
            f"{method.upper()} {path.removeprefix('/v1')}",
            _who(visit, operation[_DECLARED]["who"]),
            operation[_DECLARED]["note"],
        ]
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if _DECLARED in operation
    ]
    heads = [visit.say(f"audit.{one}") for one in ("route", "who", "note")]
    return Listing(service, heads, sorted(rows, key=lambda row: str(row[0]).split(" ")[::-1]))


def _who(visit: Visit, words: list[str]) -> str:
    told = [Relation(one.upper()).explanation for one in words]
    return "; ".join(one.id if visit.language == "id" else one.en for one in told)
