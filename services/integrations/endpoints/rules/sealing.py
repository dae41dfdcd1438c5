"""Secrets of endpoints as they lie in the database: encrypted, and bound to the endpoint that they belong to."""

import base64
import os
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kit.errors import NotReady

_NONCE = 12
_KEY = 32
PREFIX = "whsec_"


class Seal:
    """Encrypts with the first key, opens with any: a new key is put in front, and the old ones go when nothing needs them."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._ciphers = [AESGCM(key) for key in keys]

    @classmethod
    def of(cls, path: str) -> "Seal":
        """The keys in a file, one a line, 32 bytes each in Base64; raises NotReady without one, ValueError for others."""
        if not path or not Path(path).exists():
            raise NotReady(
                "no key for the secrets of webhooks: set KINERJA_WEBHOOK_KEYS to a file (kinerja secrets makes one)",
                "belum ada kunci rahasia webhook: isi KINERJA_WEBHOOK_KEYS dengan berkas (kinerja secrets membuatnya)",
            )
        keys = [base64.b64decode(line) for line in Path(path).read_text().split()]
        if not keys or any(len(key) != _KEY for key in keys):
            raise ValueError(f"{path}: one key a line, each of {_KEY} bytes in Base64")
        return cls(keys)

    def sealed(self, secret: str, endpoint_id: UUID) -> bytes:
        """The secret as it is stored."""
        nonce = os.urandom(_NONCE)
        return nonce + self._ciphers[0].encrypt(nonce, secret.encode(), endpoint_id.bytes)

    def opened(self, stored: bytes, endpoint_id: UUID) -> str:
        """The secret; raises ValueError if no key opens it, or it was another endpoint's."""
        for cipher in self._ciphers:
            try:
                return cipher.decrypt(stored[:_NONCE], stored[_NONCE:], endpoint_id.bytes).decode()
            except InvalidTag:
                continue
        raise ValueError(f"no key of KINERJA_WEBHOOK_KEYS opens the secret of endpoint {endpoint_id}")


def new_secret() -> str:
    """A secret as Standard Webhooks writes it: 32 random bytes."""
    return PREFIX + base64.b64encode(os.urandom(32)).decode()


def new_key() -> str:
    """A line for the file of keys."""
    return base64.b64encode(os.urandom(_KEY)).decode()
