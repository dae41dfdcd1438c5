"""Every error over HTTP as problem+json (RFC 9457), in the reader's language."""

import json
from collections.abc import Mapping
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from kit import traceparent
from kit.errors import Invalid, KinerjaError
from kit.malformed import SHAPE, place
from kit.refused_by_http import refused_by_http

log = structlog.get_logger()
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_UNSAID = frozenset({401, 404, 429, 500})
"""What is refused and not logged: whoever knocks without a key, or too often, must not fill the log; pages ask for what may not
be there; a mistake of the program was told with its traceback."""


class Problem(JSONResponse):
    """One error; whatever it quotes, it can be written in UTF-8."""

    media_type = "application/problem+json"

    def render(self, content: Any) -> bytes:
        """As JSON; half a surrogate pair becomes a question mark."""
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def language(request: Request) -> str:
    """``en`` if the browser prefers English over Indonesian, else ``id``."""
    accepted = request.headers.get("Accept-Language", "id").lower()
    english, indonesian = accepted.find("en"), accepted.find("id")
    return "en" if english >= 0 and (indonesian < 0 or english < indonesian) else "id"


def add_problems(app: FastAPI) -> None:
    """Translate every error that a route, or the way to it, may raise."""

    @app.exception_handler(KinerjaError)
    async def refused(request: Request, error: KinerjaError) -> Problem:
        return problem(request, error)

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> Problem:
        places = [place(one, language(request)) for one in error.errors()]
        return problem(request, Invalid(*SHAPE, errors=places))

    @app.exception_handler(HTTPException)
    async def other(request: Request, error: HTTPException) -> Problem:
        headers = dict(error.headers or {})
        if error.status_code == 405:
            headers["Allow"] = ", ".join(_allowed(app, request))
        return problem(request, refused_by_http(error.status_code), headers)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Problem:
        log.error("unexpected error", method=request.method, route=_route(request), exc_info=error)
        return problem(request, KinerjaError("something went wrong here", "terjadi kesalahan pada sistem"))


def document(error: KinerjaError, tongue: str) -> dict[str, Any]:
    """What RFC 9457 wants said of an error, in ``id`` or ``en``."""
    return {
        "type": f"https://kinerja.id/problems/{error.kind}",
        "title": error.title[1 if tongue == "id" else 0],
        "status": error.status,
        "detail": error.detail(tongue),
        **_told(error.extra, tongue),
    }


def problem(request: Request, error: KinerjaError, headers: Mapping[str, str] | None = None) -> Problem:
    """RFC 9457, in the reader's language, with the number by which the request is found."""
    tongue = language(request)
    if error.status not in _UNSAID:
        _log(request, error)
    body = document(error, tongue) | {"instance": request.url.path, "trace": traceparent.number()}
    extra = {"WWW-Authenticate": "Bearer"} if error.status == 401 else {}
    said = {"Content-Language": tongue, **error.headers, **(headers or {}), **extra}
    return Problem(body, error.status, headers=said)


def _log(request: Request, error: KinerjaError) -> None:
    # Without the actor: next to what an anonymous person then says, it would tell who that was.
    route = _route(request)
    log.info("refused", method=request.method, route=route, status=error.status, kind=error.kind, actor=None)


def _route(request: Request) -> str:
    """The route and not the path: there may be a person's number in it."""
    return str(getattr(request.scope.get("route"), "path", ""))


def _told(extra: Mapping[str, Any], tongue: str) -> dict[str, Any]:
    """Places that say in both languages what is wrong there say it in the reader's."""
    if not isinstance(errors := extra.get("errors"), list):
        return dict(extra)
    return {**extra, "errors": [_in_one_language(one, tongue) for one in errors]}


def _in_one_language(place: object, tongue: str) -> object:
    # A copy: a command may raise the same place for every reader.
    if isinstance(place, dict) and isinstance(words := place.get("detail"), tuple):
        return place | {"detail": words[1 if tongue == "id" else 0]}
    return place


def _allowed(app: FastAPI, request: Request) -> list[str]:
    """Every method of the path (RFC 9110, 15.5.6); Starlette names those of one route, and a path may have several."""
    scopes = {method: {**request.scope, "method": method} for method in _METHODS}
    return [
        method
        for method, scope in scopes.items()
        if any(route.matches(dict(scope))[0] is Match.FULL for route in app.routes)
    ]
