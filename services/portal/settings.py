"""What the portal's processes read beside the settings that all services share."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, Json, SecretStr

from contracts.base import SERVICES
from kit.settings import Settings
from kit.trust import is_loopback


class PortalSettings(Settings):
    """``KINERJA_PORTAL_*``, and everything of :class:`kit.settings.Settings`."""

    portal_url: str = "http://127.0.0.1:8100"
    """Where browsers find the portal: redirects of the issuer lead there, and forms are taken from there alone."""
    portal_services: Json[dict[str, str]] = Field(default_factory=dict)
    """JSON: where each service answers, e.g. ``{"plans": "http://plans-api:8000"}``."""
    portal_client_id: str = "portal"
    portal_client_secret: SecretStr = SecretStr("")
    """Of the confidential client that the issuer knows the portal by."""
    portal_discovery: str = ""
    """URL of the issuer's OpenID configuration; empty is the usual place below the issuer."""
    portal_keys: SecretStr = SecretStr("")
    """Secrets with commas, today's first: what tokens and drafts are encrypted with in the database."""
    portal_idle_minutes: Annotated[float, Field(gt=0, le=24 * 60)] = 30.0
    """Without a page for so long, a session has ended (of the wall's clock)."""
    portal_longest_hours: Annotated[float, Field(gt=0, le=24)] = 8.0
    """After so long a session has ended, whatever was done in it."""
    portal_files: str = ""
    """Where evidence lies: an URL of object storage (``s3://bucket/prefix``, reached as ``AWS_*`` say), or a directory; empty
    keeps it in memory, which production refuses."""
    portal_scan: str = ""
    """A command that reads a file on its standard input and ends with 0 if it is clean, 1 if not (``clamdscan -``)."""

    def require_whole(self) -> None:
        """Raises ValueError where a process that serves pages in production lacks a secret, or would serve them in clear."""
        unknown = set(self.portal_services) - set(SERVICES)
        if unknown:
            raise ValueError(f"KINERJA_PORTAL_SERVICES names what is no service: {', '.join(sorted(unknown))}")
        if self.environment != "production":
            return
        url = urlsplit(self.portal_url)
        if url.scheme != "https" and not is_loopback(url.hostname or ""):
            raise ValueError(f"KINERJA_PORTAL_URL={self.portal_url} is refused in production: set it to https://...")
        self.require_files()
        for name in ("portal_client_secret", "portal_keys"):
            if not getattr(self, name).get_secret_value():
                raise ValueError(f"KINERJA_{name.upper()} is needed: `make secrets` makes one")

    def require_files(self) -> None:
        """Raises ValueError where production would keep what people bring in a process's memory."""
        if self.environment == "production" and not self.portal_files:
            raise ValueError("KINERJA_PORTAL_FILES is needed in production: s3://bucket, or a directory that is kept")
