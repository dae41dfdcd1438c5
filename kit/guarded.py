"""A guarded route: who asks is known before anything is read, everything is read before its one transaction begins."""

from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

import structlog
from fastapi import Request, Response
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel.ext.asyncio.session import AsyncSession

from kit import idempotency
from kit.access import DECLARED, Declaration, holds_declared_role, is_silent_about_conflicts, require_declared
from kit.actor import Actor
from kit.assistance import on_behalf_of
from kit.db import collided, extend, situation, strained, takes_no_changes
from kit.door.bodies import Body, arrived
from kit.errors import Busy, Unauthenticated, read_only
from kit.openapi import GUARDED
from kit.preparing import is_prepared, preparing
from kit.readable import KEY, parsed, require_readable
from kit.unknown import Known

log = structlog.get_logger()
Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
_RUNS = 3
"""A sweep locks obligations before their subjects, a command the other way round: the loser of a collision runs again."""
_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_HEAVY = "_heavy"


class Heavy(NamedTuple):
    """What a route takes that others refuse."""

    largest: int
    """Bytes of a body."""
    seconds: float
    """Of a statement, or of work between two."""


def heavy(*, largest: int, seconds: float) -> Callable[[Endpoint], Endpoint]:
    """Declare that a route takes larger bodies and more time than the settings give to all."""

    def declared(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _HEAVY, Heavy(largest, seconds))
        return endpoint

    return declared


class Guarded(APIRoute):
    """A route that nobody enters without a token, and that runs in one transaction of the actor's city.

    It declares who may use it (``kit.access.permits``), or it is not built. Who asks is known before anything is read,
    and everything is read before the transaction begins: whoever is slow holds nothing that others need.
    The transaction is committed before the answer leaves; a write with an ``Idempotency-Key`` stores its answer in it.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        extra = options.get("openapi_extra") or {}
        if DECLARED not in extra:
            raise TypeError(f"{path} does not say who may use it: add **permits(...) of kit.access to the route")
        self._declared: Declaration = extra[DECLARED]
        self._heavy: Heavy | None = getattr(endpoint, _HEAVY, None)
        if _WRITES.intersection(options.get("methods") or ()) and is_silent_about_conflicts(extra[DECLARED]):
            raise TypeError(f"{path} does not say whom the office's act concerns: permits(..., concerns=) or alike=")
        options["openapi_extra"] = GUARDED | extra
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Handler:
        """Wrap FastAPI's handler."""
        inner, known = super().get_route_handler(), Known.of(self)

        async def handle(request: Request) -> Response:
            actor = await _signed_in(request)
            with request.app.state.rates.one_more(actor):
                on_behalf_of(request, self._declared)
                require_declared(actor, self._declared)
                require_readable(request)
                known.require_query(request)
                body = await self._body(request, actor)
                try:
                    content = parsed(request, await body.small())
                    known.require_body(content)
                    with strain_told(request), standstill_told(request):
                        if is_prepared(self.endpoint):
                            await self._require_acting(request, actor)
                        async with preparing(self.endpoint, Request(request.scope, body.again()), actor):
                            return await self._run(_Read(request, body, content), actor, inner)
                finally:
                    body.close()

        return handle

    async def _body(self, request: Request, actor: Actor) -> Body:
        if request.method not in _WRITES:
            return Body()
        settings = request.app.state.settings
        # Much is carried here only for those whose token says that it is theirs to send.
        heavy = self._heavy if holds_declared_role(actor, self._declared) else None
        return await arrived(request, settings, most=heavy.largest if heavy else settings.http_body_bytes)

    async def _require_acting(self, request: Request, actor: Actor) -> None:
        """For somebody who may not act at all nothing is prepared."""
        state = request.app.state
        opening = state.employment.opening
        async with state.database.transaction(actor.tenant_id, actor, opening=opening) as session:
            await self._acting(session, request, actor)

    async def _acting(self, session: AsyncSession, request: Request, actor: Actor) -> Actor:
        """As whom: oneself as the copies know one, or whoever is helped."""
        state, writes = request.app.state, request.method in _WRITES
        acting: Actor = await state.employment.judge(session, actor, writes=writes)
        if (servant_id := on_behalf_of(request, self._declared)) is not None:
            acting = await state.assistance.stand_in(session, acting, servant_id, writes=writes)
        return acting

    async def _run(self, read: "_Read", actor: Actor, inner: Handler) -> Response:
        """Run again what lost against another transaction."""
        for _ in range(_RUNS - 1):
            try:
                return await self._in_transaction(read, actor, inner)
            except DBAPIError as error:
                if not collided(error):
                    raise
        return await self._in_transaction(read, actor, inner)

    async def _in_transaction(self, read: "_Read", actor: Actor, inner: Handler) -> Response:
        state, request = read.app.state, read.again()
        opening = state.employment.opening
        async with state.database.transaction(actor.tenant_id, actor, opening=opening) as session:
            acting = await self._acting(session, read, actor)
            situation(session).actor = request.state.actor = acting
            request.state.session = session
            if self._heavy:
                await extend(session, self._heavy.seconds)
            return await _once(request, session, acting, _recorded(inner, session, acting))


