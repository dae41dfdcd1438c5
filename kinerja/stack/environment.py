"""The settings that each of Kinerja's processes gets from the stack, as ``kit.settings`` reads them."""

import json
import os
import sys
from dataclasses import dataclass, field

from contracts.base import PORTAL, SERVICES
from kinerja.stack import issuer, probes
from kinerja.stack.existing.named import Existing
from kinerja.stack.existing.postgres import ExistingPostgres
from kinerja.stack.migrate import ROOT
from kinerja.stack.ports import HOST, metrics
from kinerja.stack.postgres import Postgres, database_of, roles
from kinerja.stack.processes import START_TIMEOUT, Program
from kinerja.stack.state import State

SIGN_IN = "sign-in"
MEMORY = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "131072", "MALLOC_MMAP_THRESHOLD_": "131072"}
"""glibc gives back what a burst of messages has taken, instead of keeping it for the next one; the image says the same."""


@dataclass(frozen=True)
class Surroundings:
    """What all processes of one stack share."""

    state: State
    ports: dict[str, int]
    postgres: Postgres | ExistingPostgres
    clock: str
    fetch_wait_ms: int = 50
    """The embedded broker lets a fetch wait although there is something: short is prompt, long is cheap."""
    existing: Existing = field(default_factory=Existing)

    def program(self, name: str) -> Program:
        """``plans-api``, ``plans-worker``, ``workflows``: with its settings, ready when it says so itself."""
        port = self.ports[name]
        service, _, kind = name.partition("-")
        own = {"HTTP_PORT": str(port), "METRICS_PORT": str(self.ports[metrics(name)])}
        settings = self._shared() | own | (self._database(service) if kind else {})
        if name == f"{PORTAL}-api":
            settings |= self._portal()
        if service == PORTAL:
            settings["PORTAL_FILES"] = str(self.state.root / "evidence")
        if service == "evaluation":
            settings["NATIONAL_GATEWAYS"] = str(self.state.national_gateways)
        if service == "integrations":
            settings |= {"WEBHOOK_KEYS": str(self.state.webhook_keys), "WEBHOOK_LOCAL": "true"}
            settings["PUBLIC_URL"] = f"http://{HOST}:{self.ports['integrations-api']}"
        words = (f"services.{service}", kind) if kind else (name, "worker")
        return Program(
            name=name,
            command=(sys.executable, "-m", *words),
            environment={f"KINERJA_{key}": value for key, value in settings.items()} | MEMORY,
            directory=ROOT,
            log=self.state.log / f"{name}.log",
            start_seconds=START_TIMEOUT + self.existing.session_ms / 1000,
            ready=lambda: probes.answers(port, "/health/ready"),
            url=f"http://{HOST}:{port}",
        )

    def sign_in(self) -> Program:
        """The pages of the development issuer: they list this stack's people for the portal, and know the machines."""
        port, registry = self.ports[SIGN_IN], self._database("registry")
        settings = {
            "PORT": str(port),
            "CITIES": registry["RELAY_DATABASE_URL"],
            "PEOPLE": self.postgres.uri(database_of("registry"), roles("registry")[1]),
            "STATE": str(self.state.root),
            "PORTAL": self.portal_url if f"{PORTAL}-api" in self.ports else "",
            "SECRET": self.state.portal_secret(),
        }
        return Program(
            name=SIGN_IN,
            command=(sys.executable, "-m", "kinerja.sign_in"),
            environment={f"KINERJA_SIGN_IN_{key}": value for key, value in settings.items()} | MEMORY,
            directory=ROOT,
            log=self.state.log / f"{SIGN_IN}.log",
            ready=lambda: probes.answers(port, "/jwks"),
            url=f"http://{HOST}:{port}",
        )

    @property
    def portal_url(self) -> str:
        """Where people look."""
        return f"http://{HOST}:{self.ports[f'{PORTAL}-api']}"

    def _portal(self) -> dict[str, str]:
        places = {one: f"http://{HOST}:{self.ports[f'{one}-api']}" for one in SERVICES if f"{one}-api" in self.ports}
        return {
            "PORTAL_URL": self.portal_url,
            "PORTAL_SERVICES": json.dumps(places),
            "PORTAL_DISCOVERY": f"http://{HOST}:{self.ports[SIGN_IN]}/.well-known/openid-configuration",
            "PORTAL_CLIENT_SECRET": self.state.portal_secret(),
            "PORTAL_KEYS": self.state.portal_secret(),
        }

    def _shared(self) -> dict[str, str]:
        settings = {
            "ENVIRONMENT": "local",
            **self._bus(),
            "TEMPORAL": self.existing.temporal_address or f"{HOST}:{self.ports['temporal']}",
            "TEMPORAL_NAMESPACE": self.existing.temporal_namespace,
            "OIDC_ISSUER": issuer.ISSUER,
            "OIDC_AUDIENCE": issuer.AUDIENCE,
            "OIDC_JWKS": str(self.state.jwks),
            "HTTP_HOST": HOST,
            "METRICS_HOST": HOST,
            "SMTP_HOST": HOST,
            "SMTP_PORT": str(self.ports["mail"]),
            "SMTP_TLS": "off",  # the sink keeps what it gets on this machine
            "LOG_FORMAT": "json",
            "LOG_LEVEL": os.environ.get("KINERJA_LOG_LEVEL", "INFO"),
        }
        return settings | ({"CLOCK": self.clock} if self.clock else {})

    def _bus(self) -> dict[str, str]:
        there = bool(self.existing.kafka)
        return {
            "KAFKA": self.existing.kafka or f"{HOST}:{self.ports['broker']}",
            "KAFKA_IDEMPOTENT": "true" if there else "false",
            "KAFKA_FETCH_WAIT_MS": str(self.fetch_wait_ms),
            # The embedded broker lets each group wait half of it; Apache Kafka takes 6000 or more.
            "KAFKA_SESSION_MS": str(self.existing.session_ms) if there else "4000",
        }

    def _database(self, service: str) -> dict[str, str]:
        owner, app, relay = roles(service)
        database = database_of(service)
        return {
            "DATABASE_URL": self.postgres.sqlalchemy_uri(database, app),
            "RELAY_DATABASE_URL": self.postgres.uri(database, relay),
            "MIGRATION_DATABASE_URL": self.postgres.sqlalchemy_uri(database, owner),
            "ANCHOR_KEY": str(self.state.anchor_key),
            "ANCHORS": str(self.state.anchors),
            "ANCHOR_KEYS": str(self.state.anchor_keys),
            "ANCHOR_SECONDS": "10",
        }
