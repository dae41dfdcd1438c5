"""Databases that take no changes for a while, as `kinerja operations read-only` makes them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from kit.db import Database

_SETTING = "default_transaction_read_only"
_END_WHAT_IS_IDLE = """
select count(*) as old, count(case when state = 'idle' then pg_terminate_backend(pid) end) from pg_stat_activity
where usename = current_user and datname = current_database() and backend_start < $1 and pid <> pg_backend_pid()
"""


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
    """Not through the pool, whose connections are all made anew: what is in use as soon as it is idle."""
    url = database.engine.url
    own = await asyncpg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))
    try:
        await own.execute(f'begin read write; alter role "{url.username}" in database "{url.database}" {what}; commit')
        switched = await own.fetchval("select clock_timestamp()")
        while await own.fetchval(_END_WHAT_IS_IDLE, switched):  # noqa: ASYNC110 - asks a database
            await asyncio.sleep(0.02)
    finally:
        await own.close()
