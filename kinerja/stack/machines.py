"""Machines' clients of the development issuer: who they are, what they may read, and tokens for whoever knows the secret."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from uuid import UUID

from pydantic import BaseModel

from contracts.base import Role
from kinerja.stack import issuer
from kinerja.stack.errors import StackError
from kinerja.stack.state import State, replace

HOURS = 0.25
"""Of a token: as long as Keycloak's in deploy/keycloak."""


class Machine(BaseModel):
    """A client as the issuer keeps it; city and scopes are fixed here, and nothing that asks can change them."""

    sub: UUID
    city: str
    scopes: list[str]
    secret_sha256: str
    """The secret has 256 bits of randomness: a plain hash is enough, and nobody who reads the file can use it."""


def enrol(state: State, client_id: str, *, sub: UUID, city: str, scopes: Sequence[str]) -> str:
    """Make a client; returns its secret, which is kept nowhere. Raises StackError for a client that is there already."""
    known = _read(state)
    if client_id in known:
        raise StackError(f"there is a client {client_id} already: choose another name")
    secret = secrets.token_urlsafe(32)
    known[client_id] = Machine(sub=sub, city=city, scopes=list(scopes), secret_sha256=_hashed(secret))
    text = json.dumps({name: one.model_dump(mode="json") for name, one in known.items()}, indent=2)
    replace(state.machines, text, mode=0o600)  # whole at every moment: the issuer reads it at every question
    return secret


def is_known(state: State, client_id: str) -> bool:
    """Whether there is such a client."""
    return client_id in _read(state)


def token(state: State, client_id: str, secret: str) -> str:
    """A token by client credentials; raises StackError where they do not fit, without saying which of the two."""
    if (machine := admitted(state, client_id, secret)) is None:
        raise StackError("no client has this id and this secret: make one with `kinerja integrator create`")
    return minted(state, machine)


def admitted(state: State, client_id: str, secret: str) -> Machine | None:
    """The client whose secret this is; None for a client that is unknown as for a wrong secret."""
    machine = _read(state).get(client_id)
    fits = machine is not None and hmac.compare_digest(machine.secret_sha256, _hashed(secret))
    return machine if fits else None


def minted(state: State, machine: Machine) -> str:
    """A token for a client, good for ``HOURS``."""
    roles = [Role.INTEGRATOR]
    return issuer.mint(state, sub=machine.sub, city=machine.city, roles=roles, scopes=machine.scopes, hours=HOURS)


def _read(state: State) -> dict[str, Machine]:
    if not state.machines.exists():
        return {}
    return {name: Machine.model_validate(one) for name, one in json.loads(state.machines.read_text()).items()}


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
