"""What lies encrypted in the database: tokens, and the drafts that people write."""

import base64
import hashlib
import json
import secrets
from typing import Any

from cryptography.fernet import Fernet, MultiFernet

from services.portal.settings import PortalSettings


class Crypt:
    """Encrypts with today's key and reads what older ones wrote."""

    def __init__(self, settings: PortalSettings) -> None:
        keys = [one.strip() for one in settings.portal_keys.get_secret_value().split(",") if one.strip()]
        # Without one (a test, a document) nothing outlives the process.
        self._fernet = MultiFernet([Fernet(_key(one)) for one in keys or [secrets.token_hex(32)]])

    def seal(self, value: Any) -> bytes:
        """A value of JSON, encrypted."""
        return self._fernet.encrypt(json.dumps(value, ensure_ascii=False).encode())

    def open(self, sealed: bytes | str, *, seconds: int | None = None) -> Any:
        """The value; raises cryptography's InvalidToken for what is not ours, or older than so many seconds."""
        return json.loads(self._fernet.decrypt(sealed, ttl=seconds))


def _key(secret: str) -> bytes:
    """Fernet wants 32 bytes; a secret of `make secrets` is long and random, so that a plain hash of it will do."""
    return base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest())
