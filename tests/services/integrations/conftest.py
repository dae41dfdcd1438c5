"""A machine of a city that may be told, and whoever sends to it."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from contracts.base import Role, new_id
from kit.db import Database
from kit.settings import Settings
from services.integrations.outgoing import Outgoing
from services.integrations.sender import Sender
from tests.conftest import SettingsOf
from tests.services.integrations.machines import admit
from tests.support.client import Client, api_of
from tests.support.issuer import Issuer

CITY = "16.71"
SCOPES = ("events:result-finalised", "events:result-superseded")


class Machine:
    """A machine's client."""

    def __init__(self, client: Client, database: Database, *, city: str = CITY) -> None:
        self.client, self.database, self.city = client, database, city
        self.id = new_id()

    async def ask(self, method: str, path: str, *, status: int, scopes: tuple[str, ...] = SCOPES, **more: Any) -> Any:
        headers = self.client.as_(self.id, self.city, Role.INTEGRATOR, scopes=scopes)
        answer = await self.client.request(method, f"/v1{path}", headers=headers, **more)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    async def endpoint(self, url: str, **more: Any) -> Any:
        return await self.ask("POST", "/endpoints", status=201, json={"url": url, **more})

    async def log(self, endpoint: Any, **query: str) -> list[Any]:
        found = await self.ask("GET", f"/endpoints/{endpoint['id']}/deliveries", status=200, params=query)
        items: list[Any] = found["items"]
        return items


@pytest.fixture
def settings(settings_of: SettingsOf, integrations_db: Database) -> Settings:
    return settings_of(integrations_db).model_copy(update={"webhook_local": True})


@pytest.fixture
async def client(settings: Settings, integrations_db: Database, issuer: Issuer) -> AsyncIterator[Client]:
    async with Client(api_of("integrations", settings, integrations_db), issuer) as made:
        yield made


@pytest.fixture
async def machine(client: Client, integrations_db: Database) -> Machine:
    made = Machine(client, integrations_db)
    await admit(integrations_db, CITY, {made.id: Role.INTEGRATOR})
    return made


@pytest.fixture
async def connection(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    made = await asyncpg.connect(settings.relay_database_url)
    yield made
    await made.close()


@pytest.fixture
async def sender(settings: Settings, integrations_db: Database) -> AsyncIterator[Sender]:
    # Long enough for a receiver of the same process on a busy machine: who was cut off is asked later, not now.
    made = Sender(settings, integrations_db, Outgoing(seconds=5.0))
    yield made
    await made.close()
