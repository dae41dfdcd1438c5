"""Who is asking: verifies OIDC bearer tokens against the issuer's public keys."""

import json
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


class _Claims(BaseModel):
    sub: UUID
    city: TenantId
    roles: list[str] = []


class Verifier:
    """Turns a bearer token into an actor."""

    def __init__(self, settings: Settings) -> None:
        self._issuer = settings.oidc_issuer
        self._audience = settings.oidc_audience
        self._remote: jwt.PyJWKClient | None = None
        self._keys: dict[str | None, jwt.PyJWK] = {}
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
        claims = self._claims(authorization.removeprefix("Bearer "))
        known = {role.value for role in Role}
        return Actor(claims.sub, claims.city, frozenset(Role(name) for name in claims.roles if name in known))

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
