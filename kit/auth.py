"""Who is asking: verifies OIDC bearer tokens against the issuer's public keys."""

import time
from typing import Annotated, Any
from uuid import UUID

import jwt
from pydantic import AfterValidator, BaseModel, Field, StringConstraints, ValidationError

from contracts.base import Role, TenantId
from kit.actor import NOBODY, Actor
from kit.errors import Unauthenticated
from kit.issuer_keys import IssuerKeys
from kit.settings import Settings

_ALGORITHMS = ["EdDSA", "ES256", "RS256"]
"""Signatures of a private key alone: with a shared secret (HS256) a public key would do to sign."""
_LONGEST = 8_192
"""Characters of a token; a usual one has some thousand, and what is longer is not even taken apart."""
_REMEMBERED_SECONDS = 300.0
"""So long a verified token is believed without another look, as its key is: people act in bursts."""
_REMEMBERED = 10_000


def _person(sub: UUID) -> UUID:
    if sub == NOBODY:
        raise ValueError("this is the system's own id, and the system has no token")
    return sub


class _Header(BaseModel):
    """What a token says of itself before anything is verified; the rest of it is not looked at."""

    alg: str
    kid: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class _Claims(BaseModel):
    sub: Annotated[UUID, AfterValidator(_person)]
    exp: float
    city: TenantId
    roles: list[str] = []
    scopes: list[Annotated[str, StringConstraints(max_length=100)]] = Field(default=[], max_length=100)


class Verifier:
    """Turns a bearer token into an actor."""

    def __init__(self, settings: Settings) -> None:
        self._issuer = settings.oidc_issuer
        self._audience = settings.oidc_audience
        self._longest_seconds = settings.oidc_longest_hours * 3_600
        self._keys = IssuerKeys(settings.oidc_jwks, timeout=settings.oidc_timeout_seconds)
        self._remembered: dict[str, tuple[float, Actor]] = {}

    async def actor(self, authorization: str | None) -> Actor:
        """The actor named by an ``Authorization`` header.

        Raises Unauthenticated, or NotReady for a key nobody knows while the issuer is silent.
        """
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated(
                "send a bearer token in the Authorization header", "kirim token pada header Authorization"
            )
        until, actor = self._remembered.get(token, (0.0, None))
        if actor is None or until <= time.time():
            actor = await self._verified(token)
        return actor

    async def _verified(self, token: str) -> Actor:
        claims = await self._claims(token)
        known = {role.value for role in Role}
        roles = frozenset(Role(name) for name in claims.roles if name in known)
        actor = Actor(claims.sub, claims.city, roles, scopes=frozenset(claims.scopes))
        self._remembered.pop(token, None)
        if len(self._remembered) >= _REMEMBERED:
            del self._remembered[next(iter(self._remembered))]  # the one verified longest ago
        self._remembered[token] = min(claims.exp, time.time() + _REMEMBERED_SECONDS), actor
        return actor

    async def _claims(self, token: str) -> _Claims:
        try:
            key = await self._keys.key(_header(token).kid)
            claims = _Claims.model_validate(self._body(token, key))
        # What a token says may be anything: nested beyond the parser, a number that is none.
        except (jwt.PyJWTError, ValidationError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise _does_not_verify(error) from error
        if claims.exp > time.time() + self._longest_seconds:
            raise _does_not_verify(jwt.InvalidTokenError("it is good for longer than a token may be"))
        return claims

    def _body(self, token: str, key: jwt.PyJWK) -> dict[str, Any]:
        body: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=_ALGORITHMS,
            audience=self._audience,
            issuer=self._issuer,
            options={"require": ["exp", "iss", "aud", "sub"]},
        )
        return body


def _header(token: str) -> _Header:
    if len(token) > _LONGEST:
        raise jwt.DecodeError(f"it has more than {_LONGEST} characters")
    # Pydantic's parser has a limit of depth, where Python's own ends in a RecursionError.
    return _Header.model_validate_json(jwt.utils.base64url_decode(token.partition(".")[0]))


def _does_not_verify(error: Exception) -> Unauthenticated:
    """What PyJWT says of a token is about its form; other errors quote what the token says, and stay here."""
    why = str(error) if type(error).__module__.startswith("jwt.") else "it does not say what a token says"
    return Unauthenticated(f"the token does not verify: {why}", "token tidak sah")
