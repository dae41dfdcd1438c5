"""Removes sessions that have ended, so that no tokens lie about."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncpg import Connection

_END = "delete from browser_sessions where seen_at < $1 or begun_at < $2"


async def remove(connection: "Connection[Any]", *, seen: datetime, begun: datetime) -> None:
    """Those of which no page was asked since ``seen``, and those older than ``begun``."""
    await connection.execute(_END, seen, begun)
