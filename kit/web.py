"""The HTTP door of every service: one transaction a request, refused by default, problem+json for every error."""

import hashlib
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit import idempotency, metrics
from kit.access import DECLARED
from kit.actor import Actor
from kit.auth import Verifier
from kit.db import Database, collided
from kit.errors import Invalid, KinerjaError
from kit.openapi import GUARDED, Documented
from kit.settings import Settings

log = structlog.get_logger()

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
_RUNS = 3
"""A sweep locks obligations before their subjects, a command the other way round: the loser of a collision runs again."""
_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Guarded(APIRoute):
    """A route that nobody enters without a token, and that runs in one transaction of the actor's city.

    It declares who may use it (``kit.access.permits``), or it is not built.
    The transaction is committed before the answer leaves; a write with an ``Idempotency-Key`` stores its answer in it.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        extra = options.get("openapi_extra") or {}
        if DECLARED not in extra:
            raise TypeError(f"{path} does not say who may use it: add **permits(...) of kit.access to the route")
        options["openapi_extra"] = GUARDED | extra
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Handler:
        """Wrap FastAPI's handler."""
        inner = super().get_route_handler()

        async def handle(request: Request) -> Response:
            state = request.app.state
            actor: Actor = state.verifier.actor(request.headers.get("Authorization"))
            request.state.actor = actor
            structlog.contextvars.bind_contextvars(tenant=actor.tenant_id, actor=str(actor))
            # Read before the transaction begins: whoever uploads slowly holds no connection meanwhile.
            body = await request.body() if request.method in _WRITES else b""
            for _ in range(_RUNS - 1):
                try:
                    return await _in_transaction(_replayed(request, body), actor, inner)
                except DBAPIError as error:
                    if not collided(error):
                        raise
            return await _in_transaction(_replayed(request, body), actor, inner)

        return handle


def _replayed(request: Request, body: bytes) -> Request:
    """The request with its body still to be read.

    FastAPI closes the files of a form at the end of a run: a second run on the same request would find them empty.
    """
    unread = [body]

    async def receive() -> Message:
        if unread:
            return {"type": "http.request", "body": unread.pop(), "more_body": False}
        return await request.receive()

    return Request(request.scope, receive)


async def _in_transaction(request: Request, actor: Actor, inner: Handler) -> Response:
    async with request.app.state.database.transaction(actor.tenant_id, actor) as session:
        request.state.session = session
        return await _once(request, session, actor, inner)


async def _once(request: Request, session: AsyncSession, actor: Actor, inner: Handler) -> Response:
    key = request.headers.get("Idempotency-Key")
    if key is None or request.method not in _WRITES:
        return await inner(request)
    target = f"{request.method} {request.url.path}?{request.url.query}\n"
    digest = hashlib.sha256(target.encode() + await request.body()).hexdigest()
    if (stored := await idempotency.claim(session, actor, key, digest)) is not None:
        return Response(stored.body, stored.status or 200, media_type="application/json")
    answer = await inner(request)
    await idempotency.keep(session, actor, key, answer.status_code, bytes(answer.body))
    return answer


async def _session(request: Request) -> AsyncSession:
    session: AsyncSession = request.state.session
    return session


async def _actor(request: Request) -> Actor:
    actor: Actor = request.state.actor
    return actor


# Coroutines, because FastAPI sends plain dependencies to a thread.
Session = Annotated[AsyncSession, Depends(_session)]
Acting = Annotated[Actor, Depends(_actor)]


def router(**options: Any) -> APIRouter:
    """A router whose every route is guarded; services have no other."""
    return APIRouter(route_class=Guarded, prefix="/v1", **options)


def language(request: Request) -> str:
    """``en`` if the browser prefers English over Indonesian, else ``id``."""
    accepted = request.headers.get("Accept-Language", "id").lower()
    english, indonesian = accepted.find("en"), accepted.find("id")
    return "en" if english >= 0 and (indonesian < 0 or english < indonesian) else "id"


def application(
    service: str, settings: Settings, database: Database, *routers: APIRouter, summary: str = ""
) -> FastAPI:
    """The FastAPI application of one service."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await database.close()

    app = Documented(title=f"Kinerja {service}", version="1", summary=summary or None, lifespan=lifespan)
    app.state.service = service
    app.state.database = database
    app.state.verifier = Verifier(settings)
    for one in routers:
        app.include_router(one)
    _add_problems(app)
    _add_health(app, database)
    app.add_middleware(Measured, service=service)
    return app


class Measured:
    """Times every request by its route; plain ASGI, because Starlette's middleware class costs a task a request."""

    def __init__(self, app: ASGIApp, *, service: str) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note how long the answer took."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        structlog.contextvars.clear_contextvars()
        began, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            route = getattr(scope.get("route"), "path", "unmatched")
            labels = (self._service, scope["method"], route, str(status))
            metrics.http_seconds.labels(*labels).observe(time.perf_counter() - began)


def _add_problems(app: FastAPI) -> None:
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


def _problem(request: Request, error: KinerjaError) -> JSONResponse:
    """RFC 9457, in the reader's language."""
    tongue = language(request)
    body = {
        "type": f"https://kinerja.id/problems/{error.kind}",
        "title": error.title[1 if tongue == "id" else 0],
        "status": error.status,
        "detail": error.detail(tongue),
        "instance": request.url.path,
        **error.extra,
    }
    extra = {"WWW-Authenticate": "Bearer"} if error.status == 401 else {}
    return JSONResponse(body, error.status, headers=extra, media_type="application/problem+json")


def _add_health(app: FastAPI, database: Database) -> None:
    @app.get("/health/live", tags=["ops"])
    async def live() -> dict[str, str]:
        """The process runs."""
        return {"status": "live"}

    @app.get("/health/ready", tags=["ops"])
    async def ready() -> dict[str, str]:
        """The process can do its work: its database answers."""
        await database.ping()
        return {"status": "ready"}

    @app.get("/metrics", tags=["ops"], response_class=Response)
    async def measured() -> Response:
        """Prometheus metrics."""
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)
