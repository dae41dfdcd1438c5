"""What lies encrypted in the database: tokens, and the drafts that people write."""

import json
from typing import Any

from cryptography.fernet import Fernet, MultiFernet

from services.portal.settings import PortalSettings


class Crypt:
    """Encrypts with today's key and reads what older ones wrote."""

    def __init__(self, settings: PortalSettings) -> None:
        keys = [one.strip() for one in settings.portal_keys.get_secret_value().split(",") if one.strip()]
        # Without a key (a test, a document) nothing outlives the process.
        self._fernet = MultiFernet([Fernet(one) for one in keys or [Fernet.generate_key().decode()]])

    def seal(self, value: Any) -> bytes:
        """A value of JSON, encrypted."""
        return self._fernet.encrypt(json.dumps(value, ensure_ascii=False).encode())

    def open(self, sealed: bytes | str, *, seconds: int | None = None) -> Any:
        """The value; raises cryptography's InvalidToken for what is not ours, or older than so many seconds."""
        return json.loads(self._fernet.decrypt(sealed, ttl=seconds))
