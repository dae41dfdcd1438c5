"""Engines that exist already, as tests need them: a PostgreSQL that asks for passwords, a Temporal, a broker."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from kinerja.stack.broker import broker
from kinerja.stack.ports import HOST, choose
from kinerja.stack.postgres import Postgres
from kinerja.stack.temporal import temporal
from kit.topics import Topic

_ASKS = "local all postgres trust\nlocal all all scram-sha-256\n"


@asynccontextmanager
async def a_postgres(directory: Path) -> AsyncIterator[Postgres]:
    """Lets its superuser in, and everybody else by password alone."""
    async with Postgres(directory, durable=False) as server:
        (server.data / "pg_hba.conf").write_text(_ASKS)
        await run(server.uri(), "select pg_reload_conf()")
        yield server


@asynccontextmanager
async def a_temporal(directory: Path) -> AsyncIterator[str]:
    """Its address; it has the namespace ``default``."""
    ports = choose(["their-temporal", "their-pages"], {})
    server = temporal(
        port=ports["their-temporal"],
        ui_port=ports["their-pages"],
        database=directory / "temporal.db",
        log=directory / "temporal.log",
    )
    await server.start()
    try:
        yield f"{HOST}:{ports['their-temporal']}"
    finally:
        await server.stop()


@asynccontextmanager
async def a_broker(directory: Path, *topics: Topic) -> AsyncIterator[str]:
    """The address of an embedded broker with these topics alone."""
    port = choose(["their-broker"], {})["their-broker"]
    child = broker(port=port, log=directory / "their-broker.log", make=topics)
    await child.start()
    try:
        yield f"{HOST}:{port}"
    finally:
        await child.stop()


async def run(uri: str, statement: str) -> object:
    """The first value of what a statement answers."""
    connection = await asyncpg.connect(uri)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()
