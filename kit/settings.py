"""Every setting that a process reads, from ``KINERJA_*`` variables; read once, in ``__main__``."""

from typing import Literal

from pydantic import model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOCAL_ISSUER = "http://kinerja.local"


class Settings(BaseSettings):
    """The settings of one process."""

    model_config = SettingsConfigDict(env_prefix="KINERJA_", extra="ignore")

    environment: Literal["local", "test", "production"] = "production"
    database_url: str = ""
    """SQLAlchemy URL (asyncpg) of the service's application role."""
    relay_database_url: str = ""
    """PostgreSQL URL of the relay's role, the only one that reads the outbox and writes the journal."""
    migration_database_url: str = ""
    """SQLAlchemy URL (asyncpg) of the owner of the tables."""
    database_pool: int = 10
    kafka: str = "127.0.0.1:9092"
    kafka_idempotent: bool = True
    """Idempotent producer; the embedded broker does not know it, Apache Kafka does."""
    kafka_session_ms: int = 45_000
    """Session of a consumer group. The embedded broker lets a group wait half of it before it begins to work."""
    kafka_fetch_wait_ms: int = 500
    """How long the broker may hold an empty fetch. The embedded broker answers late when a topic has partitions."""
    temporal: str = "127.0.0.1:7233"
    temporal_namespace: str = "default"
    oidc_issuer: str = ""
    oidc_audience: str = "kinerja"
    oidc_jwks: str = ""
    """Where the issuer's public keys are: an https URL or, locally, a file."""
    http_host: str = "127.0.0.1"
    http_port: int = 8000
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 1025
    smtp_sender: str = "kinerja@example.go.id"
    log_format: Literal["json", "console"] = "json"
    log_level: str = "INFO"
    clock: str = ""
    """JSON knots of a scaled clock (see kit.clock); empty means the wall."""

    @model_validator(mode="after")
    def _no_development_issuer_outside(self) -> "Settings":
        if self.environment == "production" and self.oidc_issuer == LOCAL_ISSUER:
            raise ValueError(f"KINERJA_OIDC_ISSUER={LOCAL_ISSUER} is the development issuer: refused in production")
        return self
