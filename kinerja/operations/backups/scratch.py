"""Databases for a drill alone: made empty, closed to everybody else, and gone when it is over, however it ends."""

import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from kinerja.operations.backups.taking import NEEDED
from kinerja.operations.databases import Databases, entered
from kinerja.stack.errors import StackError
from kinerja.stack.postgres import roles

PREFIX = "kinerja_drill_"
_NAME = re.compile(PREFIX + r"[a-z]+_[0-9a-f]{16}")
"""No service's database, nor one that anybody names by hand."""
WRITING = "set default_transaction_read_only = off"
"""A system that is switched to read-only is drilled as well: a drill writes into its own databases alone."""
_ALONE = "select pg_try_advisory_lock(hashtext('kinerja restore drill'))"


@asynccontextmanager
async def alone(databases: Databases) -> AsyncIterator[None]:
    """No other drill on this server meanwhile; what one that was killed has left is removed. Raises StackError."""
    async with entered(databases.uri()) as connection:
        if not await connection.fetchval(_ALONE):
            raise StackError("another restore drill runs on this server: wait until it is over")
        for left in await leftover(connection):
            await _drop(connection, left)
        yield


@asynccontextmanager
async def scratch(databases: Databases, service: str) -> AsyncIterator[str]:
    """The name of an empty database that the service's owner owns; nobody but the owner and whoever drills may enter."""
    name = f"{PREFIX}{service}_{secrets.token_hex(8)}"
    try:
        async with entered(databases.uri()) as connection:
            await _make(connection, name, roles(service)[0])
        yield name
    finally:
        async with entered(databases.uri()) as connection:  # one that was held meanwhile could be gone
            await _drop(connection, name)


async def _make(connection: asyncpg.Connection, name: str, owner: str) -> None:
    await connection.execute(WRITING)
    try:
        await connection.execute(f'create database "{name}" owner "{owner}" template template0')
        await connection.execute(f'revoke connect, temporary on database "{name}" from public')
    except asyncpg.InsufficientPrivilegeError as error:
        raise StackError(f"the role may not make a database for {owner}: {NEEDED}") from error


async def leftover(connection: asyncpg.Connection) -> list[str]:
    """Databases of drills on this server."""
    rows = await connection.fetch("select datname from pg_database where starts_with(datname, $1)", PREFIX)
    return [row["datname"] for row in rows if _NAME.fullmatch(row["datname"])]


async def _drop(connection: asyncpg.Connection, name: str) -> None:
    await connection.execute(WRITING)
    await connection.execute(f'drop database if exists "{name}" with (force)')
