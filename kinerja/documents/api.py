"""OpenAPI of a service's HTTP door; the application is built, nothing is connected."""

import importlib
from typing import Any

from kit.clock import Clock
from kit.db import Database
from kit.settings import Settings

NOWHERE = "postgresql+asyncpg://nobody@127.0.0.1/nothing"
"""An engine connects when it is first used, which making a document does not."""


def openapi(service: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of one service."""
    settings = Settings(environment="test")
    database = Database(NOWHERE, clock=Clock.from_setting(""))
    document: dict[str, Any] = importlib.import_module(f"services.{service}.api").build(settings, database).openapi()
    return document
