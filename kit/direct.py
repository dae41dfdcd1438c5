"""Connections that lead to one backend of PostgreSQL for as long as they are open, and that notice when the other side is gone.

A pooler that changes backends between transactions (PgBouncer with ``pool_mode = transaction`` or ``statement``) loses prepared
statements, and a session's lock then belongs to nobody: two relays would lead at once.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import asyncpg
import structlog

log = structlog.get_logger()

PAUSE_SECONDS = 1.0
ANSWER_SECONDS = 60.0
"""A statement of the relay's takes milliseconds; a server that is silent for so long is gone."""
KEEPALIVES = {
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "11000",
}
"""A client whose host is lost without a word is dead to the server after eleven seconds; the kernel's own is two hours."""
AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What a server that is away, or going away, is told by: waited for. The last one: a statement that began while the driver
was still cleaning up after a connection that broke ("another operation is in progress")."""
_TOGETHER = 3
"""Transactions held open beside the first connection: through a pooler one of them gets its backend, or it another one."""
_POOLED = (
    asyncpg.InvalidSQLStatementNameError,
    asyncpg.DuplicatePreparedStatementError,
    asyncpg.ProtocolViolationError,  # PgBouncer: "unsupported startup parameter: tcp_keepalives_idle"
)
_BACKEND = "select pg_backend_pid()"


class PoolerBetween(Exception):
    """Something between here and PostgreSQL changes backends between transactions; says what to do."""

    def __init__(self, seen: str) -> None:
        super().__init__(
            f"a pooler stands before the database and changes backends between transactions ({seen}): point"
            " KINERJA_DATABASE_URL and KINERJA_RELAY_DATABASE_URL at PostgreSQL itself, or at a pool with pool_mode = session"
        )


async def connect(url: str, **options: Any) -> asyncpg.Connection:
    """A connection with keepalives, whose statements fail rather than wait for a server that is gone."""
    return await asyncpg.connect(_libpq(url), server_settings=KEEPALIVES, command_timeout=ANSWER_SECONDS, **options)


async def refuse_poolers(url: str) -> None:
    """Return if connections to this URL keep their backend; raises PoolerBetween, and whatever connecting raises."""
    try:
        async with _connected(url) as first, AsyncExitStack() as held:
            mine = await first.fetchval(_BACKEND)
            theirs = set()
            for _ in range(_TOGETHER):
                other = await held.enter_async_context(_connected(url))
                await held.enter_async_context(other.transaction())
                theirs.add(await other.fetchval(_BACKEND))
            again = await first.fetchval(_BACKEND)
    except _POOLED as error:
        raise PoolerBetween(str(error)) from error
    except asyncpg.ConnectionDoesNotExistError as error:
        if "pooling mode" not in str(error):  # PgBouncer: "transaction blocks not allowed in statement pooling mode"
            raise
        raise PoolerBetween(str(error)) from error
    if again != mine or mine in theirs:
        raise PoolerBetween("two connections were answered by the same backend")


async def stay_direct(url: str) -> None:
    """A part of a process: ends it with PoolerBetween as soon as the database answers and a pooler is found; else it rests."""
    while True:
        try:
            await refuse_poolers(url)
        except AWAY as error:
            log.info("waiting for the database", error=repr(error))
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            await asyncio.Event().wait()


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await connect(url)
    try:
        yield connection
    finally:
        await connection.close(timeout=2)


def _libpq(url: str) -> str:
    """The URL as asyncpg itself reads it; SQLAlchemy writes the driver into the scheme and calls ``sslmode`` ``ssl``."""
    return url.replace("+asyncpg://", "://", 1).replace("?ssl=", "?sslmode=").replace("&ssl=", "&sslmode=")
