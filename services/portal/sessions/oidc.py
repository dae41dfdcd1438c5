"""OpenID Connect with the city's issuer: code flow with PKCE (S256), state and nonce (OpenID Connect Core 3.1)."""

import asyncio
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx2
import jwt
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client

from kit.actor import Actor
from kit.auth import Verifier
from kit.errors import Busy, Unauthenticated
from kit.issuer_keys import IssuerKeys
from services.portal.sessions.store import Tokens
from services.portal.settings import PortalSettings

_ALGORITHMS = ["EdDSA", "ES256", "RS256"]
_SCOPE = "openid"
_SECONDS = 10.0
_LOGOUT = "http://schemas.openid.net/event/backchannel-logout"


class IssuerRefused(Unauthenticated):
    """The issuer does not take the code or the token that it gave itself."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Who came back from the issuer."""

    actor: Actor
    sid: str
    tokens: Tokens


class Issuer:
    """The issuer as the portal's client sees it; its addresses are read once."""

    def __init__(self, settings: PortalSettings, verifier: Verifier) -> None:
        self._settings = settings
        self._verifier = verifier
        self._keys = IssuerKeys(settings.oidc_jwks, timeout=settings.oidc_timeout_seconds)
        self._addresses: dict[str, str] = {}
        self._asking = asyncio.Lock()

    @property
    def returns_to(self) -> str:
        """Where the issuer sends people back to; it knows this address and no other."""
        return f"{self._settings.portal_url}/masuk/kembali"

    async def begin(self) -> tuple[str, dict[str, str]]:
        """Where to send the browser, and what to remember until it is back."""
        remembered = {name: secrets.token_urlsafe(32) for name in ("state", "nonce")}
        remembered["verifier"] = secrets.token_urlsafe(64)
        async with self._client() as client:
            address, _ = client.create_authorization_url(
                await self._address("authorization_endpoint"),
                state=remembered["state"],
                nonce=remembered["nonce"],
                code_verifier=remembered["verifier"],
            )
        return address, remembered

    async def arrive(self, code: str, remembered: dict[str, str]) -> Arrived:
        """Exchange the code; raises IssuerRefused for one that it does not take, Unauthenticated for a token that does not
        hold, Busy or NotReady while the issuer is silent.
        """
        return await self._arrived({"code": code, "code_verifier": remembered["verifier"]}, remembered["nonce"])

    async def renew(self, tokens: Tokens) -> Arrived:
        """Fresh tokens for a session; raises Unauthenticated where the issuer ended it."""
        given = await self._ask({"grant_type": "refresh_token", "refresh_token": tokens.refresh})
        fresh = _tokens(given, before=tokens)
        return Arrived(await self._verifier.actor(f"Bearer {fresh.access}"), "", fresh)

    async def leave(self, tokens: Tokens) -> str:
        """Where the browser signs out of the issuer too (RP-Initiated Logout 1.0)."""
        about = {"id_token_hint": tokens.id, "post_logout_redirect_uri": f"{self._settings.portal_url}/keluar/selesai"}
        return f"{await self._address('end_session_endpoint')}?{urlencode(about)}"

    async def left(self, logout_token: str) -> str:
        """The ``sid`` that a token of Back-Channel Logout 1.0 ends; raises Unauthenticated for one that does not hold."""
        claims = await self._claims(logout_token)
        if _LOGOUT not in (claims.get("events") or {}) or "nonce" in claims or not claims.get("sid"):
            raise _refused(jwt.InvalidTokenError("it is no logout token"))
        return str(claims["sid"])

    async def origin(self) -> str:
        """Scheme and host of the issuer's pages, for the content security policy."""
        return "/".join((await self._address("authorization_endpoint")).split("/")[:3])

    async def _arrived(self, grant: dict[str, str], nonce: str) -> Arrived:
        given = await self._ask({"grant_type": "authorization_code", **grant})
        tokens = _tokens(given)
        identity = await self._claims(tokens.id)
        actor = await self._verifier.actor(f"Bearer {tokens.access}")
        if not secrets.compare_digest(str(identity.get("nonce", "")), nonce) or identity.get("sub") != str(actor.id):
            raise _refused(jwt.InvalidTokenError("the tokens were made for another visit"))
        return Arrived(actor, str(identity.get("sid") or secrets.token_urlsafe(16)), tokens)

    async def _ask(self, grant: dict[str, str]) -> dict[str, Any]:
        address = await self._address("token_endpoint")
        try:
            async with self._client() as client:
                if (refresh := grant.get("refresh_token")) is not None:
                    return dict(await client.refresh_token(address, refresh_token=refresh))
                return dict(await client.fetch_token(address, **grant))
        except OAuthError as error:
            raise _refused(error, IssuerRefused) from error
        except httpx2.HTTPError as error:
            raise _silent() from error

    async def _claims(self, token: str) -> dict[str, Any]:
        try:
            key = await self._keys.key(str(jwt.get_unverified_header(token).get("kid")))
            client = self._settings.portal_client_id
            claims: dict[str, Any] = jwt.decode(
                token, key, algorithms=_ALGORITHMS, audience=client, issuer=self._settings.oidc_issuer
            )
        except jwt.PyJWTError as error:
            raise _refused(error) from error
        return claims

    async def _address(self, name: str) -> str:
        async with self._asking:
            if not self._addresses:
                self._addresses = await self._discovered()
        return self._addresses[name]

    async def _discovered(self) -> dict[str, str]:
        place = self._settings.portal_discovery
        place = place or f"{self._settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration"
        try:
            async with httpx2.AsyncClient(timeout=_SECONDS) as client:
                found = (await client.get(place)).raise_for_status().json()
        except httpx2.HTTPError as error:
            raise _silent() from error
        return {name: value for name, value in found.items() if isinstance(value, str)}

    def _client(self) -> AsyncOAuth2Client:
        settings = self._settings
        return AsyncOAuth2Client(
            client_id=settings.portal_client_id,
            client_secret=settings.portal_client_secret.get_secret_value(),
            redirect_uri=self.returns_to,
            scope=_SCOPE,
            code_challenge_method="S256",
            timeout=_SECONDS,
        )


def _tokens(given: dict[str, Any], before: Tokens | None = None) -> Tokens:
    until = datetime.now(UTC) + timedelta(seconds=float(given.get("expires_in", 60)))
    fresh = Tokens(
        str(given["access_token"]), str(given.get("refresh_token", "")), str(given.get("id_token", "")), until
    )
    if before is None:
        return fresh
    return replace(fresh, refresh=fresh.refresh or before.refresh, id=fresh.id or before.id)


def _refused(error: Exception, kind: type[Unauthenticated] = Unauthenticated) -> Unauthenticated:
    return kind(f"signing in did not work: {type(error).__name__}", "Anda tidak dapat masuk: ulangi dari awal")


def _silent() -> Busy:
    return Busy("the issuer does not answer: try again soon", "layanan masuk tidak menjawab: coba lagi sebentar")
