"""An HTTP client that speaks to a service's ASGI application directly, as any person of any city."""

import importlib
from collections.abc import Sequence
from uuid import UUID

import httpx
from fastapi import FastAPI

from contracts.base import Role
from kit.db import Database
from kit.settings import Settings
from tests.support.issuer import Issuer


class Client(httpx.AsyncClient):
    """``client.get(path, headers=client.as_(person_id, city, Role.PANEL))``."""

    def __init__(self, app: FastAPI, issuer: Issuer) -> None:
        super().__init__(transport=httpx.ASGITransport(app=app), base_url="http://test")
        self._issuer = issuer

    def as_(
        self, person_id: UUID, city: str, *roles: Role, key: str | None = None, scopes: Sequence[str] = ()
    ) -> dict[str, str]:
        """Headers of a person, in English, with an Idempotency-Key if one is given."""
        headers = self._issuer.header(person_id, city, *roles, scopes=scopes) | {"Accept-Language": "en"}
        return headers | ({"Idempotency-Key": key} if key else {})


def api_of(service: str, settings: Settings, database: Database) -> FastAPI:
    """The application that ``services.<name>.api`` builds."""
    app = importlib.import_module(f"services.{service}.api").build(settings, database)
    assert isinstance(app, FastAPI)
    return app
