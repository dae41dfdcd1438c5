"""The feed of a city's published numbers (Atom, RFC 4287): an entry for each cycle that is over, for any reader of feeds."""

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from fastapi import APIRouter, Request, Response

from services.portal.public.pages import KEPT, asked_publicly, known_city
from services.portal.sessions.cookies import language
from services.portal.web import names
from services.portal.web.moments import WEST, day
from services.portal.web.words import say

router = APIRouter(include_in_schema=False)
_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = "1970-01-01T00:00:00Z"
"""Atom wants a moment of the newest change; a feed without entries has none."""


@router.get("/publik/{city}/siklus.atom")
async def cycles(city: str, request: Request) -> Response:
    """What the public page shows of closed cycles, and no more."""
    reports = await asked_publicly(request, "evaluation", f"/public/{known_city(city)}/reports")
    page = f"{request.app.state.settings.portal_url.rstrip('/')}/publik/{city}"
    content = feed_of(language(request), city, page, reports)
    return Response(content, media_type="application/atom+xml", headers=KEPT)


def feed_of(tongue: str, city: str, page: str, reports: list[dict[str, Any]]) -> bytes:
    """The newest first, as the service lists them."""
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": tongue})
    _add(feed, "id", page)
    _add(feed, "title", say(tongue, "public.title", city=city))
    _add(feed, "updated", max((one["made_at"] for one in reports), default=_NEVER))
    ET.SubElement(feed, "link", {"href": f"{page}/siklus.atom", "rel": "self"})
    author = ET.SubElement(feed, "author")
    _add(author, "name", "Kinerja")
    for one in reports:
        entry = ET.SubElement(feed, "entry")
        _add(entry, "id", f"{page}#{one['cycle_id']}")
        _add(entry, "title", f"{one['name']} ({day(tongue, WEST, one['period_end'])})")
        _add(entry, "updated", one["made_at"])
        ET.SubElement(entry, "link", {"href": page})
        _add(entry, "summary", _told(tongue, one))
    told: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return told


def _told(tongue: str, report: Mapping[str, Any]) -> str:
    hidden = say(tongue, "web.hidden")
    people = report["people"] if report["people"] is not None else hidden
    counts = names.predicates(tongue, report["predicates"])
    lines = [f"{one['name']}: {hidden if one['value'] is None else one['value']}" for one in counts]
    return "; ".join([say(tongue, "public.people", people=people, least=report["least"]), *lines])


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text
