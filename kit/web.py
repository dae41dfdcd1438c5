"""The HTTP door of every service: one transaction a request, refused by default, problem+json for every error."""

import hashlib
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.types import Message

from kit import idempotency
from kit.access import DECLARED
from kit.actor import Actor
from kit.auth import Verifier
from kit.db import Database, collided, situation
from kit.health import add_health
from kit.measured import Measured
from kit.openapi import GUARDED, Documented
from kit.problems import add_problems
from kit.readable import KEY, parsed, require_readable
from kit.settings import Settings
from kit.standing import Standing

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
            actor: Actor = await state.verifier.actor(request.headers.get("Authorization"))
            structlog.contextvars.bind_contextvars(tenant=actor.tenant_id, actor=str(actor))
            require_readable(request)
            # Read before the transaction begins: whoever uploads slowly holds no connection meanwhile.
            body = await request.body() if request.method in _WRITES else b""
            content = parsed(request, body)
            for _ in range(_RUNS - 1):
                try:
                    return await _in_transaction(_Read(request, body, content), actor, inner)
                except DBAPIError as error:
                    if not collided(error):
                        raise
            return await _in_transaction(_Read(request, body, content), actor, inner)

        return handle


class _Read(Request):
    """The request with its body still to be read, whose JSON is known.

    FastAPI closes the files of a form at the end of a run: a second run on the same request would find them empty.
    """

    def __init__(self, request: Request, body: bytes, content: Any) -> None:
        unread = [body]

        async def receive() -> Message:
            if unread:
                return {"type": "http.request", "body": unread.pop(), "more_body": False}
            return await request.receive()

        super().__init__(request.scope, receive)
        self._content = content

    async def json(self) -> Any:
        """What was parsed and found readable."""
        return self._content


async def _in_transaction(request: Request, actor: Actor, inner: Handler) -> Response:
    state, writes = request.app.state, request.method in _WRITES
    async with state.database.transaction(actor.tenant_id, actor, opening=state.standing.opening) as session:
        acting: Actor = await state.standing.judge(session, actor, writes=writes)
        situation(session).actor = request.state.actor = acting
        request.state.session = session
        return await _once(request, session, acting, inner)


async def _once(request: Request, session: AsyncSession, actor: Actor, inner: Handler) -> Response:
    key = request.headers.get(KEY)
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


def application(
    service: str, settings: Settings, database: Database, *routers: APIRouter, standing: Standing, summary: str = ""
) -> FastAPI:
    """The FastAPI application of one service; ``standing`` looks up at each request what a token's person may be now."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await database.close()

    app = Documented(title=f"Kinerja {service}", version="1", summary=summary or None, lifespan=lifespan)
    app.state.service = service
    app.state.database = database
    app.state.verifier = Verifier(settings)
    app.state.standing = standing
    for one in routers:
        app.include_router(one)
    add_problems(app)
    add_health(app, database)
    app.add_middleware(Measured, service=service)
    return app
