"""How a process reaches Kafka: address, TLS, name and password, the same for aiokafka's clients and for FastStream."""

import ssl
from typing import TYPE_CHECKING, Any

from kit.settings import Settings

if TYPE_CHECKING:
    from faststream.security import BaseSecurity


def client(settings: Settings) -> dict[str, Any]:
    """The keyword arguments that every client of aiokafka gets; raises ValueError for an open bus in production."""
    _refuse_open(settings)
    protocol = {(False, False): "PLAINTEXT", (True, False): "SSL", (True, True): "SASL_SSL"}
    found: dict[str, Any] = {
        "bootstrap_servers": settings.kafka,
        "security_protocol": protocol[settings.kafka_tls, bool(settings.kafka_user)],
        "ssl_context": _trusted(settings),
    }
    if settings.kafka_user:
        found |= {
            "sasl_mechanism": settings.kafka_mechanism,
            "sasl_plain_username": settings.kafka_user,
            "sasl_plain_password": settings.kafka_password.get_secret_value(),
        }
    return found


def security(settings: Settings) -> "BaseSecurity":
    """The same for FastStream's broker."""
    from faststream import security as kinds  # noqa: PLC0415 - processes that only relay do without FastStream

    _refuse_open(settings)
    if not settings.kafka_user:
        return kinds.BaseSecurity(ssl_context=_trusted(settings))
    kind = {
        "SCRAM-SHA-512": kinds.SASLScram512,
        "SCRAM-SHA-256": kinds.SASLScram256,
        "PLAIN": kinds.SASLPlaintext,
    }[settings.kafka_mechanism]
    return kind(settings.kafka_user, settings.kafka_password.get_secret_value(), ssl_context=_trusted(settings))


def _trusted(settings: Settings) -> ssl.SSLContext | None:
    return ssl.create_default_context(cafile=settings.kafka_ca or None) if settings.kafka_tls else None


def _refuse_open(settings: Settings) -> None:
    """Asked by whoever opens a connection, and not by the settings: an API never speaks to the bus."""
    if settings.environment == "production" and not settings.kafka_user and not settings.kafka_open:
        raise ValueError(
            "this bus would take anybody's word: set KINERJA_KAFKA_TLS, KINERJA_KAFKA_USER and KINERJA_KAFKA_PASSWORD,"
            " or KINERJA_KAFKA_OPEN=true where the network lets nobody else reach it (docs/security.md)"
        )
