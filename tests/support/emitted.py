"""What a service has emitted: the outbox, read as the relay reads it."""

from typing import TypeVar

import asyncpg

from contracts.base import Event
from kit.db import Database

E = TypeVar("E", bound=Event)


def relay_url(database: Database) -> str:
    """The URL of the relay's role on the same database."""
    url = database.engine.url
    assert url.username is not None
    role = url.username.removesuffix("_app") + "_relay"
    return url.set(drivername="postgresql", username=role).render_as_string(hide_password=False)


async def emitted(database: Database, tenant_id: str | None = None) -> list[Event]:
    """Every event in the outbox in order, parsed; of one city, if named."""
    connection = await asyncpg.connect(relay_url(database))
    try:
        rows = await connection.fetch(
            "select type, body from outbox where $1::text is null or tenant_id = $1 order by id", tenant_id
        )
    finally:
        await connection.close()
    return [Event.known[row["type"]].model_validate_json(row["body"]) for row in rows]


async def emitted_of(database: Database, event_type: type[E], tenant_id: str | None = None) -> list[E]:
    """Every event of one type in the outbox, in order."""
    return [event for event in await emitted(database, tenant_id) if isinstance(event, event_type)]


async def forget(database: Database) -> None:
    """Empty the outbox, so that a test sees what it causes from here on."""
    connection = await asyncpg.connect(relay_url(database))
    try:
        await connection.execute("delete from outbox")
    finally:
        await connection.close()
