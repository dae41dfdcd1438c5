"""The issuer of the tests: signs tokens with a key of its own and publishes the public half as a file."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from contracts.base import Role

ISSUER = "http://issuer.test"
AUDIENCE = "kinerja"
_KEY_ID = "test"


class Issuer:
    """Makes bearer tokens that the services of the tests trust."""

    def __init__(self, directory: Path) -> None:
        self._key = Ed25519PrivateKey.generate()
        self.jwks = directory / "jwks.json"
        public = OKPAlgorithm.to_jwk(self._key.public_key(), as_dict=True) | {"kid": _KEY_ID, "alg": "EdDSA"}
        self.jwks.write_text(json.dumps({"keys": [public]}))

    def token(self, person_id: UUID, city: str, *roles: Role, minutes: float = 10, scopes: Sequence[str] = ()) -> str:
        """A token; one of negative minutes has expired already."""
        now = datetime.now(UTC)
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(person_id),
            "city": city,
            "roles": [role.value for role in roles],
            **({"scopes": list(scopes)} if scopes else {}),
            "exp": now + timedelta(minutes=minutes),
        }
        return self.sign(claims)

    def sign(self, claims: Mapping[str, Any]) -> str:
        """Whatever is claimed, signed."""
        return jwt.encode(dict(claims), self._key, algorithm="EdDSA", headers={"kid": _KEY_ID})

    def header(self, person_id: UUID, city: str, *roles: Role, scopes: Sequence[str] = ()) -> dict[str, str]:
        """The Authorization header of a person."""
        return {"Authorization": f"Bearer {self.token(person_id, city, *roles, scopes=scopes)}"}
