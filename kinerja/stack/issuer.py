"""The development issuer: bearer tokens signed with a key of this state directory, refused outside a local stack."""

import json
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from kinerja.stack.errors import StackError
from kinerja.stack.state import State, replace
from kit.trust import LOCAL_ISSUER

ISSUER = LOCAL_ISSUER
AUDIENCE = "kinerja"
KEY_ID = "kinerja-local"
ALGORITHM = "RS256"


def ensure(state: State) -> None:
    """Make the key and publish its public half, once a state directory."""
    if not state.issuer_key.exists():
        key = generate_private_key(public_exponent=65537, key_size=2048)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with os.fdopen(os.open(state.issuer_key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(pem)
    public = RSAAlgorithm.to_jwk(_key(state.issuer_key).public_key(), as_dict=True)
    public |= {"kid": KEY_ID, "use": "sig", "alg": ALGORITHM}
    replace(state.jwks, json.dumps({"keys": [public]}, indent=2))


def mint(
    state: State,
    *,
    sub: UUID,
    city: str,
    roles: Sequence[str] = (),
    scopes: Sequence[str] = (),
    hours: float = 12,
) -> str:
    """A bearer token for a person or a machine's client of a city, good for some hours of the wall clock."""
    now = datetime.now(UTC)
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(sub),
        "city": city,
        "roles": [str(role) for role in roles],
        **({"scopes": list(scopes)} if scopes else {}),
        "iat": now,
        "exp": now + timedelta(hours=hours),
    }
    return sign(state, claims)


def sign(state: State, claims: Mapping[str, Any]) -> str:
    """Whatever is claimed, signed with the key of this state directory."""
    return jwt.encode(dict(claims), _key(state.issuer_key), algorithm=ALGORITHM, headers={"kid": KEY_ID})


@lru_cache(maxsize=8)
def _key(path: Path) -> RSAPrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError as error:
        raise StackError(f"there is no issuer key in {path.parent}: start the stack once with `kinerja up`") from error
    if not isinstance(key, RSAPrivateKey):
        raise StackError(f"{path} is not an RSA key")
    return key
