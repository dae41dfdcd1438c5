"""What the portal's processes read beside the settings that all services share."""

from typing import Annotated

from pydantic import Field, Json, SecretStr, model_validator

from contracts.base import SERVICES
from kit.settings import Settings


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
    """Fernet keys with commas, today's first: what tokens and drafts are encrypted with in the database."""
    portal_idle_minutes: Annotated[float, Field(gt=0, le=24 * 60)] = 30.0
    """Without a page for so long, a session has ended (of the wall's clock)."""
    portal_longest_hours: Annotated[float, Field(gt=0, le=24)] = 8.0
    """After so long a session has ended, whatever was done in it."""
    portal_files: str = ""
    """Where evidence lies: a directory, or an URL of object storage (``s3://bucket/prefix``)."""

    @model_validator(mode="after")
    def _the_portal_is_whole(self) -> "PortalSettings":
        if self.environment == "production":
            if not self.portal_url.startswith("https://"):
                raise ValueError(
                    f"KINERJA_PORTAL_URL={self.portal_url} is refused in production: browsers need https://"
                )
            if not self.portal_client_secret.get_secret_value() or not self.portal_keys.get_secret_value():
                raise ValueError("KINERJA_PORTAL_CLIENT_SECRET and KINERJA_PORTAL_KEYS are needed: run make secrets")
        unknown = set(self.portal_services) - set(SERVICES)
        if unknown:
            raise ValueError(f"KINERJA_PORTAL_SERVICES names what is no service: {', '.join(sorted(unknown))}")
        return self