class _Read(Request):
    """A request that was read: its body is at hand as often as it is needed, and its JSON is known.

    FastAPI closes the files of a form at the end of a run: a second run on the same request would find them empty.
    """

    def __init__(self, request: Request, body: Body, content: Any) -> None:
        super().__init__(request.scope, body.again())
        self.arrived = body
        self._content = content

    def again(self) -> "_Read":
        """The same, unread."""
        return _Read(self, self.arrived, self._content)

    async def json(self) -> Any:
        """What was parsed and found readable."""
        return self._content


async def _signed_in(request: Request) -> Actor:
    state = request.app.state
    try:
        actor: Actor = await state.verifier.actor(request.headers.get("Authorization"))
    except Unauthenticated:
        state.rates.refused(request.client.host if request.client else None)
        raise
    request.state.actor = actor
    structlog.contextvars.bind_contextvars(tenant=actor.tenant_id, actor=str(actor))
    return actor


@contextmanager
def strain_told(request: Request) -> Iterator[None]:
    """Raises Busy where the database had no room, no time or was away, before the transaction or in it."""
    try:
        yield
    except (DBAPIError, PoolTimeout, ConnectionError) as error:
        if not collided(error) and not strained(error):
            raise
        log.warning("too busy to answer", path=request.url.path, why=_why(error))
        raise Busy(
            "too much is going on, or the database is away: nothing was changed, ask again soon",
            "sistem sedang terlalu sibuk, atau basis data tidak dapat dicapai: tidak ada yang diubah, coba lagi sebentar",
        ) from error


@contextmanager
def standstill_told(request: Request) -> Iterator[None]:
    """Raises ReadOnly where the database takes no changes: for a write, and for a reading that must be noted."""
    try:
        yield
    except DBAPIError as error:
        if not takes_no_changes(error):
            raise
        log.warning("no changes are taken", path=request.url.path)
        raise read_only(writes=request.method in _WRITES) from error


def _why(error: Exception) -> str:
    """Without the error's own words, in which PostgreSQL may quote what a person has sent."""
    return getattr(getattr(error, "orig", None), "sqlstate", None) or type(error).__name__


def _recorded(inner: Handler, session: AsyncSession, acting: Actor) -> Handler:
    """What an assistant writes is recorded in the transaction of the write itself."""

    async def handled(request: Request) -> Response:
        answer = await inner(request)
        if acting.assistant_id is not None and request.method in _WRITES:
            act = f"{request.method} {request.url.path}"
            await request.app.state.assistance.record(session, acting, act)
        return answer

    return handled


async def _once(request: _Read, session: AsyncSession, actor: Actor, inner: Handler) -> Response:
    key = request.headers.get(KEY)
    if key is None or request.method not in _WRITES:
        return await inner(request)
    target = f"{request.method} {request.url.path}?{request.url.query}\n"
    digest = await request.arrived.digest(target.encode())
    if (stored := await idempotency.claim(session, actor, key, digest)) is not None:
        return Response(stored.body, stored.status or 200, media_type="application/json")
    answer = await inner(request)
    await idempotency.keep(session, actor, key, answer.status_code, bytes(answer.body))
    return answer
