"""The passwords of docker-compose.yml in a file `.env`: one for each role and name, random, never changed once made."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from contracts.base import DEPLOYED
from contracts.workflows import LISTENING

BYTES = 24
"""Of randomness in each."""


def names() -> Iterator[str]:
    """The variables that docker-compose.yml asks for."""
    for service in DEPLOYED:
        yield from (f"{service.upper()}_{role}_PASSWORD" for role in ("OWNER", "APP", "RELAY"))
    yield from (f"KAFKA_{name.upper()}_PASSWORD" for name in ("admin", *LISTENING))
    yield from ("PORTAL_CLIENT_SECRET", "PORTAL_KEYS")
    yield from ("EVIDENCE_PASSWORD", "POSTGRES_PASSWORD", "TEMPORAL_PASSWORD", "KEYCLOAK_PASSWORD")


def ensure(path: Path) -> list[str]:
    """Add a password for each name that the file does not have; returns the names added."""
    known = {line.partition("=")[0].strip() for line in path.read_text().splitlines()} if path.exists() else set()
    missing = [name for name in names() if name not in known]
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.writelines(f"{name}={secrets.token_urlsafe(BYTES)}\n" for name in missing)
    return missing
