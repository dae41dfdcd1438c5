"""The public page of a city; it shows what the services publish and nothing else."""

import asyncio
import re
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from services.portal.sessions.cookies import language
from services.portal.upstream.refusals import Refusal
from services.portal.web import names
from services.portal.web.open import open_page
from services.portal.web.tables import Kind, file_of
from services.portal.web.words import say

router = APIRouter(include_in_schema=False)
_CITY = re.compile(r"[0-9]{2}\.[0-9]{2}")
KEPT = {"Cache-Control": "public, max-age=300", "Vary": "Accept-Encoding, Cookie"}
"""For five minutes, by anybody; in the language of a cookie."""


@router.get("/publik/{city}")
async def report(city: str, request: Request) -> Response:
    """Closed cycles, policies, ideas; groups below the minimum are hidden by the services."""
    tongue = language(request)
    reports, policies = await asyncio.gather(
        asked_publicly(request, "evaluation", f"/public/{known_city(city)}/reports"),
        asked_publicly(request, "registry", f"/public/{city}/policies"),
    )
    benefits = await asyncio.gather(*(_benefits(request, city, one["scope"]) for one in policies))
    shown = [
        one
        | {
            "shown_predicates": names.predicates(tongue, one["predicates"]),
            "most": max((value for value in one["predicates"].values() if value is not None), default=0),
        }
        for one in reports
    ]
    page = open_page(
        request,
        "public/report.html",
        say(tongue, "public.title", city=city),
        city=city,
        reports=shown,
        policies=list(zip(policies, benefits, strict=True)),
    )
    page.headers.update(KEPT)
    return page


@router.get("/publik/{city}/unit.{kind}")
async def download(city: str, kind: Kind, request: Request) -> Response:
    """Means of units that are large enough, of every closed cycle."""
    reports = await asked_publicly(request, "evaluation", f"/public/{known_city(city)}/reports")
    rows = [
        (one["name"], one["period_start"], one["period_end"], unit["code"], unit["name"], unit["people"], unit["mean"])
        for one in reports
        for unit in one["units"]
    ]
    return await file_of(f"kinerja-{city}", ["cycle", "from", "to", "unit", "name", "people", "mean"], rows, kind)


def known_city(city: str) -> str:
    """A code that could be a city's; raises HTTPException for anything else."""
    if not _CITY.fullmatch(city):
        raise HTTPException(404)
    return city


async def asked_publicly(request: Request, service: str, path: str) -> list[dict[str, Any]]:
    """A public list, asked without a token; raises HTTPException where there is none, or nobody answers."""
    request.app.state.rates.visited(request.client.host if request.client else None)
    headers = {"Accept-Language": language(request)}
    try:
        answer = await request.app.state.services.send(service, "GET", path, headers, params={"limit": 100})
    except Refusal as refusal:
        raise HTTPException(404 if refusal.status == 404 else 503) from refusal
    found: list[dict[str, Any]] = answer.body["items"]
    return found


async def _benefits(request: Request, city: str, scope: str) -> dict[str, Any] | None:
    path = f"/public/{city}/policies/{scope}/benefits"
    try:
        found: dict[str, Any] = (await request.app.state.services.send("registry", "GET", path, {})).body
    except Refusal:
        return None
    return found
