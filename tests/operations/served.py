"""A PostgreSQL of a state directory with some services' tables and a journal that was sent, chained and signed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from kinerja.secrets import anchor
from kinerja.stack.migrate import migrate
from kinerja.stack.postgres import Postgres, database_of, roles
from kinerja.stack.state import State
from kit.anchoring import Anchoring
from kit.db import Database
from kit.settings import Settings
from tests.kit.test_anchors import SERVICE, journal
from tests.operations.terminal import Terminal
from tests.support.clock import SetClock

HERE, THERE = "16.71", "14.72"
SERVICES = (SERVICE, "feedback")


@dataclass(frozen=True)
class Served:
    """A stack as far as commands about data see one."""

    state: State
    postgres: Postgres

    def terminal(self) -> Terminal:
        """Somebody who runs commands on it."""
        return Terminal(self.state.root)

    async def execute(self, statement: str, *given: object) -> object:
        """As the superuser in the database of the first service; the first value of the answer."""
        connection = await asyncpg.connect(self.postgres.uri(database_of(SERVICE)))
        try:
            return await connection.fetchval(statement, *given)
        finally:
            await connection.close()


@asynccontextmanager
async def served(root: Path, kafka: str) -> AsyncIterator[Served]:
    """It runs as long as the block; nine events of two cities lie in the journal of ``notify``."""
    state = State(root)
    with state.held():
        async with Postgres(state.postgres, services=SERVICES, durable=False) as postgres:
            await migrate(state, {one: postgres.sqlalchemy_uri(database_of(one), roles(one)[0]) for one in SERVICES})
            anchor.ensure(state.anchor_key, state.anchor_keys)
            await _send(state, postgres, kafka)
            yield Served(state, postgres)


async def _send(state: State, postgres: Postgres, kafka: str) -> None:
    _, app, relay = roles(SERVICE)
    name = database_of(SERVICE)
    settings = Settings(
        environment="test",
        database_url=postgres.sqlalchemy_uri(name, app),
        relay_database_url=postgres.uri(name, relay),
        kafka=kafka,
        kafka_idempotent=False,
        anchors=str(state.anchors),
        anchor_key=str(state.anchor_key),
        anchor_keys=str(state.anchor_keys),
    )
    database = Database(settings.database_url, clock=SetClock(), pool=2)
    try:
        await journal(database, settings, *(HERE, THERE, HERE) * 3)
        await asyncio.wait_for(Anchoring(SERVICE, settings).anchor(), 20)
    finally:
        await database.close()
