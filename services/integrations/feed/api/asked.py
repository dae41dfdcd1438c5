"""What a reader of the feed asks for, checked against what its issuer lets it read."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request
from pydantic import AwareDatetime

from contracts.public.language import Language
from contracts.public.scopes import readable
from kit.actor import Actor
from kit.errors import Forbidden, Invalid
from kit.web import Acting
from services.integrations.feed.queries.pages import Wanted
from services.integrations.feed.rules import types_of

MOST_TYPES = 100
LONGEST_WAIT = 30
Types = Annotated[
    list[Annotated[str, Query(max_length=150)]],
    Query(alias="type", max_length=MOST_TYPES, description="A published type by name or in full; repeatable."),
]
Subject = Annotated[str | None, Query(max_length=200, description="One subject: a plan, an appraisal, a cycle.")]
Since = Annotated[AwareDatetime | None, Query(alias="from", description="Decided then or later.")]
Person = Annotated[UUID | None, Query(description="What is about one civil servant, by id.")]
Wait = Annotated[int, Query(ge=0, le=LONGEST_WAIT, description="Seconds to wait for something to come.")]


async def wanted(
    request: Request,
    acting: Acting,
    types: Types = [],  # noqa: B006 - FastAPI copies it
    subject: Subject = None,
    person: Person = None,
    since: Since = None,
) -> Wanted:
    """For ``Depends``: which events, of those that may be read."""
    return Wanted(allowed(acting, request.app.state.language, types), subject, person, since)


def allowed(acting: Actor, language: Language, asked: Sequence[str]) -> tuple[str, ...] | None:
    """The types to read, None for all there are; raises Forbidden for what the scopes do not open, Invalid for no type."""
    open_to = readable(acting.scopes, language)
    found, unknown = types_of(asked, language)
    if unknown:
        raise Invalid(
            f"nothing is published as {', '.join(unknown)}: see GET /v1/event-types",
            f"tidak ada yang diterbitkan sebagai {', '.join(unknown)}: lihat GET /v1/event-types",
            where="type",
        )
    if closed := sorted({one.name for one in found if one.ce_type not in open_to}):
        raise Forbidden(
            f"your token's scopes do not open {', '.join(closed)}: have your issuer add events:{closed[0]}",
            f"cakupan token Anda tidak membuka {', '.join(closed)}: minta penerbit token menambahkan events:{closed[0]}",
        )
    if not open_to:
        raise Forbidden(
            "your token has no scope that opens a published type: have your issuer add one (GET /v1/event-types)",
            "token Anda tidak memiliki cakupan yang membuka jenis peristiwa: minta penerbit token menambahkannya"
            " (GET /v1/event-types)",
        )
    chosen = [one.ce_type for one in found] or sorted(open_to)
    return None if len(chosen) == len(language.types) else tuple(chosen)


Asked = Annotated[Wanted, Depends(wanted)]
