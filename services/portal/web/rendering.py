"""Makes a page: templates of the rooms with GOV.UK's macros, in one language, compressed for slow lines."""

import gzip
from collections.abc import Mapping
from functools import cache, partial
from typing import Any

import brotli
from jinja2 import (
    BaseLoader,
    ChainableUndefined,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
)
from starlette.responses import HTMLResponse

from services.portal.web import assets
from services.portal.web.moments import WEST, day, moment
from services.portal.web.numbers import figure
from services.portal.web.words import ROOMS, known, say

_SMALLEST = 600
"""Bytes below which compressing saves no packet."""


@cache
def environment() -> Environment:
    """Templates by ``room/name.html``. The macros of GOV.UK read keys that nobody gave, so undefined values chain."""
    rooms: dict[str, BaseLoader] = {
        folder.parent.name: FileSystemLoader(folder) for folder in sorted(ROOMS.glob("*/templates"))
    }
    loader = PrefixLoader(rooms | {"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    made = Environment(
        loader=loader, autoescape=True, undefined=ChainableUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals |= {"asset": assets.address}
    made.tests["known_words"] = known
    return made


def rendered(template: str, language: str, values: Mapping[str, Any]) -> str:
    """The page as text; ``t`` speaks the language, ``day`` and ``moment`` write dates in it."""
    zone = values.get("zone") or WEST
    said = {
        "t": partial(say, language),
        "language": language,
        "day": partial(day, language, zone),
        "moment": partial(moment, language, zone),
        "figure": partial(figure, language),
    }
    return environment().get_template(template).render(**said, **values)


class Html(HTMLResponse):
    """A page, compressed as the browser takes it."""

    def __init__(
        self, text: str, *, accepts: str = "", status: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        content, encoding = _compressed(text.encode(), accepts)
        told = {"Vary": "Accept-Encoding", **(headers or {})}
        super().__init__(content, status, headers=told | ({"Content-Encoding": encoding} if encoding else {}))


def _compressed(content: bytes, accepts: str) -> tuple[bytes, str]:
    if len(content) < _SMALLEST:
        return content, ""
    if "br" in accepts:
        return brotli.compress(content, quality=5), "br"
    return (gzip.compress(content, 6), "gzip") if "gzip" in accepts else (content, "")
