"""Every error over HTTP as problem+json (RFC 9457), in the reader's language."""

from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from kit.errors import Invalid, KinerjaError

log = structlog.get_logger()


def language(request: Request) -> str:
    """``en`` if the browser prefers English over Indonesian, else ``id``."""
    accepted = request.headers.get("Accept-Language", "id").lower()
    english, indonesian = accepted.find("en"), accepted.find("id")
    return "en" if english >= 0 and (indonesian < 0 or english < indonesian) else "id"


def add_problems(app: FastAPI) -> None:
    """Translate every error that a route may raise."""

    @app.exception_handler(KinerjaError)
    async def refused(request: Request, error: KinerjaError) -> JSONResponse:
        return _problem(request, error)

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        places = [{"where": ".".join(str(part) for part in one["loc"]), "detail": one["msg"]} for one in error.errors()]
        wrong = Invalid("the request does not have the expected shape", "bentuk permintaan tidak sesuai", errors=places)
        return _problem(request, wrong)

    @app.exception_handler(HTTPException)
    async def other(_: Request, error: HTTPException) -> JSONResponse:
        body = {"type": "about:blank", "title": str(error.detail), "status": error.status_code}
        return JSONResponse(body, error.status_code, media_type="application/problem+json")

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        log.error("unexpected error", path=request.url.path, exc_info=error)
        return _problem(request, KinerjaError("something went wrong here", "terjadi kesalahan pada sistem"))


def document(error: KinerjaError, tongue: str) -> dict[str, Any]:
    """What RFC 9457 wants said of an error, in ``id`` or ``en``."""
    return {
        "type": f"https://kinerja.id/problems/{error.kind}",
        "title": error.title[1 if tongue == "id" else 0],
        "status": error.status,
        "detail": error.detail(tongue),
        **error.extra,
    }


def _problem(request: Request, error: KinerjaError) -> JSONResponse:
    body = document(error, language(request)) | {"instance": request.url.path}
    return JSONResponse(body, error.status, headers=error.headers, media_type="application/problem+json")
