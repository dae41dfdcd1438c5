"""Every service's migrations make exactly what its models say."""

import asyncio

import pytest

from contracts.base import DEPLOYED
from kinerja.stack.postgres import roles
from kit import migrate
from tests.support.databases import Databases

pytestmark = pytest.mark.connected


@pytest.mark.parametrize("service", DEPLOYED)
async def test_models_and_migrations_say_the_same(databases: Databases, service: str) -> None:
    url = databases.postgres.sqlalchemy_uri(databases.template(service), roles(service)[0])
    await asyncio.to_thread(migrate.check, service, url)
