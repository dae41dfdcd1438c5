"""The published types over HTTP: what may come, in which shape, with an example, and how long it still comes."""

from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import Annotated, Any

from fastapi import Path, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from contracts.base import Relation
from contracts.public.base import PublicType
from contracts.public.examples import example
from contracts.public.language import Language
from contracts.public.scopes import CITY, PERSON, scope_of
from kit import web
from kit.access import permits
from kit.errors import NotFound
from kit.keyset import Found, cut
from kit.paging import Page, Paging, page_of

router = web.router(tags=["catalogue"])
_ANYONE = permits(Relation.ANYONE, note="the language, nothing of what is said in it")


class EventTypeResponse(BaseModel):
    """One version of a published type."""

    type: str
    """As it stands in an event's `type`."""
    name: str
    version: int
    summary: str
    scopes: list[str]
    """Each of them opens it."""
    since: date
    deprecated: date | None
    """From this day a newer version is there."""
    sunset: date | None
    """From this day it may be missing."""
    dataschema: str
    example: dict[str, Any]
    """The `data` of an event of this type."""


@router.get("/event-types", summary="What may stand in the feed", **_ANYONE)
async def read_event_types(request: Request, paging: Paging) -> Page[EventTypeResponse]:
    language: Language = request.app.state.language
    every = sorted(language.types, key=_key)
    after = paging.after(str, int)
    rest = [one for one in every if after is None or _key(one) > after]
    found: Found[PublicType] = cut(rest[: paging.limit + 1], paging, key=_key)
    return page_of(found, lambda one: _shown(one, request.app.state.settings.public_url))


class SchemaAnswer(JSONResponse):
    """A JSON Schema."""

    media_type = "application/schema+json"


@router.get(
    "/schemas/{name}/{version}",
    summary="The JSON Schema of a published type's data",
    response_class=SchemaAnswer,
    **_ANYONE,
)
async def read_schema(
    name: Annotated[str, Path(max_length=100)], version: Annotated[int, Path(ge=1, le=1_000)], request: Request
) -> SchemaAnswer:
    language: Language = request.app.state.language
    if (found := language.of_name.get((name, version))) is None:
        raise NotFound(
            f"nothing is published as {name} in version {version}: see GET /v1/event-types",
            f"tidak ada yang diterbitkan sebagai {name} versi {version}: lihat GET /v1/event-types",
        )
    return SchemaAnswer(found.schema, headers=lifecycle([found]))


def lifecycle(types: list[PublicType]) -> dict[str, str]:
    """Headers that warn a reader of a version that ends (RFC 9745 `Deprecation`, RFC 8594 `Sunset`): of the first to go."""
    ending = [one for one in types if one.deprecated is not None]
    if not ending:
        return {}
    first = min(ending, key=lambda one: one.deprecated or date.max)
    assert first.deprecated is not None and first.sunset is not None  # noqa: S101, PT018 - chosen by it
    began, ends = (datetime.combine(day, time(), UTC) for day in (first.deprecated, first.sunset))
    newer = f'</v1/schemas/{first.name}/{first.version + 1}>; rel="successor-version"'
    return {"Deprecation": f"@{began.timestamp():.0f}", "Sunset": format_datetime(ends, usegmt=True), "Link": newer}


def _key(one: PublicType) -> tuple[str, int]:
    return one.name, one.version


def _shown(one: PublicType, url: str) -> EventTypeResponse:
    return EventTypeResponse(
        type=one.ce_type,
        name=one.name,
        version=one.version,
        summary=one.summary,
        scopes=[PERSON, scope_of(one.name)] + ([] if one.is_about_a_person else [CITY]),
        since=one.since,
        deprecated=one.deprecated,
        sunset=one.sunset,
        dataschema=f"{url}/v1/schemas/{one.name}/{one.version}",
        example=example(one.schema),
    )
