"""A page: whoever has not signed in is sent to do so, a form is taken from our own pages alone, errors are pages as well."""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import quote

import structlog
from fastapi import APIRouter, Depends, Request, Response
from fastapi.routing import APIRoute
from starlette.responses import RedirectResponse

from contracts.base import Relation
from kit.errors import Unauthenticated
from services.portal.sessions import cookies
from services.portal.sessions.store import SignedIn
from services.portal.upstream.refusals import Refusal
from services.portal.upstream.services import Asking
from services.portal.web import csrf, errors
from services.portal.web.forms import Form, sent
from services.portal.web.shown import SHOWN, may_see
from services.portal.web.visit import Visit
from services.portal.web.visitor import visitor

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
_RENEW_BEFORE = timedelta(seconds=30)
_SAFE = ("GET", "HEAD")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class Page(APIRoute):
    """A page that says who it is for, or it is not built."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        declared = (options.get("openapi_extra") or {}).get(SHOWN)
        if declared is None:
            raise TypeError(f"{path} does not say who it is for: add **shown_to(...) of services.portal.web.shown")
        self._who = [Relation(one) for one in declared["who"]]
        options["response_model"] = None
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Handler:
        """Wrap FastAPI's handler."""
        inner = super().get_route_handler()

        async def handle(request: Request) -> Response:
            signed = await _signed_in(request)
            if signed is None:
                return _to_sign_in(request)
            visit = request.state.visit = await _visit(request, signed)
            structlog.contextvars.bind_contextvars(tenant=signed.actor.tenant_id, actor=str(signed.actor))
            try:
                with request.app.state.rates.one_more(signed.actor):
                    return await self._answer(request, visit, inner)
            except Unauthenticated:  # the issuer or a service no longer takes the token
                await request.app.state.sessions.end(signed.key_hash)
                return _to_sign_in(request)
            except Exception as error:  # noqa: BLE001 - every error is a page
                return errors.page_of(visit, error)

        return handle

    async def _answer(self, request: Request, visit: Visit, inner: Handler) -> Response:
        if not may_see(visit.actor, self._who):
            return errors.not_for_you(visit, self._who)
        if request.method not in _SAFE:
            try:
                await _read_form(request, visit)
            except csrf.Forged as forged:
                await request.close()
                return errors.forged(visit, forged.why)
        try:
            return await inner(request)
        except Refusal as refusal:
            if refusal.status == 401:
                raise Unauthenticated(refusal.detail) from refusal
            raise
        finally:
            await request.close()  # the files of its form


def pages(**options: Any) -> APIRouter:
    """A router whose every route is a page; rooms have no other for people who are signed in."""
    return APIRouter(route_class=Page, include_in_schema=False, **options)


async def _read_form(request: Request, visit: Visit) -> None:
    """Raises Forged; the form is then read, and at hand as ``Sent``. What is no form brings its token in a header."""
    if not request.headers.get("Content-Type", "").startswith(_FORMS):
        csrf.require_own(visit.signed.csrf, request.headers.get("X-CSRF-Token", ""), request.headers)
        request.state.form = Form()
        return
    form = await request.form(max_files=20, max_fields=2_000)
    token = request.headers.get("X-CSRF-Token") or str(form.get("csrf") or "")
    csrf.require_own(visit.signed.csrf, token, request.headers)
    request.state.form = Form.of(form, visit.language)


async def _signed_in(request: Request) -> SignedIn | None:
    key = request.cookies.get(cookies.SESSION)
    if not key:
        return None
    state = request.app.state
    signed: SignedIn | None = await state.sessions.find(key)
    if signed is None or signed.tokens.until - _RENEW_BEFORE > datetime.now(UTC):
        return signed
    if not signed.tokens.refresh:
        return signed if signed.tokens.until > datetime.now(UTC) else None
    try:
        fresh = await state.issuer.renew(signed.tokens)
    except Unauthenticated:
        await state.sessions.end(signed.key_hash)
        return None
    await state.sessions.renew(signed.key_hash, fresh.tokens, fresh.actor)
    found: SignedIn | None = await state.sessions.find(key)
    return found


async def _visit(request: Request, signed: SignedIn) -> Visit:
    state = request.app.state
    async with state.database.transaction(signed.actor.tenant_id, signed.actor) as session:
        found = await visitor(session, signed.actor.id)
    language = cookies.language(request) if cookies.LANGUAGE in request.cookies else signed.language
    asking = Asking(state.services, signed.tokens.access, language)
    return Visit(request, signed, language, asking, found)


def _to_sign_in(request: Request) -> Response:
    if request.method not in _SAFE:
        return RedirectResponse("/masuk", 303)
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/masuk?ke={quote(wanted, safe='/')}", 303)


Sent = Annotated[Form, Depends(sent)]
"""The form of a POST, its token checked."""
