"""Where each city reaches the national application, and as whom: a file beside the process, and nothing by default."""

import json
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, SecretStr, StringConstraints, TypeAdapter, ValidationError, model_validator

from contracts.base import TenantId
from kit.settings import Settings
from kit.trust import is_loopback

Given = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]


class GatewayAccess(BaseModel):
    """One city's way in: the gateway wants a token of its own and one of the person in whose name it is asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: Given
    """Of the web service, e.g. https://apimws.bkn.go.id:8243/apisiasn/1.0."""
    token_url: Given
    """Where ``key`` and ``secret`` get the token for ``Authorization``."""
    key: Given
    secret: SecretStr
    sso_url: Given
    """Where ``client``, ``user`` and ``password`` get the token for ``Auth``."""
    client: Given
    user: Given
    password: SecretStr
    ca: str = ""
    """File with the certificates to trust instead of the system's."""

    @model_validator(mode="after")
    def _no_secret_in_clear(self) -> "GatewayAccess":
        for name in ("url", "token_url", "sso_url"):
            found = urlsplit(getattr(self, name))
            if found.scheme != "https" and not (found.scheme == "http" and is_loopback(found.hostname or "")):
                raise ValueError(f"{name} would carry tokens and people's data in clear: set it to https://...")
        return self

    @property
    def local(self) -> bool:
        """Whether any of it leads to this machine, as a gateway that is none does."""
        return any(is_loopback(urlsplit(one).hostname or "") for one in (self.url, self.token_url, self.sso_url))


_FILE = TypeAdapter(dict[TenantId, GatewayAccess])


class UnreadableGateways(ValueError):
    """The file is there and cannot be used; says what is wrong and none of what is in it."""


def gateways(settings: Settings) -> dict[str, GatewayAccess]:
    """By city; none where no file is set or none is there. Raises UnreadableGateways.

    Read each time it is asked for: a secret that is rotated counts at once.
    """
    path = Path(settings.national_gateways) if settings.national_gateways else None
    if path is None or not path.exists():
        return {}
    try:
        found = _FILE.validate_python(json.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        places = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise UnreadableGateways(f"KINERJA_NATIONAL_GATEWAYS: {places}") from None
    except (OSError, ValueError) as error:
        raise UnreadableGateways(f"KINERJA_NATIONAL_GATEWAYS cannot be read: {type(error).__name__}") from None
    if settings.environment == "production" and any(one.local for one in found.values()):
        raise UnreadableGateways("KINERJA_NATIONAL_GATEWAYS leads to this machine: refused in production")
    return found
