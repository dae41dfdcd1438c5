"""Every setting that a process reads, from ``KINERJA_*`` variables; read once, in ``__main__``."""

import os
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, SecretStr, model_validator

from kit.trust import require_loopback, require_real_issuer

PREFIX = "KINERJA_"


class Settings(BaseModel):
    """The settings of one process; what is given by name wins over the environment."""

    environment: Literal["local", "test", "production"] = "production"
    database_url: str = ""
    """SQLAlchemy URL (asyncpg) of the service's application role."""
    relay_database_url: str = ""
    """PostgreSQL URL of the relay's role, the only one that reads the outbox and writes the journal."""
    migration_database_url: str = ""
    """SQLAlchemy URL (asyncpg) of the owner of the tables."""
    database_pool: int = 10
    database_wait_seconds: float = 5.0
    """So long somebody waits for a connection of the pool before being told to come again."""
    database_statement_seconds: float = 60.0
    """So long a statement of a person's request may take; 0 means without end."""
    database_lock_seconds: float = 10.0
    """So long a person's request may wait for a lock; 0 means without end."""
    database_idle_seconds: float = 60.0
    """So long a person's transaction may do nothing before PostgreSQL ends it; 0 means without end."""
    anchor_key: str = ""
    """File with the Ed25519 private key (PEM) that signs the ends of the journal; empty signs nothing."""
    anchors: str = ""
    """Directory of the files of anchors: on a disk that the database's administrators do not own."""
    anchor_keys: str = ""
    """File with the public keys (PEM, one after the other) that ``verify`` trusts: today's, and older ones."""
    anchor_seconds: float = 900.0
    """How often: what is younger than the last anchor is protected by the chain alone."""
    kafka: str = "127.0.0.1:9092"
    kafka_tls: bool = False
    kafka_ca: str = ""
    """File with the certificates to trust instead of the system's."""
    kafka_user: str = ""
    kafka_password: SecretStr = SecretStr("")
    kafka_mechanism: Literal["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"] = "SCRAM-SHA-512"
    kafka_open: bool = False
    """In production a bus that asks nobody for a name is refused, unless this says that the network keeps others away."""
    kafka_idempotent: bool = True
    """Idempotent producer; the embedded broker does not know it, Apache Kafka does."""
    kafka_session_ms: int = 45_000
    """Session of a consumer group. The embedded broker lets a group wait half of it before it begins to work."""
    kafka_fetch_wait_ms: int = 500
    """How long the broker may hold an empty fetch. The embedded broker answers late when a topic has partitions."""
    kafka_not_ready_seconds: float = 3_600.0
    """How long a message waits for what is to arrive before it (its cycle, its people) until it is set aside. What an
    engine's absence holds up waits as long as that lasts."""
    temporal: str = "127.0.0.1:7233"
    temporal_namespace: str = "default"
    temporal_tls: bool = False
    temporal_ca: str = ""
    """File with the certificates to trust instead of the system's."""
    temporal_certificate: str = ""
    temporal_key: str = ""
    """Files with this client's own certificate and its key (mutual TLS)."""
    temporal_api_key: SecretStr = SecretStr("")
    """A bearer token instead of a certificate, for a server that reads permissions from one."""
    temporal_open: bool = False
    """As ``kafka_open``, for Temporal."""
    temporal_build: str = ""
    """Build of the workflows, e.g. the image's digest: their worker is then versioned and takes running ones over once
    its build is made the current one. Empty means a worker without versions, as on a developer's machine."""
    oidc_issuer: str = ""
    oidc_audience: str = "kinerja"
    oidc_jwks: str = ""
    """Where the issuer's public keys are: an https URL or, locally, a file."""
    oidc_timeout_seconds: float = 5.0
    """How long one fetch of the keys may take; nobody but those whose key is unknown waits for it."""
    oidc_longest_hours: float = 24.0
    """A token that is good for longer from now on is refused: roles and employment are looked up, a thief is not."""
    http_host: str = "127.0.0.1"
    """Where to listen; with development settings only on this machine."""
    http_port: int = 8000
    http_proxies: str = ""
    """Addresses or networks (``10.0.0.0/8``), with commas, of the proxies that may say whom they speak for. Nobody else is
    believed, so that nobody chooses the address that limits count."""
    http_connections: int = 500
    """Open at once. One more, and the connection whose request has been awaited longest gives way."""
    http_head_bytes: int = 16_384
    """Request line and headers together."""
    http_head_seconds: float = 10.0
    """So long request line and headers may take, from their first byte or the beginning of the connection."""
    http_body_bytes: int = 1_000_000
    """The largest body, unless a route says otherwise (``kit.guarded.heavy``)."""
    http_body_seconds: float = 10.0
    """So long a body may take, beside what it needs at ``http_body_rate``."""
    http_body_rate: float = 50_000.0
    """Bytes a second that the slowest line is expected to carry."""
    http_write_seconds: float = 20.0
    """So long somebody may read nothing of an answer."""
    http_at_once: int = 32
    """Requests of one person in progress."""
    http_rate: float = 100.0
    """Requests a second of one person, on the average; 0 means without limit."""
    http_burst: int = 500
    """Requests of one person beyond that average."""
    http_failed_rate: float = 5.0
    """Refused tokens a second from one address, on the average; 0 means without limit."""
    http_failed_burst: int = 50
    """Refused tokens from one address beyond that average."""
    metrics_host: str = "127.0.0.1"
    metrics_port: int = 0
    """Where Prometheus asks, apart from the people; 0 means nowhere."""
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 1025
    smtp_tls: Literal["starttls", "implicit", "off"] = "starttls"
    """``starttls`` and ``implicit`` insist on a certificate that verifies; ``off`` is for a server on the same machine."""
    smtp_ca: str = ""
    """A file with the certificates to trust instead of the system's, for a city with an authority of its own."""
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_sender: str = "kinerja@example.go.id"
    public_url: str = "http://127.0.0.1:8106"
    """Where integrators reach the service of integrations; it stands in what is published, so it does not change later."""
    webhook_keys: str = ""
    """File with the keys (32 bytes in Base64, one a line; the first encrypts) of the secrets by which webhooks are signed."""
    webhook_local: bool = False
    """Whether a webhook may go to http://127.0.0.1: for a developer's receiver, and never in production."""
    public_topics: bool = False
    """Whether the worker of integrations carries the feed to Kafka as well, to a topic ``public.<city>`` each."""
    national_gateways: str = ""
    """File (JSON) with each city's access to the gateway of the national application; without it nothing is sent there."""
    log_format: Literal["json", "console"] = "json"
    log_level: str = "INFO"
    clock: str = ""
    """JSON knots of a scaled clock (see kit.clock); empty means the wall."""

    @model_validator(mode="before")
    @classmethod
    def _from_environment(cls, given: Mapping[str, Any]) -> dict[str, Any]:
        variables = {name: PREFIX + name.upper() for name in cls.model_fields}
        return {name: os.environ[one] for name, one in variables.items() if one in os.environ} | dict(given)

    @model_validator(mode="after")
    def _development_stays_here(self) -> "Settings":
        if self.environment == "production":
            require_real_issuer(issuer=self.oidc_issuer, jwks=self.oidc_jwks)
            if self.webhook_local:
                raise ValueError("KINERJA_WEBHOOK_LOCAL would let integrators reach what runs beside it: leave it out")
        else:
            require_loopback(environment=self.environment, host=self.http_host)
        return self

    @model_validator(mode="after")
    def _credentials_are_whole_and_not_sent_in_clear(self) -> "Settings":
        if bool(self.kafka_user) != bool(self.kafka_password.get_secret_value()):
            raise ValueError("KINERJA_KAFKA_USER and KINERJA_KAFKA_PASSWORD belong together: set both, or neither")
        if self.kafka_user and not self.kafka_tls:
            raise ValueError("KINERJA_KAFKA_TLS is off: set it to true, or the password and every event go in clear")
        if bool(self.temporal_certificate) != bool(self.temporal_key):
            raise ValueError(
                "KINERJA_TEMPORAL_CERTIFICATE and KINERJA_TEMPORAL_KEY belong together: set both, or neither"
            )
        if (self.temporal_certificate or self.temporal_api_key.get_secret_value()) and not self.temporal_tls:
            raise ValueError("KINERJA_TEMPORAL_TLS is off: set it to true, or what proves who asks goes in clear")
        return self

    @model_validator(mode="after")
    def _anchors_have_a_key_and_a_place(self) -> "Settings":
        if bool(self.anchor_key) != bool(self.anchors):
            raise ValueError("KINERJA_ANCHOR_KEY and KINERJA_ANCHORS belong together: set both, or neither")
        return self

    @model_validator(mode="after")
    def _no_password_in_clear(self) -> "Settings":
        if bool(self.smtp_user) != bool(self.smtp_password.get_secret_value()):
            raise ValueError("KINERJA_SMTP_USER and KINERJA_SMTP_PASSWORD belong together: set both, or neither")
        if self.smtp_user and self.smtp_tls == "off":
            raise ValueError("KINERJA_SMTP_TLS=off would send the password in clear: set it to starttls or implicit")
        return self
