"""Who is asking: verifies OIDC bearer tokens against the issuer's public keys."""

import json
import time
from pathlib import Path
from typing import Any
from uuid import UUID

import jwt
from pydantic import BaseModel, ValidationError

from contracts.base import Role, TenantId
from kit.actor import Actor
from kit.errors import Unauthenticated
from kit.settings import Settings

_ALGORITHMS = ["EdDSA", "ES256", "RS256"]
_REMEMBERED_SECONDS = 300.0
"""So long a verified token is believed without another look, as PyJWKClient believes a key: people act in bursts."""
_REMEMBERED = 10_000


class _Claims(BaseModel):
    sub: UUID
    exp: float
    city: TenantId
    roles: list[str] = []


class Verifier:
    """Turns a bearer token into an actor."""

    def __init__(self, settings: Settings) -> None:
        self._issuer = settings.oidc_issuer
        self._audience = settings.oidc_audience
        self._remote: jwt.PyJWKClient | None = None
        self._keys: dict[str | None, jwt.PyJWK] = {}
        self._remembered: dict[str, tuple[float, Actor]] = {}
        if settings.oidc_jwks.startswith(("http://", "https://")):
            self._remote = jwt.PyJWKClient(settings.oidc_jwks, cache_keys=True)
        elif settings.oidc_jwks:
            keys = jwt.PyJWKSet.from_dict(json.loads(Path(settings.oidc_jwks).read_text()))
            self._keys = {key.key_id: key for key in keys.keys}

    def actor(self, authorization: str | None) -> Actor:
        """The actor named by an ``Authorization`` header; raises Unauthenticated."""
        if authorization is None or not authorization.startswith("Bearer "):
            raise Unauthenticated(
                "send a bearer token in the Authorization header", "kirim token pada header Authorization"
            )
        token = authorization.removeprefix("Bearer ")
        until, actor = self._remembered.get(token, (0.0, None))
        if actor is None or until <= time.time():
            actor = self._verified(token)
        return actor

    def _verified(self, token: str) -> Actor:
        claims = self._claims(token)
        known = {role.value for role in Role}
        actor = Actor(claims.sub, claims.city, frozenset(Role(name) for name in claims.roles if name in known))
        self._remembered.pop(token, None)
        if len(self._remembered) >= _REMEMBERED:
            del self._remembered[next(iter(self._remembered))]  # the one verified longest ago
        self._remembered[token] = min(claims.exp, time.time() + _REMEMBERED_SECONDS), actor
        return actor

    def _claims(self, token: str) -> _Claims:
        try:
            body: dict[str, Any] = jwt.decode(
                token,
                self._key(token),
                algorithms=_ALGORITHMS,
                audience=self._audience,
                issuer=self._issuer,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
            return _Claims.model_validate(body)
        except (jwt.PyJWTError, ValidationError) as error:
            raise Unauthenticated(f"the token does not verify: {error}", "token tidak sah") from error

    def _key(self, token: str) -> jwt.PyJWK:
        if self._remote is not None:
            return self._remote.get_signing_key_from_jwt(token)
        name = jwt.get_unverified_header(token).get("kid")
        if name not in self._keys:
            raise jwt.InvalidKeyError(f"no key named {name}")
        return self._keys[name]
