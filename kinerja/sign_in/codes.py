"""Codes and refresh tokens that were given out, each good once; in memory, since a development issuer may forget."""

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass

from kinerja.sign_in.people import Sample

_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asked for at ``/authorize``."""

    client_id: str
    redirect_uri: str
    state: str
    nonce: str
    challenge: str


@dataclass(frozen=True, slots=True)
class Granted:
    """Who signed in, for which question."""

    sample: Sample
    asked: Asked
    sid: str


class Codes:
    """What was granted, by the secret that stands for it."""

    def __init__(self) -> None:
        self._granted: dict[str, tuple[float, Granted]] = {}

    def give(self, granted: Granted, *, seconds: float = _SECONDS) -> str:
        """A secret, good once and not for long."""
        code = secrets.token_urlsafe(24)
        self._granted[code] = time.monotonic() + seconds, granted
        return code

    def take(self, code: str) -> Granted | None:
        """What it stands for, once."""
        until, granted = self._granted.pop(code, (0.0, None))
        return granted if until > time.monotonic() else None


def challenged(verifier: str) -> str:
    """S256 of RFC 7636."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
