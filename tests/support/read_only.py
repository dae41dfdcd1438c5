"""Databases that take no changes for a while, as `kinerja operations read-only` makes them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text

from kit.db import Database

_SETTING = "default_transaction_read_only"
_END_THE_OTHERS = text(
    """
    select pg_terminate_backend(pid) from pg_stat_activity
    where usename = current_user and datname = current_database() and state = 'idle' and pid <> pg_backend_pid()
    """
)


@asynccontextmanager
async def read_only(*databases: Database) -> AsyncIterator[None]:
    """Inside the block their application roles change nothing."""
    for one in databases:
        await _become(one, f"set {_SETTING} = on")
    try:
        yield
    finally:
        for one in databases:
            await _become(one, f"reset {_SETTING}")


async def _become(database: Database, what: str) -> None:
    url = database.engine.url
    async with database.engine.begin() as connection:
        await connection.execute(text("set transaction read write"))
        await connection.execute(text(f'alter role "{url.username}" in database "{url.database}" {what}'))
        await connection.execute(_END_THE_OTHERS)
    await database.engine.dispose()  # what is in use meanwhile is closed when it comes back
