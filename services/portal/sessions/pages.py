"""The way in and out."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from contracts.base import Relation
from kit.errors import NotReady, Unauthenticated
from services.portal.sessions import cookies
from services.portal.sessions.failures import Reason, failed, succeeded
from services.portal.sessions.oidc import IssuerRefused
from services.portal.web.open import open_page
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visiting
from services.portal.web.visitor import visitor
from services.portal.web.words import say

router = APIRouter(include_in_schema=False)
own = pages()


@router.get("/masuk")
async def sign_in(request: Request, ke: str = "/") -> Response:
    """To the issuer; back to the page that was wanted. Raises Busy while the issuer is silent."""
    try:
        address, remembered = await request.app.state.issuer.begin()
    except NotReady as error:
        await failed(request.app.state.database, Reason.SILENT, error)
        raise
    response = RedirectResponse(address, 303)
    cookies.remember_signing_in(response, request.app.state.crypt, remembered | {"to": _own_path(ke)})
    return response


@router.get("/masuk/kembali")
async def come_back(request: Request, state: str = "", code: str = "") -> Response:
    """From the issuer, with a code; whoever did not begin here, or too long ago, begins again."""
    remembered = cookies.signing_in(request, request.app.state.crypt)
    if remembered is None:
        return await _not_signed_in(request, Reason.NOT_BEGUN)
    if state != remembered["state"]:
        return await _not_signed_in(request, Reason.FORGED)
    if not code:
        return await _not_signed_in(request, Reason.REFUSED)
    try:
        arrived = await request.app.state.issuer.arrive(code, remembered)
    except Unauthenticated as error:
        why = Reason.REFUSED if isinstance(error, IssuerRefused) else Reason.INVALID
        return await _not_signed_in(request, why, error)
    except NotReady as error:
        await failed(request.app.state.database, Reason.SILENT, error)
        raise
    async with request.app.state.database.transaction(arrived.actor.tenant_id, arrived.actor) as session:
        known = await visitor(session, arrived.actor.id)
    key = await request.app.state.sessions.begin(arrived.actor, arrived.sid, arrived.tokens, language=known.language)
    response = RedirectResponse(remembered["to"], 303)
    cookies.give(response, key)
    cookies.forget_signing_in(response)
    succeeded()
    return response


@own.post("/keluar", **shown_to(Relation.ANYONE, Relation.PROVINCE))
async def sign_out(visit: Visiting, _: Sent) -> Response:
    """Every session of this person ends here, then the issuer's."""
    state = visit.request.app.state
    await state.sessions.end_all(leaving=visit.actor.id)
    response = RedirectResponse(await state.issuer.leave(visit.signed.tokens), 303)
    cookies.take_away(response)
    return response


@router.get("/keluar/selesai")
async def signed_out(request: Request) -> Response:
    """Where the issuer sends people who have signed out."""
    return open_page(request, "sessions/out.html", say(cookies.language(request), "sessions.out_title"))


@router.post("/oidc/keluar")
async def signed_out_elsewhere(request: Request, logout_token: Annotated[str, Form(max_length=8_192)]) -> Response:
    """Back-Channel Logout 1.0: the issuer tells that a session has ended."""
    try:
        sid = await request.app.state.issuer.left(logout_token)
    except Unauthenticated:
        return Response(status_code=400)
    await request.app.state.sessions.end_all(sid=sid)
    return Response(status_code=200)


@router.get("/bahasa")
async def language(b: str, ke: str = "/") -> Response:
    """The other language, for this browser."""
    response = RedirectResponse(_own_path(ke), 303)
    cookies.set_language(response, b if b in ("id", "en") else "id")
    return response


async def _not_signed_in(request: Request, why: Reason, cause: Exception | None = None) -> Response:
    await failed(request.app.state.database, why, cause)
    tongue = cookies.language(request)
    response = open_page(request, "sessions/failed.html", say(tongue, "sessions.failed_title"), status=400)
    cookies.forget_signing_in(response)
    return response


def _own_path(wanted: str) -> str:
    """The path if it leads to a page of ours, else the start page: nobody is sent elsewhere by a link to us."""
    parts = urlsplit(wanted)
    ours = not parts.scheme and not parts.netloc and wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if ours and wanted.isprintable() else "/"
