"""Every service's migrations make exactly what its models say."""

import asyncio
from pathlib import Path

import pytest

from contracts.base import SERVICES
from kinerja.stack.postgres import roles
from kit import migrate
from tests.support.databases import Databases

pytestmark = pytest.mark.connected

PRESENT = [name for name in SERVICES if any(Path("services", name).glob("models*"))]


@pytest.mark.parametrize("service", PRESENT)
async def test_models_and_migrations_say_the_same(databases: Databases, service: str) -> None:
    url = databases.postgres.sqlalchemy_uri(databases.template(service), roles(service)[0])
    await asyncio.to_thread(migrate.check, service, url)
