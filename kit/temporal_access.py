"""How a process reaches Temporal: address, namespace, TLS and what proves who asks."""

from pathlib import Path
from typing import Any

from temporalio.service import TLSConfig

from kit.settings import Settings


def client(settings: Settings) -> dict[str, Any]:
    """The keyword arguments of ``Client.connect``; raises ValueError for an open server in production."""
    proven = settings.temporal_certificate or settings.temporal_api_key.get_secret_value()
    if settings.environment == "production" and not proven and not settings.temporal_open:
        raise ValueError(
            "this Temporal would take anybody's word: set KINERJA_TEMPORAL_TLS with KINERJA_TEMPORAL_CERTIFICATE and"
            " KINERJA_TEMPORAL_KEY, or with KINERJA_TEMPORAL_API_KEY; or KINERJA_TEMPORAL_OPEN=true where the network"
            " lets nobody else reach it (docs/security.md)"
        )
    return {
        "target_host": settings.temporal,
        "namespace": settings.temporal_namespace,
        "tls": _tls(settings),
        "api_key": settings.temporal_api_key.get_secret_value() or None,
    }


def _tls(settings: Settings) -> TLSConfig | bool:
    if not settings.temporal_tls:
        return False
    return TLSConfig(
        server_root_ca_cert=_read(settings.temporal_ca),
        client_cert=_read(settings.temporal_certificate),
        client_private_key=_read(settings.temporal_key),
    )


def _read(path: str) -> bytes | None:
    return Path(path).read_bytes() if path else None
