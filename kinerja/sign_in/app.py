"""OpenID Connect for a local stack: /authorize lists the sample people, /token exchanges the code of whoever was picked.

/token answers machines as well, by their client credentials.
"""

import base64
import binascii
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import FastAPI, HTTPException, Request, Response
from jinja2 import Environment, FileSystemLoader
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse

from kinerja.sign_in.codes import Asked, Codes, Granted, challenged
from kinerja.sign_in.machines import MACHINES, Admit, access, nobody, refused
from kinerja.sign_in.people import Find, Sample

Told = Callable[[UUID], None]
_TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
_ACCESS = timedelta(minutes=15)
_REFRESH_SECONDS = 12 * 3_600.0
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Client:
    """The one client that people sign in to: the portal of this stack."""

    id: str
    secret: str
    redirects: tuple[str, ...]
    """Exact addresses; no other is redirected to, and to none where no portal runs."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Whom the services trust."""

    issuer: str
    audience: str
    sign: Callable[[Mapping[str, Any]], str]


class SignIn:
    """What the pages and the token endpoint do."""

    def __init__(self, signer: Signer, client: Client, find: Find, jwks: Path, *, admit: Admit, told: Told) -> None:
        self._signer, self._client, self._find = signer, client, find
        self._admit, self._told = admit, told
        self._jwks = jwks.read_bytes()
        self._codes, self._refreshes = Codes(), Codes()

    async def configuration(self, request: Request) -> Response:
        """OpenID Connect Discovery 1.0."""
        base = str(request.base_url).rstrip("/")
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "end_session_endpoint": "logout"}
        told = {
            "issuer": self._signer.issuer,
            **{name: f"{base}/{path}" for name, path in places.items()},
            "jwks_uri": f"{base}/jwks",
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
            "grant_types_supported": ["authorization_code", "refresh_token", MACHINES],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        }
        return JSONResponse(told)

    async def keys(self) -> Response:
        """The public half of the stack's key."""
        return Response(self._jwks, media_type="application/json")

    async def choose(self, request: Request, q: str = "") -> Response:
        """The list of sample people."""
        _asked(request.query_params, self._client)
        asked = {name: value for name, value in request.query_params.items() if name != "q"}
        page = _TEMPLATES.get_template("authorize.html").render(people=await self._find(q), q=q, asked=asked)
        return HTMLResponse(page, headers=_HEADERS)

    async def chosen(self, request: Request) -> Response:
        """Somebody was picked."""
        form = {name: str(value) for name, value in (await request.form()).items()}
        asked = _asked(form, self._client)
        found = await self._find(form.get("name", ""))
        sample = next((one for one in found if (str(one.sub), one.city) == (form.get("sub"), form.get("city"))), None)
        if sample is None:
            raise HTTPException(400, "nobody of this stack")
        self._told(sample.sub)
        code = self._codes.give(Granted(sample, asked, secrets.token_urlsafe(12)))
        return RedirectResponse(f"{asked.redirect_uri}?{urlencode({'code': code, 'state': asked.state})}", 303)

    async def exchange(self, request: Request) -> Response:
        """A code, a refresh token, or a machine's own credentials, for tokens."""
        form = {name: str(value) for name, value in (await request.form()).items()}
        name, secret = _credentials(request, form)
        if form.get("grant_type") == MACHINES:
            return access(self._admit(name, secret), form.get("scope", ""))
        if name != self._client.id or not secrets.compare_digest(secret.encode(), self._client.secret.encode()):
            return refused()
        if (granted := self._granted(form)) is None:
            return JSONResponse({"error": "invalid_grant"}, 400)
        refresh = self._refreshes.give(granted, seconds=_REFRESH_SECONDS)
        return JSONResponse(_tokens(self._signer, granted, refresh), headers={"Cache-Control": "no-store"})

    async def leave(self, post_logout_redirect_uri: str = "") -> Response:
        """RP-Initiated Logout 1.0; there is no session here that could end."""
        if not self._client.redirects:
            raise HTTPException(404, "no portal runs here")
        home = self._client.redirects[0].rsplit("/masuk/", 1)[0]
        known = post_logout_redirect_uri.startswith(f"{home}/")
        return RedirectResponse(post_logout_redirect_uri if known else home, 303)

    def _granted(self, form: Mapping[str, str]) -> Granted | None:
        if form.get("grant_type") == "refresh_token":
            return self._refreshes.take(form.get("refresh_token", ""))
        granted = self._codes.take(form.get("code", ""))
        proven = granted is not None and challenged(form.get("code_verifier", "")) == granted.asked.challenge
        return granted if proven else None


def build(
    signer: Signer, client: Client, find: Find, jwks: Path, *, admit: Admit = nobody, told: Told = lambda _: None
) -> FastAPI:
    """The application; ``admit`` knows the machines, ``told`` hears of everybody who is picked."""
    app = FastAPI(title="Kinerja: development issuer", docs_url=None, redoc_url=None, openapi_url=None)
    sign_in = SignIn(signer, client, find, jwks, admit=admit, told=told)
    for path, method, endpoint in (
        ("/.well-known/openid-configuration", "GET", sign_in.configuration),
        ("/jwks", "GET", sign_in.keys),
        ("/authorize", "GET", sign_in.choose),
        ("/authorize", "POST", sign_in.chosen),
        ("/token", "POST", sign_in.exchange),
        ("/logout", "GET", sign_in.leave),
    ):
        app.add_api_route(path, endpoint, methods=[method], response_model=None)
    return app


def _asked(query: Mapping[str, str], client: Client) -> Asked:
    """Raises HTTPException (400) for another client, another address to return to, or a question without PKCE."""
    asked = Asked(*(query.get(one, "") for one in ("client_id", "redirect_uri", "state", "nonce", "code_challenge")))
    if asked.client_id != client.id or asked.redirect_uri not in client.redirects:
        raise HTTPException(400, "unknown client or redirect_uri")
    if query.get("response_type") != "code" or query.get("code_challenge_method") != "S256" or not asked.challenge:
        raise HTTPException(400, "response_type=code with PKCE (S256) is needed")
    return asked


def _credentials(request: Request, form: Mapping[str, str]) -> tuple[str, str]:
    """Id and secret of whoever asks, by HTTP Basic or in the form; two empty texts where there are none."""
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return form.get("client_id", ""), form.get("client_secret", "")
    try:
        name, _, secret = base64.b64decode(encoded).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, secret


def _tokens(signer: Signer, granted: Granted, refresh: str) -> dict[str, Any]:
    now = datetime.now(UTC)
    sample: Sample = granted.sample
    common = {"iss": signer.issuer, "sub": str(sample.sub), "iat": now, "exp": now + _ACCESS}
    access = {**common, "aud": signer.audience, "city": sample.city, "roles": list(sample.roles)}
    identity = {**common, "aud": granted.asked.client_id, "nonce": granted.asked.nonce, "sid": granted.sid}
    return {
        "access_token": signer.sign(access),
        "id_token": signer.sign(identity),
        "refresh_token": refresh,
        "token_type": "Bearer",
        "expires_in": int(_ACCESS.total_seconds()),
    }
